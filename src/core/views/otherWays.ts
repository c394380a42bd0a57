import type { Flow } from '../signIn/flows';
import type { SignInOptions } from '../signIn/signInRequest';
import type { Snapshot } from '../session/snapshot';
import { type Action, actionsOf, type Intent, type Problem } from './problem';

const NAMES: Readonly<Record<Flow, string>> = {
  loopback: 'Return to this computer directly',
  uriHandler: "Return through the browser's link",
  device: 'Use a code instead',
  paste: 'Paste the address by hand',
  key: 'Enter an API key',
};

/** The other ways to what a request wants, by name, each with the intent that begins it. A key has a form to be typed into. */
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
 * The sign-in that failed, where a button means it once more: it then asks for the key alone. A key in place of the browser
 * is another one.
 */
export function secondTry(intent: Intent, { attempt }: Pick<Snapshot, 'attempt'>): SignInOptions | undefined {
  const isTry = intent.type === 'showMethod' && intent.flow === undefined;
  return isTry && attempt.kind === 'failed' && attempt.request.method === intent.method ? attempt.request : undefined;
}

/**
 * The other ways to the sign-in that ended in an error, without the one that mends it; none where it was not the last one,
 * or where the problem leaves choice enough.
 */
export function waysAround(
  problem: Problem,
  error: unknown,
  { attempt }: Pick<Snapshot, 'attempt'>,
): readonly Action[] {
  if (problem.others || attempt.kind !== 'failed' || attempt.error !== error) return [];
  const mended = actionsOf(problem).map(({ label }) => label);
  return otherWays(attempt.request, attempt.others).filter(({ label }) => !mended.includes(label));
}
