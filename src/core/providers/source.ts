import * as l10n from '@vscode/l10n';
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
  /** Why a default holds, in the language that is set: for people alone. */
  readonly why?: string;
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

/** The sources as programs get them: the same in every language. */
export function sourcesForPrograms({ model, baseUrl, key }: Sources): Sources {
  const withoutWhy = (source: Source): Source => (source.why === undefined ? source : { kind: source.kind });
  return { model: withoutWhy(model), baseUrl: withoutWhy(baseUrl), key: withoutWhy(key) };
}

/** The source as a phrase in one line: `the keychain`, `OPENAI_API_KEY in /home/me/.env, line 3`. */
export function describeSource(source: Source): string {
  return oneLine(phraseOf(source));
}

function phraseOf({ kind, name, file, line, why }: Source): string {
  const at = file ?? '';
  const place = line === undefined ? at : l10n.t('{file}, line {line}', { file: at, line });
  const what = name ?? '';
  switch (kind) {
    case 'argument':
      return name ? l10n.t('the argument {name}', { name }) : l10n.t('an id that was typed');
    case 'keychain':
      if (file) return l10n.t('{name} in {place}', { name: name ?? l10n.t('an entry'), place: file });
      return name ? l10n.t('the keychain ({name})', { name }) : l10n.t('the keychain');
    case 'command':
      return file
        ? l10n.t('the command {name} of {file}', { name: what, file })
        : l10n.t('the command {name}', { name: what });
    case 'environment':
      return l10n.t('the environment variable {name}', { name: what }).trim();
    case 'dotenv':
    case 'qwenSettings':
    case 'workspaceSettings':
      return l10n.t('{name} in {place}', { name: what, place }).trim();
    case 'settings':
      return place
        ? l10n.t('the setting {name} in {place}', { name: what, place })
        : l10n.t('the setting {name}', { name: what }).trim();
    case 'catalogue':
      return name ? l10n.t('the catalogue ({name})', { name }) : l10n.t('the catalogue');
    case 'default':
      return why ? l10n.t('a default ({why})', { why }) : l10n.t('a default');
    case 'none':
      return l10n.t('no key is needed');
  }
}
