import { decodings, type Range } from './decodings';
import { KEY_BEGINNINGS, KEYS_OF_PARTS } from './keyShapes';
import type { Secret } from './secret';

/** So many characters of a secret in a row give it away. */
const RUN = 10;
/** How often a text is decoded: servers encode what was encoded before. */
const DEEPEST = 2;

/** Finds parts of a text. */
type Finder = (text: string) => readonly Range[];

/**
 * What tokens and keys look like in other people's texts: bearer headers, `sk-…` and its kin, JSON web tokens. A word
 * has no digits, so what has none is left as it is. How far is looked for one is bounded: texts come from servers.
 */
const SECRET_SHAPES = [
  /\b(bearer\s+)(?=[\w.~+/=-]{0,256}\d)[\w.~+/=-]{8,}/gi,
  /\b((?:api[-_]?key|access_token|refresh_token|device_code|code_verifier)["']?\s*[:=]\s*["']?)(?=[\w.~+/=-]{0,256}\d)[\w.~+/=-]{6,}/gi,
  ...KEYS_OF_PARTS.map((shape) => new RegExp(`\\b()${shape}`, 'g')),
  new RegExp(`\\b()(?:sk|ms|key|${KEY_BEGINNINGS})-(?=[\\w-]{0,256}\\d)[\\w-]{8,}`, 'g'),
  new RegExp(`\\b()(?:[sr]k_(?:live|test)_|gh[pousr]_|(?:${KEY_BEGINNINGS})_|AIza)(?=\\w{0,256}\\d)[\\w-]{8,}`, 'g'),
];

const SURELY_NO_WORD = 12;

/**
 * Whether a secret is so short that it may be an ordinary word, as the keys that servers on this computer are given: it
 * counts only where it stands alone.
 */
export function mayBeWord(secret: Secret): boolean {
  return secret.reveal().length < SURELY_NO_WORD;
}

/** The text with everything taken out that is one of the `known` secrets or looks like a token or key. */
export function redact(text: string, ...known: readonly (Secret | undefined)[]): string {
  return SECRET_SHAPES.reduce((rest, shape) => rest.replace(shape, '$1[redacted]'), withoutSecrets(text, ...known));
}

/**
 * The text without the `known` secrets: no ten characters in a row of one are left, whether in plain, in base64, in
 * hexadecimal digits, escaped as in URLs, JSON or HTML, or encoded twice. A short secret is removed where it stands
 * alone.
 */
export function withoutSecrets(text: string, ...known: readonly (Secret | undefined)[]): string {
  const finders = known.flatMap((secret) => (secret ? [finderOf(secret)] : []));
  return finders.length > 0 ? withoutFound(text, (part) => finders.flatMap((find) => find(part))) : text;
}

const findersOf = new WeakMap<Secret, Finder>();

function finderOf(secret: Secret): Finder {
  const known = findersOf.get(secret);
  if (known) return known;
  const value = secret.reveal();
  const finder = mayBeWord(secret) ? standingAlone(value) : runsOf(value);
  findersOf.set(secret, finder);
  return finder;
}

function standingAlone(value: string): Finder {
  if (value.length < 4) return () => [];
  const alone = new RegExp(`(?<!\\w)${escaped(value)}(?!\\w)`, 'g');
  return (text) => [...text.matchAll(alone)].map(({ 0: { length }, index }) => [index, index + length]);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Finds every part that has ten characters in a row of the secret, whatever the case of its letters. */
function runsOf(secret: string): Finder {
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
function withoutFound(text: string, find: Finder): string {
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
