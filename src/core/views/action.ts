import * as l10n from '@vscode/l10n';
import { sentence } from '../base/sentence';
import type { Method } from '../base/method';
import type { PlanName } from '../providers/quota';
import type { SignInOptions, SignInRequest } from '../signIn/signInRequest';

/** Where the key of a form goes, as far as it is known. */
type KeyGoal = Pick<SignInRequest, 'provider' | 'region' | 'baseUrl'>;

/** What a button does: an intent of the panel, or a command of the editor, under one name. */
export type Intent =
  | ({ readonly type: 'signIn' } & SignInOptions)
  | ({ readonly type: 'showMethod'; readonly method: Method; readonly flow?: 'key' } & KeyGoal)
  /** With the key that was refused or held back, for as long as it is kept: asks other places, or signs in. */
  | { readonly type: 'checkOtherRegions' }
  | { readonly type: 'sendKey'; readonly to: 'here' | 'there' }
  /** With the same key, which is kept too: signs in with another model. */
  | { readonly type: 'enterModel' }
  | { readonly type: 'chooseModel' }
  /** Opens VS Code's chat with the model in use. */
  | { readonly type: 'useInChat' }
  | { readonly type: 'switchModel'; readonly id: string; readonly baseUrl: string }
  /** Asks what the person has to say of a plan of theirs. */
  | { readonly type: 'choosePlan'; readonly plan: PlanName }
  | { readonly type: 'allowWorkspace' }
  | { readonly type: 'testConnection' }
  /** Opens VS Code's editor for the trust in a workspace. */
  | { readonly type: 'manageTrust' }
  | { readonly type: 'copyDiagnostics' }
  | { readonly type: 'openSettings'; readonly setting: string }
  | { readonly type: 'writeQwenCodeSettings' }
  | { readonly type: 'setLogLevel' }
  | { readonly type: 'showLog' };

/** A button. */
export interface Action {
  readonly label: string;
  readonly intent: Intent;
}

/** What went wrong, why, in plain words, and the one button that mends it; `others` where the person has to choose. */
export interface Problem {
  readonly message: string;
  readonly cause?: string;
  readonly action?: Action;
  readonly others?: readonly Action[];
}

/**
 * What failed; it decides what "try again" means. `folder` is the one whose model was asked, where
 * several are open.
 */
export type Occasion =
  | { readonly during: 'signIn'; readonly method: Method }
  | { readonly during: 'test'; readonly folder?: string | undefined };

/** The button to another model than the one that was asked. */
export const CHOOSE_MODEL: Action = { label: l10n.t('Switch model'), intent: { type: 'chooseModel' } };

/** The button that does what failed once more. */
export function tryAgain(occasion: Occasion): Action {
  if (occasion.during === 'test') return { label: l10n.t('Try again'), intent: { type: 'testConnection' } };
  return signInAgain(occasion);
}

/**
 * The button to the same sign-in. A provider of keys may be signed in to by redirect as well: that begins where its key
 * is entered.
 */
export function signInAgain(occasion: Occasion): Action {
  const isKey = occasion.during === 'signIn' && occasion.method !== 'qwen-oauth';
  return isKey ? showMethod(l10n.t('Try again'), occasion.method) : signIn(l10n.t('Try again'));
}

/** A button that signs in with Qwen OAuth. */
export function signIn(label: string, how: { readonly anyway?: true } = {}): Action {
  return { label, intent: { type: 'signIn', method: 'qwen-oauth', ...how } };
}

/** A button to the form of a way to sign in. */
export function showMethod(label: string, method: Method, how: { readonly flow?: 'key' } = {}): Action {
  return { label, intent: { type: 'showMethod', method, ...how } };
}

/** The button to one of VS Code's settings. */
export function openSettings(setting: string): Action {
  return { label: l10n.t('Open settings'), intent: { type: 'openSettings', setting } };
}

/** A server's own words as a sentence. */
export function saidText(text: string | undefined): string | undefined {
  return text && sentence(l10n.t('It says: {0}', text));
}
