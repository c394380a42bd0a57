/** Part of a text: its first index, and the one behind its last. */
export type Range = readonly [start: number, end: number];

/** A text as it reads when it is decoded, and which part of the encoded text a character of it stands for. */
interface Decoded {
  readonly text: string;
  at(index: number): Range;
}

const ESCAPES =
  /%([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})|&#x0*([0-9a-f]{1,4});?|&#0*(\d{1,5});?|\\(["\\/])|&(amp|lt|gt|quot|period|sol|plus|equals|lowbar|colon);/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  period: '.',
  sol: '/',
  plus: '+',
  equals: '=',
  lowbar: '_',
  colon: ':',
};
/** Of ten characters, base64 has at least twelve digits that hold nothing else. */
const BASE64 = /[\w+/-]{12,}/g;
const HEX = /[0-9a-f]{20,}/gi;

/**
 * What a text may read as once it is decoded: from the escapes of URLs, JSON and HTML, and what looks like base64,
 * base64url or hexadecimal digits of ten characters or more. In time that grows with the text alone.
 */
export function* decodings(text: string): Generator<Decoded> {
  if (/[%\\&]/.test(text)) yield withoutEscapes(text);
  for (const { 0: run, index } of text.matchAll(HEX)) {
    for (const skipped of [0, 1]) yield fromDigits('hex', run.slice(skipped), index + skipped);
  }
  for (const { 0: run, index } of text.matchAll(BASE64)) {
    // What stands before it may look like a part of it.
    for (const skipped of [0, 1, 2, 3]) yield fromDigits('base64', run.slice(skipped), index + skipped);
  }
}

function fromDigits(encoding: 'hex' | 'base64', digits: string, start: number): Decoded {
  // So many digits together make so many characters.
  const [characters, group] = encoding === 'hex' ? [1, 2] : [3, 4];
  const groupAt = (index: number): number => start + Math.floor(index / characters) * group;
  return {
    text: Buffer.from(digits, encoding).toString('latin1'),
    at: (index) => [groupAt(index), Math.min(groupAt(index) + group, start + digits.length)],
  };
}

function withoutEscapes(text: string): Decoded {
  const parts: string[] = [];
  const starts: number[] = [];
  const add = (part: string, from: number, step: number): void => {
    parts.push(part);
    for (let at = 0; at < part.length; at++) starts.push(from + at * step);
  };
  let done = 0;
  for (const match of text.matchAll(ESCAPES)) {
    add(text.slice(done, match.index), done, 1);
    add(meaning(match), match.index, 0);
    done = match.index + match[0].length;
  }
  add(text.slice(done), done, 1);
  return { text: parts.join(''), at: (index) => [starts[index] ?? text.length, starts[index + 1] ?? text.length] };
}

function meaning([, percent, json, byte, hex, decimal, quoted, entity]: RegExpExecArray): string {
  const code = percent ?? json ?? byte ?? hex;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  return quoted ?? ENTITIES[(entity ?? '').toLowerCase()] ?? '';
}
