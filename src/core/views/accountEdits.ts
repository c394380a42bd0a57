import * as l10n from '@vscode/l10n';
import type { ConsentQuestion } from './consentQuestions';
import { readBaseUrl } from '../config/baseUrl';
import { hostOf } from '../base/origin';
import type { Session } from '../session/session';
import { type AccountChange, sendsKeyElsewhere } from '../signIn/accountChange';
import type { SignedIn } from '../signIn/signIn';
import type { SignIns } from '../signIn/signIns';
import { movedKeyQuestion } from './consentQuestions';
import { problemOf, problemText } from './problem';
import { savedText } from './providerAccounts';

/** What is said where something has become another since it was shown. */
export const CHANGED = l10n.t('It has changed meanwhile. Look again, and try again.');

/** What accounts are edited with. */
export interface AccountEditsPorts {
  readonly session: Pick<Session, 'snapshot'> & { readonly signIns: Pick<SignIns, 'change'> };
  /** Asks the person in a dialog of the editor's own. */
  readonly confirm: (question: ConsentQuestion) => Promise<boolean>;
}

/** Where edits report to. */
interface Reports {
  /** `checking` has become another. */
  readonly changed: () => void;
  readonly ended: (outcome: { readonly ok: boolean; readonly text: string }) => void;
}

/** A change of an account, which first may have to be agreed to; `host` is there once that is asked. */
interface Edit {
  readonly abort: AbortController;
  readonly host?: string;
}

/** The change of an account that is under way, one at a time. */
export class AccountEdits {
  readonly #ports: AccountEditsPorts;
  readonly #reports: Reports;
  #current: Edit | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(ports: AccountEditsPorts, reports: Reports) {
    this.#ports = ports;
    this.#reports = reports;
  }

  /** The host that is asked whether it takes an account as it is to become. */
  get checking(): string | undefined {
    return this.#current?.host;
  }

  /**
   * Changes an account. Answers what came of it where its server was asked. A change whose server is still asked is called
   * off by the next one; one that the person is asked about goes first, and the next one is not begun.
   */
  async save(id: string, change: AccountChange): Promise<SignedIn | undefined> {
    if (this.#current && this.#current.host === undefined) return undefined;
    this.stop();
    const abort = new AbortController();
    this.#current = { abort };
    const turn = this.#ended.then(() => this.#save(id, change, abort));
    this.#ended = turn;
    return await turn;
  }

  /** Calls off what is under way. */
  stop(): void {
    this.#current?.abort.abort();
    this.#current = undefined;
  }

  /** Never throws. */
  async #save(id: string, change: AccountChange, abort: AbortController): Promise<SignedIn | undefined> {
    // Called off while it waited for the one before.
    if (abort.signal.aborted) return undefined;
    const { session, confirm } = this.#ports;
    const account = session.snapshot.accounts.find((one) => one.id === id);
    if (!account || account.method === 'qwen-oauth') return this.#end(abort, false, CHANGED);
    try {
      const baseUrl = change.baseUrl.trim() ? readBaseUrl(change.baseUrl, 'baseUrl').baseUrl : account.baseUrl;
      if (sendsKeyElsewhere(account, change) && !(await confirm(movedKeyQuestion(account, baseUrl))))
        return this.#end(abort, false, l10n.t('Nothing was changed.'));
      if (abort.signal.aborted) return undefined;
      this.#current = { abort, host: hostOf(baseUrl) };
      this.#reports.changed();
      const signedIn = await session.signIns.change(account, change, abort.signal);
      this.#end(abort, true, savedText(signedIn?.account.id ?? id, signedIn, session.snapshot));
      return signedIn;
    } catch (error) {
      const problem = problemOf(error, { during: 'signIn', method: account.method });
      return this.#end(abort, false, problem ? problemText(problem) : l10n.t('Nothing was changed.'));
    }
  }

  /** What was called off has nothing to tell any more. */
  #end({ signal }: AbortController, ok: boolean, text: string): undefined {
    if (signal.aborted) return;
    this.#current = undefined;
    this.#reports.ended({ ok, text });
  }
}
