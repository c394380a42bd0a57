// A language that nobody speaks: English with accents, and 40 % longer. What is cut or does not wrap in it would be so
// in another language too, and what has no accents in it is no sentence of `l10n.t`.
import { sentencesOfCode } from './sentences.mjs';

const PLAIN = 'aeioucnsyAEIOUCNSY';
const ACCENTED = 'àéîöüçñšýÀÉÎÖÜÇÑŠÝ';
/** These are no sentences: `Intl` has to know the language. */
const LOCALES = ['en-US', 'en-GB'];

/** @param {string} letter */
const accented = (letter) => ACCENTED.charAt(PLAIN.indexOf(letter));

/**
 * A sentence in that language, its places and links as they were.
 * @param {string} sentence
 */
export function pseudo(sentence) {
  const parts = sentence
    .split(/(\{[^}]*\}|`[^`]*`|\([^)]*\))/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[aeioucnsy]/gi, accented)));
  const more = Math.round(sentence.length * 0.4);
  return `${parts.join('')}${' lòñgér'.repeat(Math.ceil(more / 7)).slice(0, more)}`;
}

/** The bundle of that language. */
export const pseudoBundle = () =>
  Object.fromEntries(
    sentencesOfCode()
      .filter((sentence) => !LOCALES.includes(sentence))
      .map((sentence) => [sentence, pseudo(sentence)]),
  );
