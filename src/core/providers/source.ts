import { oneLine } from '../base/oneLine';

/** Where a value came from, to explain why it is used. Never holds the value. */
export interface Source {
  readonly kind:
    | 'argument'
    | 'keychain'
    | 'command'
    | 'environment'
    | 'dotenv'
    | 'settings'
    | 'qwenSettings'
    | 'workspaceSettings'
    | 'catalogue'
    | 'default'
    | 'none';
  /** The variable, setting or entry. */
  readonly name?: string;
  /** The file's path, and the line in it from 1. */
  readonly file?: string;
  readonly line?: number | undefined;
}

/**
 * Who set a value. `workspace`: it came with the folder that is worked in. `outside`: it is the person's, but may
 * belong to another project of theirs.
 */
export type Side = 'workspace' | 'outside' | 'person';

/** Where the three values that make a request came from. */
export interface Sources {
  readonly model: Source;
  readonly baseUrl: Source;
  readonly key: Source;
}

/** The source as a phrase in one line: `the keychain`, `OPENAI_API_KEY in /home/me/.env, line 3`. */
export function describeSource(source: Source): string {
  return oneLine(phraseOf(source));
}

function phraseOf({ kind, name, file, line }: Source): string {
  const named = name ? ` (${name})` : '';
  const place = [file, line !== undefined && `line ${line}`].filter(Boolean).join(', ');
  switch (kind) {
    case 'argument':
      return name ? `the argument ${name}` : 'an id that was typed';
    case 'keychain':
      return file ? `${name ?? 'an entry'} in ${file}` : `the keychain${named}`;
    case 'command':
      return `the command ${name ?? ''}${file ? ` of ${file}` : ''}`;
    case 'environment':
      return `the environment variable ${name ?? ''}`.trim();
    case 'dotenv':
    case 'qwenSettings':
    case 'workspaceSettings':
      return `${name ?? ''} in ${place}`.trim();
    case 'settings':
      return `the setting ${name ?? ''}${place && ` in ${place}`}`.trim();
    case 'catalogue':
      return `the catalogue${named}`;
    case 'default':
      return `a default${named}`;
    case 'none':
      return 'no key is needed';
  }
}
