import * as l10n from '@vscode/l10n';
import type { Credential } from '../credentials/resolve';
import { accountLabel } from '../models/modelList';

/** What a request is signed with, by name: an account, a variable, or no key. */
export function credentialName(credential: Credential | undefined): string {
  const { account, source } = credential ?? {};
  if (account) return accountLabel(account);
  return source?.name ? l10n.t('the variable {0}', source.name) : l10n.t('no key');
}
