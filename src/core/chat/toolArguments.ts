import { isRecord, parseJson } from '../base/json';
import { mendedJson } from '../base/mendedJson';
import { jsonValues } from './jsonValues';

type Input = Readonly<Record<string, unknown>>;

/** How often JSON may stand in a string of JSON. */
const MOST_STRINGS = 3;
/** At how many places it is tried to read the whole once more. */
const MOST_TRIES = 16;

/**
 * The object that the pieces of a call's arguments mean; undefined where they mean none. They are put
 * together; where that is no JSON, some servers have sent the whole again behind the pieces, or in each of
 * them, or an empty object beside it. Where the model ran out of tokens (`isCut`) no end is added: the last value may
 * have been longer.
 */
export function toolArguments(pieces: readonly string[], isCut = false): Input | undefined {
  const all = pieces.join('');
  const input = objectIn(all);
  if (input) return input;
  return (
    objectIn(mendedJson(all)) ??
    (isGrowing(pieces) ? objectIn(pieces.at(-1) ?? '') : undefined) ??
    repeated(all.trim()) ??
    onlyOne(jsonValues(all)) ??
    (isCut ? undefined : objectIn(withItsEnd(mendedJson(all)))) ??
    objectIn(fromPython(all))
  );
}

/** Some leave out the very last brace, and some write one too many. What is cut within a member stays as it is. */
function withItsEnd(text: string): string {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|[{}[\]]/gs)) {
    if (sign.startsWith('"')) continue;
    depth += sign === '{' || sign === '[' ? 1 : -1;
    if (depth === 0) return /^[}\]\s]*$/.test(text.slice(index + 1)) ? text.slice(0, index + 1) : text;
  }
  return /\{\s*$/.test(text) ? text : `${text}}`;
}

/** A dictionary of Python, as far as its strings hold no quotes. */
function fromPython(text: string): string {
  if (/["\\]/.test(text) || !/^\s*\{\s*'/.test(text)) return text;
  const words: Readonly<Record<string, string>> = { None: 'null', True: 'true', False: 'false' };
  return text.replaceAll(/'([^']*)'|\b(?:None|True|False)\b/g, (part, said?: string) =>
    said === undefined ? (words[part] ?? part) : JSON.stringify(said),
  );
}

/** An object, be it written as a string of JSON; `null`, blanks and an empty list are an object of nothing. */
function objectIn(text: string, strings: number = MOST_STRINGS): Input | undefined {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  if (value === null || (Array.isArray(value) && value.length === 0)) return {};
  if (typeof value === 'string') return strings > 0 ? objectIn(value, strings - 1) : undefined;
  return isRecord(value) ? value : undefined;
}

/** Each piece is all that came before, and more. */
function isGrowing(pieces: readonly string[]): boolean {
  return pieces.every((piece, at) => piece.startsWith(pieces[at - 1] ?? ''));
}

/** Behind a beginning, cut off or not, the whole. */
function repeated(text: string): Input | undefined {
  let tries = 0;
  for (let at = text.indexOf('{', 1); at >= 0 && at <= text.length / 2; at = text.indexOf('{', at + 1)) {
    if (!text.startsWith(text.slice(0, at).trimEnd(), at)) continue;
    const input = objectIn(text.slice(at));
    tries += 1;
    if (input || tries === MOST_TRIES) return input;
  }
  return undefined;
}

/** Of objects in a row, the one that says anything, be it there twice. */
function onlyOne(values: readonly string[]): Input | undefined {
  const objects = values.map((text) => objectIn(text));
  if (!objects.every((input) => input !== undefined)) return undefined;
  const [first, ...others] = objects.filter((input) => Object.keys(input).length > 0);
  const isSame = others.every((input) => JSON.stringify(input) === JSON.stringify(first));
  return isSame ? (first ?? objects[0]) : undefined;
}
