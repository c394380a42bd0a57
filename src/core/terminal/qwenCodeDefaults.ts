import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import { readJsonc } from '../config/jsonc';

/** Lists of more models, and the protocol of each. */
interface MoreModels {
  readonly modelProviders: Readonly<Record<string, readonly object[]>>;
  readonly providerProtocol: Readonly<Record<string, string>>;
}

/**
 * Defaults with which Qwen Code asks nothing when it starts in an editor's terminal: whether to install an extension of
 * its own is for who goes looking for it. They list `models`, and have all that a company's own say. Throws
 * `ConfigurationError` where these are no JSON object.
 */
export function quietDefaults(models: MoreModels, company?: { readonly file: string; readonly text: string }): string {
  const theirs = company ? readJsonc(company.file, company.text).value : {};
  if (!isRecord(theirs)) throw unusableDefaults(company?.file ?? '', l10n.t('does not hold a JSON object'));
  const membersOf = (name: string): object => (isRecord(theirs[name]) ? theirs[name] : {});
  const defaults = {
    ...theirs,
    ide: { hasSeenNudge: true, ...membersOf('ide') },
    modelProviders: { ...membersOf('modelProviders'), ...models.modelProviders },
    providerProtocol: { ...membersOf('providerProtocol'), ...models.providerProtocol },
  };
  return `${JSON.stringify(defaults, undefined, 2)}\n`;
}

/** The error for a company's defaults that cannot be used. */
export function unusableDefaults(file: string, why: string): ConfigurationError {
  return new ConfigurationError(
    { file },
    l10n.t('{file}, which has the defaults of Qwen Code, {why}. Have it mended first.', { file, why }),
  );
}
