import { decodings, type Range } from './decodings';

/** So many characters of a secret in a row give it away. */
const RUN = 10;
/** How often a text is decoded: servers encode what was encoded before. */
const DEEPEST = 2;

/** Finds parts of a text. */
export type Finder = (text: string) => readonly Range[];

/** Finds every part that has ten characters in a row of the secret, whatever the case of its letters. */
export function runsOf(secret: string): Finder {
  const small = smallLetters(secret);
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= small.length; at++) runs.add(small.slice(at, at + RUN));
  return (text) => {
    const searched = smallLetters(text);
    const found: Range[] = [];
    for (let at = 0; at + RUN <= searched.length; at++) {
      if (!runs.has(searched.slice(at, at + RUN))) continue;
      const last = found.at(-1);
      const goesOn = last !== undefined && last[1] >= at;
      if (goesOn) found.pop();
      found.push([goesOn ? last[0] : at, at + RUN]);
    }
    return found;
  };
}

/** The text with `[redacted]` for each part that is found in it, as it stands or decoded once or twice. */
export function withoutFound(text: string, find: Finder): string {
  const ranges = [...rangesIn(text, find, DEEPEST)].sort(([one], [other]) => one - other);
  let rest = '';
  let done = 0;
  for (const [start, end] of ranges) {
    if (start > done || done === 0) rest += `${text.slice(done, start)}[redacted]`;
    done = Math.max(done, end);
  }
  return rest + text.slice(done);
}

function* rangesIn(text: string, find: Finder, levels: number): Generator<Range> {
  yield* find(text);
  if (levels === 0) return;
  for (const decoded of decodings(text)) {
    for (const [start, end] of rangesIn(decoded.text, find, levels - 1))
      yield [decoded.at(start)[0], decoded.at(end - 1)[1]];
  }
}

/** Of the same length as the text, which full lower case need not be. */
function smallLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
