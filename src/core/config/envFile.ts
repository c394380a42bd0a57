import path from 'node:path';
import { parse } from 'dotenv';
import { Secret } from '../base/secret';
import type { Side } from '../providers/source';

/** A variable of an environment file, and the line (from 1) that sets it. */
export interface EnvValue {
  readonly value: Secret;
  readonly line: number;
}

/** The variables of one environment file. */
export interface EnvFile {
  readonly path: string;
  readonly side: Side;
  readonly values: ReadonlyMap<string, EnvValue>;
}

/** What a project may set for its own program, and Qwen Code does not listen to where no settings say otherwise. */
const NOT_FROM_PROJECTS: readonly string[] = ['DEBUG', 'DEBUG_MODE'];

/**
 * The beginning of a setting, together with a quoted value, whose lines may look like settings themselves. The blanks
 * before it are those of one line: each that `^` takes for a line's end would be looked at again from every other.
 */
const SETTING =
  /^[^\S\n\r\u2028\u2029]*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)(?:\s*(['"`])(?:\\\2|(?!\2)[^])*\2(?=[^\S\n]*(?:#.*)?$))?/gm;

/**
 * What people write in the place of `NAME=` for a key, an address or a model: what other shells and JSON have there, a
 * colon, signs of full width, and what nobody sees.
 */
const OTHER_FORMS = otherForms();

function otherForms(): RegExp {
  const blank = String.raw`[^\S\n\r\u2028\u2029]`;
  const name = '([A-Z][A-Z0-9_]{0,60}_(?:KEY|TOKEN|URL|BASE|MODEL))';
  const before = String.raw`\p{Cf}|(?:setx?|export|ENV|declare${blank}+-x)${blank}+|\$[Ee][Nn][Vv]:|-${blank}+`;
  const command = String.raw`(?:setx|(?:launchctl${blank}+)?setenv|set${blank}+-\w+|ENV)${blank}+`;
  const forms = [`(?:${before})*["']?${name}["']?${blank}*[=:＝：]`, `${command}${name}${blank}`];
  return new RegExp(`^${blank}*(?:${forms.join('|')})`, 'gmu');
}

/** Reads an environment file as `dotenv` does, and what people take for one too. */
export function readEnvFile(file: string, side: Side, written: string): EnvFile {
  // Ends of lines alike, by what is quickest: a file may be made of nothing else.
  const text = written.replace(OTHER_FORMS, '$1$2=').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  // The other of its two parsers, which come to the same, takes hours for a file of blank lines.
  const variables = Object.entries(parse(text, { fast: true }));
  const lines = settingLines(text);
  const values = new Map(
    variables.map(([name, value]) => [name, { value: new Secret(value), line: lines.get(name) ?? 1 }]),
  );
  return { path: file, side, values };
}

/**
 * The file without the variables that do not count in a project's: `DEBUG` and `DEBUG_MODE`, or those that settings
 * name. All count in a file of the person's own, and in one that is for Qwen Code alone.
 */
export function withoutExcluded(file: EnvFile, excluded = NOT_FROM_PROJECTS): EnvFile {
  if (file.side === 'person' || path.basename(path.dirname(file.path)) === '.qwen') return file;
  return { ...file, values: new Map([...file.values].filter(([name]) => !excluded.includes(name))) };
}

/** The line that sets each variable: of several, the last one counts. */
function settingLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let line = 1;
  let counted = 0;
  for (const { 1: name = '', index } of text.matchAll(SETTING)) {
    line += text.slice(counted, index).split('\n').length - 1;
    counted = index;
    lines.set(name, line);
  }
  return lines;
}
