import { closest, distance } from 'fastest-levenshtein';

/** The largest edit distance at which a word still counts as a slip. Two letters in the wrong order count as two. */
const MOST_SLIPS = 2;

/** The known words that somebody may have meant: those that begin so, else the nearest; none where none is near. */
export function meantBy(word: string, known: readonly string[]): readonly string[] {
  const text = word.toLowerCase();
  const begun = known.filter((name) => name.startsWith(text));
  if (text.length > 1 && begun.length > 0) return begun;
  const nearest = closest(text, known);
  return distance(text, nearest) <= Math.min(MOST_SLIPS, text.length / 2) ? [nearest] : [];
}
