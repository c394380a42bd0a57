import { oneLine } from '../base/oneLine';

/** Longer names are cut; nobody reads them to the end. */
const LONGEST = 200;
/** As long as a path may be on Linux. */
const LONGEST_PATH = 4096;

/** What Markdown begins a link, an image or an element with, and what is like it and means nothing. */
const LOOKALIKES: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '‹', '>': '›', '`': "'" };

/**
 * A name from a server or a file, made safe for places where VS Code reads Markdown with commands, HTML, or icons such
 * as `$(check)`: it can be none of these, and holds nothing invisible or endless.
 */
export function inertText(text: string): string {
  return inert(text, LONGEST);
}

/** A path, an address or a name as code in Markdown, which it cannot leave. */
export function inertCode(text: string): string {
  return `\`${oneLine(text, LONGEST_PATH).replaceAll('`', "'")}\``;
}

/** A sentence that may have names of files and words of servers in it, for Markdown. */
export function inertSentence(text: string): string {
  return inert(text, LONGEST_PATH);
}

/** A sentence for where VS Code makes links of `[text](address)`, and icons, but reads no Markdown: it can be neither. */
export function withoutLinks(text: string): string {
  return oneLine(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
}

function inert(text: string, longest: number): string {
  return oneLine(text, longest)
    .replace(/[[\]<>`]/g, (mark) => LOOKALIKES[mark] ?? '')
    .replaceAll('$(', '$ (');
}
