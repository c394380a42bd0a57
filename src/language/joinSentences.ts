/** A Chinese sentence brings the distance to the next one in its full stop; dots are Chinese behind Chinese only. */
const FULL_WIDTH_END = /(?:[。！？：；]|[\u3400-\u9fff]…+)[”’」）]?$/;

/**
 * Whole sentences one after another, with what the language puts between them: a space, and none behind a full-width
 * stop. What is empty or undefined is left out.
 */
export function joinSentences(...sentences: readonly (string | undefined)[]): string {
  return sentences.reduce<string>((text, next) => {
    if (!next) return text;
    return text === '' || FULL_WIDTH_END.test(text) ? `${text}${next}` : `${text} ${next}`;
  }, '');
}
