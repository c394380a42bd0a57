import type { SignInRequired } from '../base/errors';
import { accessFingerprint } from '../credentials/fingerprint';
import type { Credential } from '../credentials/resolve';
import type { Model } from '../providers/model';

/** What a server last said to a credential: that it takes it, or why it does not. */
export type Verdict = 'accepted' | SignInRequired;

/**
 * What servers last said to credentials without an account, which have no record to keep it in: in memory, by
 * fingerprints.
 */
export class Verdicts {
  readonly #changed: () => void;
  readonly #last = new Map<string, Verdict>();

  /** `changed` is called when a server has said something else than before. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What the server of a model last said to that credential; undefined where it has said nothing, or an account knows. */
  on(credential: Credential, model: Model): Verdict | undefined {
    return credential.account ? undefined : this.#last.get(accessFingerprint(model, credential));
  }

  /** Keeps what the server of a model says to a credential. */
  note(credential: Credential, model: Model, verdict: Verdict): void {
    const access = accessFingerprint(model, credential);
    if (this.#last.get(access) === verdict) return;
    this.#last.set(access, verdict);
    this.#changed();
  }
}
