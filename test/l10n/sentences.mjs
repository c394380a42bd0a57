// The sentences that are written in the code as `l10n.t('…')`, and those of the languages.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the Chinese is, in the folder of the project. */
export const CHINESE = 'l10n/bundle.l10n.zh-cn.json';

const TEXT = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
const TEXTS = String.raw`(?:${TEXT})(?:\s*\+\s*(?:${TEXT}))*`;
const CALL = new RegExp(String.raw`\bl10n\.t\(\s*(?:\{\s*message:\s*)?(${TEXTS})(?:,\s*comment:\s*(${TEXT}))?`, 'g');
/** @type {Readonly<Record<string, string>>} */
const ESCAPES = { n: '\n', t: '\t', r: '\r' };

/**
 * What a text is, by how it is written in code, in pieces or not.
 * @param {string} code
 */
const textOf = (code) =>
  [...code.matchAll(new RegExp(TEXT, 'g'))]
    .map(([piece]) => piece.slice(1, -1))
    .join('')
    .replaceAll(/\\(?:u\{?([0-9a-f]{4,6})\}?|(.))/gi, (_, hex, one) =>
      hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (ESCAPES[one] ?? one),
    );

/**
 * The sentences of a file, as they are called in a bundle: with their comment, where they have one.
 * @param {string} code
 */
export function sentencesIn(code) {
  return [...code.matchAll(CALL)].map(([, text = '', comment]) =>
    comment === undefined ? textOf(text) : `${textOf(text)}/${textOf(comment)}`,
  );
}

/** All sentences of the code, each once, in an order that does not depend on where they are. */
export function sentencesOfCode() {
  const files = ['src', 'webview'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
  );
  return [...new Set(files.flatMap((file) => sentencesIn(readFileSync(file, 'utf8'))))].sort();
}

/**
 * The sentences of a bundle, by their English. Git puts the lines of two people together: where one was the last of
 * its file, a comma is missing, and behind the last of all there may be one.
 * @returns {Record<string, string>}
 */
export const chinese = () =>
  JSON.parse(
    readFileSync(CHINESE, 'utf8')
      .replaceAll(/"\n(?= *")/g, '",\n')
      .replace(/,(?=\n\}\n$)/, ''),
  );
