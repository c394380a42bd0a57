import type { Flow } from '../signIn/flows';
import type { SignInOptions } from '../signIn/signInRequest';
import type { Snapshot } from '../session/snapshot';
import { actionsOf } from './problem';
import type { Action, Intent, Problem } from './action';

const NAMES: Readonly<Record<Flow, string>> = {
  loopback: 'Return to this computer directly',
  uriHandler: "Return through the browser's link",
  device: 'Use a code instead',
  paste: 'Paste the address by hand',
  key: 'Enter an API key',
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
  const mended = actionsOf(problem).map(({ label }) => label);
  return otherWays(signInAttempt.request, signInAttempt.others).filter(({ label }) => !mended.includes(label));
}
