import * as l10n from '@vscode/l10n';
import { sentence } from '../base/sentence';
import { LOG_LEVEL } from './logLevel';
import { QWEN_CODE_SETTINGS } from '../config/qwenSettings';
import { RecordsClosed } from '../credentials/accountStore';
import {
  Cancelled,
  ConfigurationError,
  OAuthError,
  RequestError,
  type SignInReason,
  SignInRequired,
  type Where,
} from '../base/errors';
import { isFreeTierRefusal } from '../limits/freeTier';
import type { SignInOptions } from '../signIn/signInRequest';
import type { Snapshot } from '../session/snapshot';
import {
  type Action,
  type Occasion,
  openSettings,
  type Problem,
  saidText,
  showMethod,
  signIn,
  signInAgain,
  tryAgain,
} from './action';
import { requestProblem } from './requestProblem';
import { signInProblem } from './signInProblem';
import { joinSentences } from '../../language/joinSentences';

const SET_LOG_LEVEL: Action = { label: l10n.t('Set log level'), intent: { type: 'setLogLevel' } };
const WRITE_QWEN_CODE_SETTINGS: Action = {
  label: l10n.t('Write Qwen Code settings…'),
  intent: { type: 'writeQwenCodeSettings' },
};
const TRY_ANYWAY = l10n.t('Try anyway');

/** The free tier's end, for whoever meets its refusal. */
export const FREE_TIER_NOTICE = l10n.t('The free tier of Qwen OAuth was discontinued on 2026-04-15.');

/** The same, with what works in its place. */
export const FREE_TIER_ENDED = joinSentences(FREE_TIER_NOTICE, l10n.t('A Coding Plan or an API key works.'));

/** What a person reads of an error; undefined for `Cancelled`, which they asked for. */
export function problemOf(error: unknown, occasion: Occasion): Problem | undefined {
  const problem = anywhere(error, occasion);
  const folder = occasion.during === 'test' ? occasion.folder : undefined;
  return problem && folder !== undefined
    ? { ...problem, message: l10n.t('In {folder}: {problem}', { folder, problem: problem.message }) }
    : problem;
}

function anywhere(error: unknown, occasion: Occasion): Problem | undefined {
  if (error instanceof Cancelled) return undefined;
  if (isFreeTierRefusal(error)) return freeTierProblem(error, occasion);
  if (error instanceof OAuthError) return oauthProblem(error, signInAgain(occasion));
  if (error instanceof SignInRequired) return signInProblem(error);
  if (error instanceof RecordsClosed) {
    const method = occasion.during === 'signIn' ? occasion.method : 'api-key';
    return { message: error.message, action: showMethod(l10n.t('Sign in again'), method) };
  }
  if (error instanceof RequestError) return requestProblem(error, occasion);
  if (error instanceof ConfigurationError) {
    const action = mendingAction(error.where, occasion);
    return { message: error.message, ...(action && { action }) };
  }
  return {
    message: l10n.t('Something went wrong that should not have.'),
    cause: l10n.t('The log says more.'),
    action: { label: l10n.t('Show log'), intent: { type: 'showLog' } },
    others: [{ label: l10n.t('Copy diagnostics'), intent: { type: 'copyDiagnostics' } }],
  };
}

/** What `ConfigurationError` calls the trust in a workspace. */
export const WORKSPACE_TRUST = 'workspaceTrust';
const MANAGE_TRUST: Action = { label: l10n.t('Manage Trust'), intent: { type: 'manageTrust' } };

function mendingAction(where: Where, occasion: Occasion): Action | undefined {
  if ('setting' in where) return openSettings(where.setting);
  if ('part' in where && where.part === QWEN_CODE_SETTINGS) return WRITE_QWEN_CODE_SETTINGS;
  if ('part' in where && where.part === LOG_LEVEL) return SET_LOG_LEVEL;
  if ('part' in where && where.part === WORKSPACE_TRUST) return MANAGE_TRUST;
  const isKey = 'field' in where && where.field === 'apiKey';
  return isKey && occasion.during === 'signIn' ? showMethod(l10n.t('Enter a key'), occasion.method) : undefined;
}

/** Why the credential in use is not verified; undefined where it is, or where nobody knows. */
export function doubtOf({ credential, doubts }: Pick<Snapshot, 'credential' | 'doubts'>): Problem | undefined {
  const { account } = credential ?? {};
  const error = account && doubts.get(account.id);
  return error === undefined ? undefined : problemOf(error, { during: 'test' });
}

/** Every button of a problem, the first of them the one that mends it. */
export function actionsOf({ action, others = [] }: Problem): readonly Action[] {
  return action ? [action, ...others] : others;
}

