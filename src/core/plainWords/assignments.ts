import { parse } from 'dotenv';
import { extract, type Groups, VALUE } from './extract';

/** A variable that a text sets. */
interface Assignment {
  readonly name: string;
  readonly value: string;
}

const NAME = '(?<name>[A-Z][A-Z0-9_]{2,63})';
/** `export NAME=…`, `set NAME=…`, `$env:NAME = "…"`, `environ["NAME"] = "…"`, a line of `.env`, YAML or JSON. */
const SET = new RegExp(`(?<![\\w.?&-])${NAME}["']?\\]?[ \\t]{0,8}(?<sign>[=:])[ \\t]{0,8}${VALUE}`, 'g');
/** `set -gx NAME …` and `set --export NAME …` of fish, `setx NAME …` of Windows, `setenv NAME …` of csh. */
const COMMAND = 'set(?:x|env|(?:[ \\t]{1,4}--?\\w{1,12}){1,4})[ \\t]{1,4}';
const SET_BY_COMMAND = new RegExp(`\\b${COMMAND}${NAME}[ \\t]{1,4}${VALUE}`, 'g');
/** `Set-Item Env:NAME "…"` and `[Environment]::SetEnvironmentVariable('NAME', '…')` of PowerShell. */
const SET_BY_CALL = new RegExp(
  `(?:(?<![$\\w])[Ee]nv:\\\\?|SetEnvironmentVariable\\(["'])${NAME}["']?` +
    `(?:,[ \\t]{0,4}|[ \\t]{1,4}(?:-Value[ \\t]{1,4})?(?![=:-]))${VALUE}`,
  'g',
);
/** What stands behind a `#` is not set. */
const COMMENTED_OUT = /^[ \t]{0,16}#[ \t]{0,16}(?:export[ \t])?[A-Z][A-Z0-9_]{2,63}=.*$/gm;

/** The variables that a text sets, their values as `dotenv` reads them; with a colon only those that are `known`. */
export function extractAssignments(
  text: string,
  known: (name: string) => boolean,
): { readonly found: readonly Assignment[]; readonly rest: string } {
  const of = ({ name, value }: Groups): Assignment => assignment(name, value);
  const byCommand = extract(text.replace(COMMENTED_OUT, ''), SET_BY_COMMAND, of);
  const byCall = extract(byCommand.rest, SET_BY_CALL, of);
  const bySign = extract(byCall.rest, SET, ({ name, sign, value }) =>
    name && (sign === '=' || known(name)) ? assignment(name, value) : undefined,
  );
  return { found: [...byCommand.found, ...byCall.found, ...bySign.found], rest: bySign.rest };
}

function assignment(name = '', raw = ''): Assignment {
  // Behind a value without quotes, the next command of its line may begin at once.
  const own = /^["'`]/.test(raw) ? raw : raw.replace(/&&.*$|&$/, '');
  return { name, value: parse(`${name}=${own}`)[name] ?? '' };
}
