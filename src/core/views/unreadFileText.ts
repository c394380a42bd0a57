import * as l10n from '@vscode/l10n';
import { type EnvSearch, unreadEnvFile } from '../config/envSearch';
import { inertSentence } from './inertText';

/**
 * Which environment file is there and not read, because the workspace is not trusted; undefined where there is none. Its
 * author named its folders, and VS Code makes icons of `$(check)`.
 */
export function unreadFileText(configuration: { readonly envSearch: EnvSearch }): string | undefined {
  const file = unreadEnvFile(configuration);
  if (file === undefined) return undefined;
  return inertSentence(l10n.t('{file} is not read, because this workspace is not trusted.', { file }));
}
