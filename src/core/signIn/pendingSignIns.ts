import type { Disposable } from '../base/events';
import type { Secret } from '../base/secret';
import type { Flow } from './flows';
import type { SignInOptions } from './signInRequest';

/** How long a person may take in the browser. */
export const PENDING_LIFE_MS = 600_000;

/** A sign-in that waits for the person, as any window needs it to finish it. */
export interface PendingSignIn {
  /** The fingerprint of its state: who has the redirect finds it, who has the file cannot make one. */
  readonly id: string;
  readonly request: SignInOptions;
  /** The issuer or base URL of the settings that it was begun with. It may end with the same only. */
  readonly target: string;
  readonly others: readonly Flow[];
  readonly redirectUri: string;
  readonly codeVerifier: Secret;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The process that waits for it. */
  readonly owner: number;
  /** Whether the person has been told that nobody waits for it any more. */
  readonly told?: true;
}

/** The sign-ins of all windows that wait for somebody. */
export interface PendingSignIns {
  /** The process that this window lives in. */
  readonly owner: number;
  save(pending: PendingSignIn): Promise<void>;
  /** Those that are not too old, without what cannot be read. */
  list(): Promise<readonly PendingSignIn[]>;
  /** Removes one; true for exactly one of all callers, to whom it then belongs. */
  claim(id: string): Promise<boolean>;
  /** Calls `claimed` when a window has claimed it. */
  watch(id: string, claimed: () => void): Disposable;
  /** Whether the process that waits for it is still there. */
  isWaitedFor(pending: PendingSignIn): boolean;
}
