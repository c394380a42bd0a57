/** What somebody else has written, in one line, and without what is invisible or turns the direction of reading. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
}
