import { oneLine } from '../base/oneLine';

/** Longer names are cut; nobody reads them to the end. */
const LONGEST = 200;

/** What Markdown begins a link, an image or an element with, and what is like it and means nothing. */
const LOOKALIKES: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '‹', '>': '›', '`': "'" };

/**
 * A name that a server or a file has given, for where VS Code takes it for Markdown that may run commands, for HTML, or for
 * an icon such as `$(check)`: without any of that, and nothing invisible or endless.
 */
export function inertText(text: string): string {
  const plain = oneLine(text.slice(0, LONGEST + 1))
    .replace(/[[\]<>`]/g, (mark) => LOOKALIKES[mark] ?? '')
    .replaceAll('$(', '$ (');
  return text.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
