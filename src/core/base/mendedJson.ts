/** A string of JSON, be it cut off, or a comma behind which nothing comes. */
const STRING_OR_COMMA = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|,(?=\s*[}\]])/gs;
/** What may stand around it: a fence of Markdown, and tokens that mark the end. More than a few would take long. */
const FENCE = /^```\w*\n(.*?)\n?```$/s;
const TOKENS = /(?:<\|\w+\|>\s*){1,16}$/;

/** The language of a fence whose beginning a server has taken away. */
const LANGUAGE = /^json\s+(?=\{)/;
/** An escape of JSON, or a backslash that begins none. */
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|\\/g;

/**
 * JSON as models write it by mistake: in a fence, with a token behind it, lines and lone backslashes within strings, a
 * comma at the end.
 */
export function mendedJson(text: string): string {
  const bare = text.trim().replace(TOKENS, '').trim().replace(FENCE, '$1').replace(LANGUAGE, '');
  return bare.replace(STRING_OR_COMMA, (part) => (part === ',' ? '' : escaped(part)));
}

function escaped(string: string): string {
  return string
    .replace(/\p{Cc}/gu, (sign) => JSON.stringify(sign).slice(1, -1))
    .replace(ESCAPE, (sign) => (sign === '\\' ? '\\\\' : sign));
}
