/**
 * What nobody sees: format characters such as U+200B, variation selectors, fillers, and the marks of a bracketed paste.
 */
const INVISIBLE = /\p{Cc}?\[20[01]~|[\p{Cf}\ufe00-\ufe0f\u034f\u115f\u1160\u2800\u3164\uffa0]/gu;
/** Nothing to take away or to change: most texts are so. */
const PLAIN = /^[\w./:@+-]*$/;
/** Signs that people put around a value, or behind it in a list. */
const QUOTES = `"'\`´“”„‟‘’‚‛«»‹›「」『』〝〞`;
const SEPARATORS = ',;，；、。';
const BRACKETS: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['(', ')'],
  ['{', '}'],
  ['《', '》'],
  ['【', '】'],
]);
const CLOSING: ReadonlyMap<string, string> = new Map([...BRACKETS].map(([open, close]) => [close, open]));

/** `[text](https://…)` of Markdown. */
const LINK = /^!?\[[^\]]{0,200}\]\(([^()\s]+)\)$/;
/** `export NAME=` and its kin, and the name of a JSON or YAML property, before an address. */
const NAME =
  /^(?:export\s|set\s|\$env:)?\s{0,8}["'`]?[A-Za-z_][\w.-]{0,63}["'`]?\s{0,8}[=:]\s{0,8}(?=[^\w\s/]{0,4}https?:[\\/])/i;
/** A comment behind a value, which programs that split lines themselves leave there, such as `docker --env-file`. */
const COMMENT = /\s#.*$/s;

/** A text without what nobody sees, with plain blanks, and with letters and signs of full width as ASCII (NFKC). */
export function visibleText(text: string): string {
  return PLAIN.test(text) ? text : text.normalize('NFKC').replace(INVISIBLE, '').trim();
}

/** A value without the quotes around it, and without the commas and semicolons behind it. */
export function withoutQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOneOf(`${QUOTES} `, text.charAt(start))) start += 1;
  while (end > start && isOneOf(`${QUOTES}${SEPARATORS} `, text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** A value without a comment behind it. */
export function withoutComment(text: string): string {
  return text.replace(COMMENT, '');
}

/**
 * The address in what a person pasted or wrote: without what nobody sees, the name of the variable before it, a comment
 * behind it, and the quotes, brackets and commas around it.
 */
export function pastedAddress(text: string): string {
  const line = withoutComment(visibleText(text)).replace(NAME, '');
  const address = withoutFrame(line);
  return withoutFrame(LINK.exec(address)?.[1] ?? address);
}

/** Brackets around brackets; nobody has more of them. */
const MOST_FRAMES = 4;

function withoutFrame(text: string): string {
  let rest = withoutQuotes(text);
  for (let round = 0; round < MOST_FRAMES; round += 1) rest = withoutQuotes(withoutBracket(rest));
  return rest;
}

/** Brackets go in pairs, or where their other half is missing: an address may have some of its own. */
function withoutBracket(text: string): string {
  const first = text.charAt(0);
  const last = text.charAt(text.length - 1);
  const close = BRACKETS.get(first);
  if (close !== undefined) return text.slice(1, last === close ? -1 : undefined);
  if (first === '[' && last === ']' && text.includes('://')) return text.slice(1, -1);
  const open = last === ']' ? '[' : CLOSING.get(last);
  if (open !== undefined && !text.includes(open)) return text.slice(0, -1);
  // A full stop ends a sentence; behind a host alone it belongs to the name.
  return last === '.' && /[^/:]\/[^/]/.test(text) ? text.slice(0, -1) : text;
}

function isOneOf(signs: string, character: string): boolean {
  return signs.includes(character);
}
