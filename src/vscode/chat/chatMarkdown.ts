import * as l10n from '@vscode/l10n';
import { MarkdownString } from 'vscode';
import { oneLine } from '../../core/base/oneLine';

/** Sentences of our own with what they hold, as a paragraph. */
export function paragraph(text: string): string {
  return `${text}\n\n`;
}

/** A text that is no Markdown, as a paragraph that stands out. */
export function bold(text: string): MarkdownString {
  return new MarkdownString(`**${escaped(text)}**\n\n`);
}

/** Texts that are no Markdown, as a list. */
export function list(rows: readonly string[]): MarkdownString {
  return new MarkdownString(
    rows
      .map((row) => `- ${escaped(row)}\n`)
      .join('')
      .concat('\n'),
  );
}

/** A command of ours as a link, with its argument, and a text behind it. */
export interface Link {
  readonly title: string;
  readonly command: string;
  readonly argument?: object;
  readonly text?: string;
}

/** Commands as a list of links: of all that an answer holds, these alone are run. */
export function links(rows: readonly Link[]): MarkdownString {
  const lines = rows.map(({ title, command, argument, text }) => {
    const given = argument ? `?${encoded(JSON.stringify([argument]))}` : '';
    const link = `[${escaped(title)}](command:${command}${given})`;
    return `- ${text ? l10n.t('{label}: {text}', { label: link, text: escaped(text) }) : link}\n`;
  });
  const markdown = new MarkdownString(`${lines.join('')}\n`);
  markdown.isTrusted = { enabledCommands: rows.map(({ command }) => command) };
  return markdown;
}

/** A text that cannot end the address of a link. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/**
 * A text in which servers and settings have a say, and which is no Markdown. `appendText` would let no line break between
 * words.
 */
export function escaped(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
