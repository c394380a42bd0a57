import { RequestError } from '../base/errors';
import type { Disposable } from '../base/events';
import { type Credential, credentialOf, resolveCredential } from '../credentials/resolve';
import type { AskedQuotas } from '../limits/askedQuotas';
import type { Session } from './session';

/**
 * How long an account is not asked for again, in milliseconds: where the person wants to know, and while they use it.
 */
const REST = { wanted: 30_000, used: 5 * 60_000 } as const;

/**
 * Asks providers what is left where the person causes it: where they look, where a request is refused since nothing is
 * left, and now and then while they use an account. Only for keys that are saved here.
 */
export class QuotaRefresh implements Disposable {
  readonly #session: Session;
  readonly #quotas: AskedQuotas;
  readonly #following: readonly Disposable[];

  constructor(session: Session, quotas: AskedQuotas) {
    this.#session = session;
    this.#quotas = quotas;
    const following = session.onDidEndChat(({ model, outcome, error }) => {
      const isRefusal = error instanceof RequestError && error.isUsedUp;
      if (outcome !== 'answered' && !isRefusal) return;
      const { accounts, configuration } = session.snapshot;
      const credential = resolveCredential(model, { accounts, variables: configuration.variables });
      void this.#refresh(credential, isRefusal ? REST.wanted : REST.used);
    });
    this.#following = [following, session.onDidChange(() => quotas.retain(session.snapshot.accounts))];
  }

  /**
   * To be called when the person looks at what is left, or does something where it is shown. The account in use is
   * asked for again sooner than the others. Never throws.
   */
  async look(): Promise<void> {
    await this.#session.loaded();
    const { accounts, credential } = this.#session.snapshot;
    const inUse = credential?.account;
    await Promise.all([
      this.#refresh(credential, REST.wanted),
      ...accounts.filter(({ id }) => id !== inUse?.id).map((one) => this.#refresh(credentialOf(one), REST.used)),
    ]);
  }

  dispose(): void {
    for (const following of this.#following) following.dispose();
  }

  async #refresh(credential: Credential | undefined, restMs: number): Promise<void> {
    if (credential?.kind === 'key' && credential.account) await this.#quotas.refresh(credential.account, restMs);
  }
}
