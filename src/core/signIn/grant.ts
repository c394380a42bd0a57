import type { Abilities, Flow } from './flows';
import type { PendingSignIn } from './pendingSignIns';
import type { AuthorizationRequest, AuthorizationResponse, Redirects } from './redirects';
import type { SignedIn, SignInStep } from './signIn';

/** Tells where a sign-in stands. */
export interface Progress {
  readonly onStep: (step: SignInStep) => void;
  /** Called once it is known which flows would work. */
  readonly onFlows: (flows: readonly Flow[]) => void;
}

/** What a server that signs people in with a browser can do. */
export interface Grant {
  readonly request: AuthorizationRequest;
  /** The same request with fewer scopes, in the order in which they are tried where the server refuses the scopes. */
  readonly narrower: readonly AuthorizationRequest[];
  /** The issuer or base URL that the sign-in is for. */
  readonly target: string;
  readonly abilities: Abilities;
  /** Signs in by device authorization (RFC 8628); undefined where the server has no such grant. */
  readonly authorizeDevice?: (
    redirects: Redirects,
    kept: Pick<PendingSignIn, 'request' | 'target' | 'others'>,
  ) => Promise<SignedIn>;
  /** Finishes the sign-in that a redirect answers. */
  exchangeCode(response: AuthorizationResponse): Promise<SignedIn>;
}
