import { isLoopbackAddress } from '../base/origin';

/**
 * How a person comes back from the browser. `loopback`: to a port of this machine. `uriHandler`: through
 * the link that the system hands to the editor. `device`: not at all, a code is approved. `paste`: by
 * hand. `key`: an API key instead.
 */
export type Flow = 'loopback' | 'uriHandler' | 'device' | 'paste' | 'key';

/** All of them. */
export const FLOWS: readonly Flow[] = ['loopback', 'uriHandler', 'device', 'paste', 'key'];

/** The flows in which the browser is sent on to us. */
export type RedirectFlow = Extract<Flow, 'loopback' | 'uriHandler' | 'paste'>;

/** Where this code runs, as far as it decides which flows can work. */
export interface Host {
  /** `none` is a terminal. */
  readonly ui: 'desktop' | 'web' | 'none';
  /** Whether the person's browser is on another machine than this code. */
  readonly remote: boolean;
  /** Whether the system is known to hand links of the editor's own scheme to it. */
  readonly knownScheme: boolean;
  /** Without Node there are no ports, and servers are out of reach that allow no other origin (CORS). */
  readonly hasNode: boolean;
}

/** What an authorization server and the registration of this client there allow. */
export interface Abilities {
  readonly device: boolean;
  readonly code: boolean;
  /** The one redirect URI that is registered; undefined where any will do. */
  readonly redirectUri: string | undefined;
}

interface Declaration {
  readonly flow: Flow;
  readonly fits: (host: Host, server: Abilities) => boolean;
}

/**
 * What each flow but a key needs, best first. Servers compare redirect URIs letter by letter, but for the port of a
 * loopback address (RFC 9700 §2.1). The link to the editor changes each time, so approving a code comes before it.
 */
const DECLARATIONS: readonly Declaration[] = [
  {
    flow: 'loopback',
    fits: ({ ui, remote, hasNode }, { code, redirectUri }) =>
      code && ui === 'desktop' && !remote && hasNode && (!redirectUri || isLoopbackAddress(redirectUri)),
  },
  { flow: 'device', fits: ({ hasNode }, { device }) => device && hasNode },
  {
    flow: 'uriHandler',
    fits: ({ ui, knownScheme }, { code, redirectUri }) =>
      code && !redirectUri && (ui === 'web' || (ui === 'desktop' && knownScheme)),
  },
  { flow: 'paste', fits: (_, { code }) => code },
];

/** The flows that can work between a host and a server, best first. A key is always one. */
export function flowsFor(host: Host, server: Abilities): readonly [...Flow[], 'key'] {
  return [...DECLARATIONS.filter(({ fits }) => fits(host, server)).map(({ flow }) => flow), 'key'];
}
