import * as l10n from '@vscode/l10n';
import type { Flow } from '../signIn/flows';
import type { SignInOptions } from '../signIn/signInRequest';
import type { Snapshot } from '../session/snapshot';
import { actionsOf } from './problem';
import type { Action, Intent, Problem } from './action';

const NAMES: Readonly<Record<Flow, string>> = {
  loopback: l10n.t('Return to this computer directly'),
  uriHandler: l10n.t("Return through the browser's link"),
  device: l10n.t('Use a code instead'),
  paste: l10n.t('Paste the address by hand'),
  key: l10n.t('Enter an API key'),
};

/**
 * The other ways to what a request wants, by name, each with the intent that begins it. A key has a form to be typed
 * into.
 */
export function otherWays(request: SignInOptions, flows: readonly Flow[]): readonly Action[] {
  const { provider } = request;
  return flows.map((flow) => ({
    label: NAMES[flow],
    intent:
      flow === 'key'
        ? { type: 'showMethod', method: 'api-key', ...(provider && { provider, flow }) }
        : { type: 'signIn', ...request, flow },
  }));
}

/**
 * The sign-in that failed, where a button means it once more: it then asks for the key alone. A key in place
 * of the browser is another one.
 */
export function secondTry(
  intent: Intent,
  { signInAttempt }: Pick<Snapshot, 'signInAttempt'>,
): SignInOptions | undefined {
  const isTry = intent.type === 'showMethod' && intent.flow === undefined;
  return isTry && signInAttempt.kind === 'failed' && signInAttempt.request.method === intent.method
    ? signInAttempt.request
    : undefined;
}

/**
 * The other ways to the sign-in that ended in an error, without the one that mends it. None where another sign-in has
 * followed, or where the problem already offers a choice.
 */
export function waysAround(
  problem: Problem,
  error: unknown,
  { signInAttempt }: Pick<Snapshot, 'signInAttempt'>,
): readonly Action[] {
  if (problem.others || signInAttempt.kind !== 'failed' || signInAttempt.error !== error) return [];
  const mended = actionsOf(problem).map(wayOf);
  return otherWays(signInAttempt.request, signInAttempt.others).filter((way) => !mended.includes(wayOf(way)));
}

/** What tells a way from another one, wherever in it a key would go. */
function wayOf({ intent }: Action): string {
  return intent.type === 'signIn' || intent.type === 'showMethod'
    ? [intent.type, intent.method, intent.flow].join(' ')
    : intent.type;
}
