import type { HeldKey } from '../base/errors';
import { addressText, hostOf } from '../base/origin';
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
    title: `This workspace wants to send your key${keyLast4 ? ` that ends in ${keyLast4}` : ''} to ${host}.`,
    detail: `The key comes from ${keyFrom}, the address from ${addressFrom}. Nothing was sent.`,
    yes: 'Allow for this workspace',
  };
  if (!variable || variable.isUsual) return [first];
  const { name } = variable;
  const second = {
    title: `${name} is no variable for the key of a model provider.`,
    detail: `If it opens something else, ${host} could use it there, in your name. Send it all the same?`,
    yes: `Send ${name}`,
  };
  return [first, second];
}

/**
 * The question before a key that is stored goes to where it was not saved for,
 * since its account is to have another address.
 */
export function movedKeyQuestion(account: KeyAccount, baseUrl: string): ConsentQuestion {
  const ending = account.key?.last4 ? ` that ends in ${account.key.last4}` : '';
  const to = addressText(baseUrl);
  return {
    title: `Send the key${ending} to ${to}?`,
    detail: `It was saved for ${addressText(account.baseUrl)}. From now on it would go to ${to}.`,
    yes: 'Send the key',
  };
}

/**
 * The question before a form of the panel, which is not trusted, names another authorization server in the settings.
 */
export function otherServerQuestion({ issuer, api }: OAuthServerFields): ConsentQuestion {
  const host = hostOf(readIssuer(issuer) || QWEN_ISSUER);
  const where = api.trim() && `, and its tokens go to ${hostOf(readIssuer(api))}`;
  return {
    title: `Sign in at ${host}?`,
    detail: `The settings of VS Code will name ${host} as the server to sign in at${where}.`,
    yes: 'Change settings',
  };
}
