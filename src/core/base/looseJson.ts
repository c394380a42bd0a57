import { parseJson } from './json';
import { mendedJson } from './mendedJson';

/** A string of JSON, be it cut off, or one of Python's numbers that are none in JSON. */
const STRING_OR_NONE = /("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$))|NaN|-?Infinity/g;

/**
 * The parsed text, be it with mistakes that servers make: signs within strings that have to be escaped, backslashes
 * that escape nothing, a comma too many, Python's numbers that are none. Undefined where it is not even that.
 */
export function looseJson(text: string): unknown {
  const json = parseJson(text);
  if (json !== undefined || !/^\s*[{[]/.test(text)) return json;
  const mended = mendedJson(text);
  return parseJson(mended) ?? parseJson(mended.replace(STRING_OR_NONE, (_, string?: string) => string ?? 'null'));
}
