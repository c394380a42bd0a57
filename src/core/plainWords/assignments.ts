import { parse } from 'dotenv';
import { extract, VALUE } from './extract';

/** A variable that a text sets. */
interface Assignment {
  readonly name: string;
  readonly value: string;
}

const NAME = '(?<name>[A-Z][A-Z0-9_]{2,63})';
/** `export NAME=…`, `set NAME=…`, `$env:NAME = "…"`, a line of a `.env` file, or one of YAML or JSON. */
const SET = new RegExp(`(?<![\\w.?&-])${NAME}["']?[ \\t]{0,8}(?<sign>[=:])[ \\t]{0,8}${VALUE}`, 'g');
/** `set -gx NAME …` of fish, `setx NAME …` of Windows. */
const SET_BY_COMMAND = new RegExp(`\\bset(?:x|[ \\t]{1,4}-\\w{1,8})[ \\t]{1,4}${NAME}[ \\t]{1,4}${VALUE}`, 'g');
/** What stands behind a `#` is not set. */
const COMMENTED_OUT = /^[ \t]{0,16}#[ \t]{0,16}(?:export[ \t])?[A-Z][A-Z0-9_]{2,63}=.*$/gm;

/** The variables that a text sets, their values as `dotenv` reads them; with a colon only those that are `known`. */
export function extractAssignments(
  text: string,
  known: (name: string) => boolean,
): { readonly found: readonly Assignment[]; readonly rest: string } {
  const byCommand = extract(text.replace(COMMENTED_OUT, ''), SET_BY_COMMAND, (groups) =>
    assignment(groups['name'], groups['value']),
  );
  const bySign = extract(byCommand.rest, SET, ({ name, sign, value }) =>
    name && (sign === '=' || known(name)) ? assignment(name, value) : undefined,
  );
  return { found: [...byCommand.found, ...bySign.found], rest: bySign.rest };
}

function assignment(name = '', raw = ''): Assignment {
  return { name, value: parse(`${name}=${raw}`)[name] ?? '' };
}
