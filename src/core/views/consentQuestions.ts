import * as l10n from '@vscode/l10n';
import type { HeldKey } from '../base/errors';
import { addressText, hostOf } from '../base/origin';
import { readBaseUrl } from '../config/baseUrl';
import type { KeyAccount } from '../credentials/account';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { readIssuer } from '../oauth/issuer';
import type { OAuthServerFields } from '../signIn/oauthServer';

/** A question before a key goes where a workspace sends it; whatever is not its `yes` is a no. */
export interface ConsentQuestion {
  readonly title: string;
  readonly detail: string;
  readonly yes: string;
}

/** The questions for a key that is held back: it may go only after a yes to each of them. */
export function consentQuestions({
  host,
  keyLast4,
  keyFrom,
  addressFrom,
  variable,
}: HeldKey): readonly [ConsentQuestion, ...ConsentQuestion[]] {
  const first = {
    title: keyLast4
      ? l10n.t('This workspace wants to send your key that ends in {ending} to {host}.', { ending: keyLast4, host })
      : l10n.t('This workspace wants to send your key to {0}.', host),
    detail: l10n.t('The key comes from {keyFrom}, the address from {addressFrom}. Nothing was sent.', {
      keyFrom,
      addressFrom,
    }),
    yes: l10n.t('Allow for this workspace'),
  };
  if (!variable || variable.isUsual) return [first];
  const { name } = variable;
  const second = {
    title: l10n.t('{0} is no variable for the key of a model provider.', name),
    detail: l10n.t('If it opens something else, {0} could use it there, in your name. Send it all the same?', host),
    yes: l10n.t('Send {0}', name),
  };
  return [first, second];
}

/**
 * The question before a key that is stored goes to where it was not saved for,
 * since its account is to have another address.
 */
export function movedKeyQuestion(account: KeyAccount, baseUrl: string): ConsentQuestion {
  const ending = account.key?.last4;
  const to = addressText(baseUrl);
  return {
    title: ending
      ? l10n.t('Send the key that ends in {ending} to {to}?', { ending, to })
      : l10n.t('Send the key to {0}?', to),
    detail: l10n.t('It was saved for {from}. From now on it would go to {to}.', {
      from: addressText(account.baseUrl),
      to,
    }),
    yes: l10n.t('Send the key'),
  };
}

/**
 * The question before a form of the panel, which is not trusted, names another authorization server in the settings.
 * Throws what `oauthServerSettings` throws for its API.
 */
export function otherServerQuestion({ issuer, api }: OAuthServerFields): ConsentQuestion {
  const host = hostOf(readIssuer(issuer) || QWEN_ISSUER);
  return {
    title: l10n.t('Sign in at {0}?', host),
    detail: api.trim()
      ? l10n.t('The settings of VS Code will name {host} as the server to sign in at, and its tokens go to {api}.', {
          host,
          // Read as it is for the settings: what goes for an issuer's address may be another host's.
          api: hostOf(readBaseUrl(api).baseUrl),
        })
      : l10n.t('The settings of VS Code will name {0} as the server to sign in at.', host),
    yes: l10n.t('Change settings'),
  };
}
