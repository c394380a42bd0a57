import type { Log } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import type { SignInRequest } from '../../core/signIn/signInRequest';
import type { Choice } from '../../core/views/problem';
import type { Intent } from '../../core/views/action';
import type { PageId } from '../../shared/providersMessages';

/** The panel, as far as others have to know it. */
export interface PanelView {
  /** Shows the panel on that page, the one to sign in on unless given. */
  show(page?: PageId): void;
  /** Whether that page is in view. */
  isVisible(page: PageId): boolean;
}

/**
 * Does what a button promises. A yes to a workspace is one to what was in use when it was asked for: `about`, which is
 * what is in use now unless given.
 */
export type Act = (intent: Intent, about?: Pick<Snapshot, 'selected' | 'credential'>) => Promise<unknown>;

/** Signs in, after the person was asked for what is left open. */
export type SignIn = (given: Partial<SignInRequest>) => Promise<CommandResult>;

/** What an answer is made with. */
export interface AnswerParts {
  readonly session: Session;
  readonly log: Log;
  readonly panel: PanelView;
  readonly act: Act;
}

/**
 * What a command answers: `ok` with its result, or the sentence that a person would read, with the choices they have.
 */
export type CommandResult<T extends object = object> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly error: string; readonly choices?: readonly Choice[] };
