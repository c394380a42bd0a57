/** What cannot be seen, ends a line, or turns the direction of reading. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\s]+/gu;

/** Letters and marks that nobody sees: fillers of Hangul, the blank of Braille, and those that choose a letter's form. */
const FILLERS = /[\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\ufe00-\ufe0e]|[\u{e0100}-\u{e01ef}]/u;

/** Most texts are one word of ASCII, or end there. */
const WORD = /^[!-~]*$/;

/**
 * What somebody else has written, in one line, without what is invisible or turns the direction of reading,
 * and cut after so many characters.
 */
export function oneLine(text: string, longest = Infinity): string {
  if (text.length <= longest && WORD.test(text)) return text;
  // Cut before it is cleaned: the text may have any length.
  const plain = text
    .slice(0, longest + 1)
    .replace(HIDDEN, ' ')
    .trim();
  return text.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

/** Whether a text has something in it that cannot be seen, ends a line, or turns the direction of reading. */
export function isHiding(text: string): boolean {
  return !WORD.test(text) && (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text) || FILLERS.test(text));
}

/** A character and its number, or that alone where it cannot be seen. */
export function shownCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{C}\s]/u.test(character) ? code : `"${character}" (${code})`;
}
