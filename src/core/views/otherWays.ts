import type { Flow } from '../session/flows';
import type { SignInRequest } from '../session/signIn';
import type { Action } from './problem';

const NAMES: Readonly<Record<Flow, string>> = {
  loopback: 'Return to this computer directly',
  uriHandler: "Return through the browser's link",
  device: 'Use a code instead',
  paste: 'Paste the address by hand',
  key: 'Enter an API key',
};

/** The other ways to what a request wants, by name, each with the intent that begins it. A key has a form to be typed into. */
export function otherWays(request: Omit<SignInRequest, 'apiKey'>, flows: readonly Flow[]): readonly Action[] {
  const { provider } = request;
  return flows.map((flow) => ({
    label: NAMES[flow],
    intent:
      flow === 'key'
        ? { type: 'showMethod', method: 'api-key', ...(provider && { provider, flow }) }
        : { type: 'signIn', ...request, flow },
  }));
}