/** A choice of the person's, with the argument of `qwen.signIn` for it. */
export interface Choice extends SignInOptions {
  readonly label: string;
}

/** The choices that a problem leaves to the person; none where one button mends it. */
export function choicesOf(problem: Problem): readonly Choice[] {
  return (problem.others ? actionsOf(problem) : []).flatMap(({ label, intent }) => {
    if (intent.type !== 'signIn' && intent.type !== 'showMethod') return [];
    const { type: _, ...request } = intent;
    return [{ label, ...request }];
  });
}

/** Message and cause as one text, for where there is no room for two. */
export function problemText({ message, cause }: Problem): string {
  return joinSentences(message, cause);
}

/**
 * What an error of RFC 6749 §4.1.2.1, §5.2 or RFC 8628 §3.5 means, for servers that send no description of their own.
 */
const PLAIN_WORDS: ReadonlyMap<string, string> = new Map([
  ['invalid_request', l10n.t('it did not understand the request')],
  ['invalid_grant', l10n.t('what it was shown is not valid any more')],
  ['unsupported_grant_type', l10n.t('it does not offer this way to sign in')],
  ['unsupported_response_type', l10n.t('it does not offer this way to sign in')],
  ['server_error', l10n.t('it has a problem of its own right now')],
  ['temporarily_unavailable', l10n.t('it is too busy right now')],
  ['slow_down', l10n.t('it gets too many requests right now')],
]);

function oauthProblem({ error, host, description }: OAuthError, again = signIn(l10n.t('Try again'))): Problem {
  switch (error) {
    case 'access_denied':
      return { message: l10n.t('The sign-in was declined at {0}.', host), ...saidBy(description), action: again };
    case 'expired_token':
      return { message: l10n.t('The code ran out before it was approved.'), action: signIn(l10n.t('Get a new code')) };
    case 'wrong_issuer':
      return {
        message: l10n.t('The answer to the sign-in did not come from {0}, so it was not used.', host),
        action: again,
      };
    case 'wrong_nonce':
      return {
        message: l10n.t('{0} answered another sign-in than this one, so the answer was not used.', host),
        action: again,
      };
    case 'invalid_client':
    case 'unauthorized_client':
      return {
        message: l10n.t('{0} does not accept this client.', host),
        cause: joinSentences(
          saidText(description),
          l10n.t('The client id belongs to another server, needs a secret, or may not sign in this way.'),
        ),
        action: openSettings('qwen.oauth.clientId'),
      };
    case 'invalid_scope':
      return { message: l10n.t('{0} does not grant these scopes.', host), action: openSettings('qwen.oauth.scopes') };
    default:
      return {
        message: sentence(
          l10n.t('{host} refused the sign-in: {why}', { host, why: description ?? PLAIN_WORDS.get(error) ?? error }),
        ),
        action: again,
      };
  }
}

function saidBy(description: string | undefined): Pick<Problem, 'cause'> {
  const cause = saidText(description);
  return cause === undefined ? {} : { cause };
}

/** There are three ways on from here, and which is best is for the person to say. */
function freeTierProblem(error: OAuthError | RequestError | SignInRequired, occasion: Occasion): Problem {
  const isAsked = occasion.during === 'test' && error instanceof RequestError;
  return {
    ...freeTierText(error),
    action: showMethod(l10n.t('Use Coding Plan'), 'coding-plan'),
    others: [
      showMethod(l10n.t('Use an API key'), 'api-key'),
      isAsked ? { ...tryAgain(occasion), label: TRY_ANYWAY } : signIn(TRY_ANYWAY, { anyway: true }),
    ],
  };
}

function freeTierText(error: OAuthError | RequestError | SignInRequired): Pick<Problem, 'message' | 'cause'> {
  const cause = FREE_TIER_ENDED;
  if (error instanceof OAuthError) return { message: oauthProblem(error).message, cause };
  if (error instanceof RequestError) {
    const { host, details } = error;
    const about = { host, status: details.status ?? 0 };
    return {
      message: error.isUsedUp
        ? l10n.t('{host} grants no more free requests ({status}).', about)
        : l10n.t('{host} refuses your sign-in ({status}).', about),
      cause: joinSentences(saidText(details.text), cause),
    };
  }
  return { message: freeTierMessage(error.about), cause };
}

function freeTierMessage(about: SignInReason): string {
  const host = 'host' in about ? about.host : l10n.t('The server');
  if (about.reason === 'ended') return l10n.t('Your sign-in at {0} has ended.', host);
  if ('earlier' in about)
    return l10n.t('{0} refused your Qwen account the last time, so it was not asked again.', host);
  return l10n.t('{0} refuses requests signed with your Qwen account (401).', host);
}
