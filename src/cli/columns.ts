/** What terminals draw two columns wide, by Unicode's East Asian Width W and F: East Asian letters and signs, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/gu;
/** What takes no room of its own: marks on the letter before, and what joins. */
const UNSEEN = /[\p{Mn}\p{Me}\p{Cf}]/gu;

/** How many columns of a terminal a text takes. */
export function columns(text: string): number {
  const seen = text.replace(UNSEEN, '');
  return Array.from(seen).length + (seen.match(WIDE)?.length ?? 0);
}
