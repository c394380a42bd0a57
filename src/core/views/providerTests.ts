import * as l10n from '@vscode/l10n';
import { Cancelled } from '../base/errors';
import type { Model } from '../providers/model';
import type { Session } from '../session/session';
import { problemOf } from './problem';

type Tested = { readonly key: string } & (
  | { readonly kind: 'running' | 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: unknown }
);

/** The one test that is shown on the page of the providers, below the row that it is about. It selects nothing. */
export class ProviderTests {
  readonly #session: Pick<Session, 'tryModel'>;
  readonly #changed: () => void;
  #running = new AbortController();
  #last: Tested | undefined;

  constructor(session: Pick<Session, 'tryModel'>, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Asks a model for a short answer, and shows it by that key. `find` may throw, as what is wrong. Never throws. */
  async run(key: string, find: () => Promise<Model>): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const show = (tested: Tested | undefined): void => {
      if (signal.aborted) return;
      this.#last = tested;
      this.#changed();
    };
    show({ key, kind: 'running', text: '' });
    try {
      const model = await find();
      const { text } = await this.#session.tryModel(
        model,
        (soFar) => show({ key, kind: 'running', text: soFar }),
        signal,
      );
      show({ key, kind: 'answered', text: text || l10n.t('It answered, with nothing to read.') });
    } catch (error) {
      show(error instanceof Cancelled ? undefined : { key, kind: 'failed', error });
    }
  }

  /** Calls off the test, or puts its outcome away. */
  reset(): void {
    this.#running.abort();
    this.#last = undefined;
  }

  /** What is shown of it. */
  view() {
    if (this.#last?.kind !== 'failed') return this.#last;
    const { key, error } = this.#last;
    const { message, cause } = problemOf(error, { during: 'test' }) ?? { message: l10n.t('Cancelled.') };
    return { key, kind: 'failed', problem: { message, ...(cause && { cause }) } } as const;
  }
}
