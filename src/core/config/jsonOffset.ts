import type { JsonPath } from './jsonPath';

/** Texts, brackets and words: everything in JSON but blanks, commas and colons. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s,:"{}[\]]+/g;

/** A list or an object on the way to a place. */
interface Level {
  readonly isList: boolean;
  /** Of the last item of a list. */
  index: number;
  /** The property whose value comes next, and where that name begins. */
  name: unknown;
  nameAt: number;
}

/**
 * Where the value at a place begins, or the name of its property, in a text that is JSON without comments; undefined
 * where there is none. Of several properties of one name the last counts. The text is walked through once, which takes
 * a small part of the time in which a tree of it is made.
 */
export function offsetOf(text: string, place: JsonPath): number | undefined {
  const way: Level[] = [];
  /** How many brackets are open in what is beside the way. */
  let aside = 0;
  let found: number | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isClosed = token === '}' || token === ']';
    const isOpened = token === '{' || token === '[';
    if (isClosed && aside === 0) way.pop();
    else if (isClosed) aside -= 1;
    else if (aside > 0) aside += Number(isOpened);
    else {
      const depth = way.length;
      const at = next(way.at(-1), token, index, place[depth - 1]);
      if (at === 'name') continue;
      const isThere = at !== 'other' && depth === place.length;
      if (at !== 'other') found = isThere ? at : undefined;
      // Asked at each place that is found only: it looks through all the rest.
      if (isThere && isLast(text, place, index)) break;
      if (isOpened && at !== 'other' && depth < place.length)
        way.push({ isList: token === '[', index: -1, name: undefined, nameAt: 0 });
      else aside = Number(isOpened);
    }
  }
  return found;
}

/** Whether none of the names on the way can come once more; a name may also be written in escapes. */
function isLast(text: string, place: JsonPath, from: number): boolean {
  const names = place.filter((part) => typeof part === 'string').map((part) => JSON.stringify(part));
  return [...names, String.raw`\u`].every((name) => !text.includes(name, from));
}

/** Goes on by one token: where the value begins that is meant, or what the token is otherwise. */
function next(level: Level | undefined, token: string, index: number, part: unknown): number | 'name' | 'other' {
  if (!level) return index;
  if (level.isList) {
    level.index += 1;
    return level.index === part ? index : 'other';
  }
  if (level.name === undefined) {
    level.name = JSON.parse(token);
    level.nameAt = index;
    return 'name';
  }
  const isMeant = level.name === part;
  level.name = undefined;
  return isMeant ? level.nameAt : 'other';
}
