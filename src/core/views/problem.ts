import { QWEN_CODE_SETTINGS } from '../config/qwenSettingsWrite';
import { RecordsClosed } from '../credentials/accountStore';
import { Cancelled, ConfigurationError, OAuthError, RequestError, SignInRequired } from '../errors';
import { isFreeTierRefusal } from '../limits/freeTier';
import { findProvider, type Method } from '../models/catalogue';
import type { SignInRequest } from '../session/signIn';
import type { Snapshot } from '../session/snapshot';
import { obstacleText } from './obstacleText';
import { durationText } from './time';

/** What a button does: an intent of the panel, or a command of the editor, under one name. */
export type Intent =
  | ({ readonly type: 'signIn' } & Omit<SignInRequest, 'apiKey'>)
  | { readonly type: 'showMethod'; readonly method: Method; readonly provider?: string; readonly flow?: 'key' }
  /** With the key that was refused or held back, for as long as it is kept: asks other places, or signs in. */
  | { readonly type: 'checkOtherRegions' }
  | { readonly type: 'sendKey'; readonly to: 'here' | 'there' }
  | { readonly type: 'chooseModel' }
  | { readonly type: 'allowWorkspace' }
  | { readonly type: 'testConnection' }
  | { readonly type: 'openSettings'; readonly setting: string }
  | { readonly type: 'writeQwenCodeSettings' }
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

/** What was being done when it happened: it decides what "try again" means. */
export type Occasion = { readonly during: 'signIn'; readonly method: Method } | { readonly during: 'test' };

const WRITE_QWEN_CODE_SETTINGS: Action = {
  label: 'Write Qwen Code settings…',
  intent: { type: 'writeQwenCodeSettings' },
};
const TRY_ANYWAY = 'Try anyway';

/** The free tier's end, for whoever meets its refusal. */
export const FREE_TIER_NOTICE = 'The free tier of Qwen OAuth was discontinued on 2026-04-15.';

/** What a person reads of an error; undefined for `Cancelled`, which is what they wanted. */
export function problemOf(error: unknown, occasion: Occasion): Problem | undefined {
  if (error instanceof Cancelled) return undefined;
  if (isFreeTierRefusal(error)) return freeTierProblem(error, occasion);
  if (error instanceof OAuthError) return oauthProblem(error, signInAgain(occasion));
  if (error instanceof SignInRequired) return signInProblem(error);
  if (error instanceof RecordsClosed) {
    const method = occasion.during === 'signIn' ? occasion.method : 'api-key';
    return { message: error.message, action: showMethod('Sign in again', method) };
  }
  if (error instanceof RequestError) return requestProblem(error, occasion);
  if (error instanceof ConfigurationError) {
    const { message, setting, where } = error;
    if (where === QWEN_CODE_SETTINGS) return { message, action: WRITE_QWEN_CODE_SETTINGS };
    return setting ? { message, action: openSettings(setting) } : { message };
  }
  return {
    message: 'Something went wrong that should not have.',
    cause: 'The log says more.',
    action: { label: 'Show log', intent: { type: 'showLog' } },
  };
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

/** A way on that a person may choose, with what `qwen.signIn` takes for it. */
export interface Choice extends Omit<SignInRequest, 'apiKey'> {
  readonly label: string;
}

/** The ways on that a problem leaves to the person; none where one button mends it. */
export function choicesOf(problem: Problem): readonly Choice[] {
  return (problem.others ? actionsOf(problem) : []).flatMap(({ label, intent }) => {
    if (intent.type !== 'signIn' && intent.type !== 'showMethod') return [];
    const { type: _, ...request } = intent;
    return [{ label, ...request }];
  });
}

/** Message and cause as one text, for where there is no room for two. */
export function problemText({ message, cause }: Problem): string {
  return cause ? `${message} ${cause}` : message;
}

/** What an error of RFC 6749 §4.1.2.1, §5.2 or RFC 8628 §3.5 comes to, where the server has no words of its own for it. */
const PLAIN_WORDS: ReadonlyMap<string, string> = new Map([
  ['invalid_request', 'it did not understand the request'],
  ['invalid_grant', 'what it was shown is not valid any more'],
  ['unsupported_grant_type', 'it does not offer this way to sign in'],
  ['unsupported_response_type', 'it does not offer this way to sign in'],
  ['server_error', 'it has a problem of its own right now'],
  ['temporarily_unavailable', 'it is too busy right now'],
  ['slow_down', 'it gets too many requests right now'],
]);

function oauthProblem({ error, host, description }: OAuthError, again = signIn('Try again')): Problem {
  switch (error) {
    case 'access_denied':
      return { message: `The sign-in was declined at ${host}.`, action: again };
    case 'expired_token':
      return { message: 'The code ran out before it was approved.', action: signIn('Get a new code') };
    case 'wrong_issuer':
      return {
        message: `The answer to the sign-in did not come from ${host}, so it was not used.`,
        action: again,
      };
    case 'invalid_client':
    case 'unauthorized_client':
      return {
        message: `${host} does not know this client.`,
        cause: 'The client id belongs to another server, or may not sign in with a code.',
        action: openSettings('qwen.oauth.clientId'),
      };
    case 'invalid_scope':
      return { message: `${host} does not grant these scopes.`, action: openSettings('qwen.oauth.scopes') };
    default:
      return {
        message: `${host} refused the sign-in: ${description ?? PLAIN_WORDS.get(error) ?? error}.`.replace(
          /\.\.$/,
          '.',
        ),
        action: again,
      };
  }
}

/** There are three ways on from here, and which is best is for the person to say. */
function freeTierProblem(error: OAuthError | RequestError | SignInRequired, occasion: Occasion): Problem {
  const isAsked = occasion.during === 'test' && error instanceof RequestError;
  return {
    ...freeTierText(error),
    action: showMethod('Use Coding Plan', 'coding-plan'),
    others: [
      showMethod('Use an API key', 'api-key'),
      isAsked ? { ...tryAgain(occasion), label: TRY_ANYWAY } : signIn(TRY_ANYWAY, { anyway: true }),
    ],
  };
}

function freeTierText(error: OAuthError | RequestError | SignInRequired): Pick<Problem, 'message' | 'cause'> {
  const cause = `${FREE_TIER_NOTICE} A Coding Plan or an API key works.`;
  if (error instanceof OAuthError) return { message: oauthProblem(error).message, cause };
  if (error instanceof RequestError) {
    const { host, details, exhausted } = error;
    const what = exhausted ? 'grants no more free requests' : 'refuses your sign-in';
    return {
      message: `${host} ${what} (${details.status}).`,
      cause: [saidText(details.text), cause].filter(Boolean).join(' '),
    };
  }
  const { host = 'the server', earlier } = error.about;
  if (error.reason === 'ended') return { message: `Your sign-in at ${host} has ended.`, cause };
  if (earlier) return { message: `${host} refused your Qwen account the last time, so it was not asked again.`, cause };
  return { message: `${host} refuses requests signed with your Qwen account (401).`, cause };
}

function signInProblem({ reason, about }: SignInRequired): Problem {
  const { method = 'api-key', host = 'the server', envKey } = about;
  switch (reason) {
    case 'signedOut':
      return { message: 'You are not signed in.', action: showMethod('Sign in', method) };
    case 'noModel':
      if (envKey) return { message: `No model is named for ${host}.`, cause: `The server names none: set ${envKey}.` };
      return {
        message: 'No model is chosen.',
        cause: 'The server names none, so say which one you want.',
        action: { label: 'Choose a model', intent: { type: 'chooseModel' } },
      };
    case 'noKey':
      return {
        message: `No key is known for ${host}.`,
        ...(envKey && { cause: `The keychain has none for it, and the variable ${envKey} is not set.` }),
        action: showMethod('Enter a key', 'api-key'),
      };
    case 'ended':
      return {
        message: `Your sign-in at ${host} has ended.`,
        action: signIn('Sign in again'),
      };
    case 'interrupted':
      return {
        message: `The sign-in at ${host} was interrupted before it was done.`,
        cause: 'The window was reloaded or closed meanwhile.',
        action: method === 'qwen-oauth' ? signIn('Start again') : showMethod('Start again', method),
      };
    case 'expired':
      return {
        message: `The sign-in at ${host} was not finished within ten minutes.`,
        action: method === 'qwen-oauth' ? signIn('Start again') : showMethod('Start again', method),
      };
    case 'notAllowed':
      return {
        message: `This workspace wants to send your key${about.keyLast4 ? ` that ends in ${about.keyLast4}` : ''} to ${host}.`,
        cause: 'The address comes from a file of the workspace, the key is yours. Nothing was sent.',
        action: { label: 'Allow for this workspace', intent: { type: 'allowWorkspace' } },
      };
    case 'refused':
      return refusedProblem(about, method, host);
    case 'goodElsewhere':
      return {
        message: `This key answers on ${about.there}, not on ${about.here}.`,
        action: { label: 'Switch', intent: { type: 'sendKey', to: 'there' } },
      };
    case 'foreignKey':
      return foreignKeyProblem(about, method);
  }
}

/** A beginning is a hint and no proof, so the person decides. */
function foreignKeyProblem({ here, there, otherProvider }: SignInRequired['about'], method: Method): Problem {
  const other = otherProvider === undefined ? undefined : findProvider(otherProvider);
  const use: Action = { label: `Use it for ${other?.label}`, intent: { type: 'sendKey', to: 'there' } };
  return {
    message: `This looks like a key of ${there}.`,
    cause: `Nothing was sent to ${here}.`,
    action: other ? use : showMethod('Enter another key', method),
    others: [{ label: `Send it to ${here} anyway`, intent: { type: 'sendKey', to: 'here' } }],
  };
}

function refusedProblem(about: SignInRequired['about'], method: Method, host: string): Problem {
  const { provider, keyLast4, made, envKey, status = 401, said, places } = about;
  if (method === 'qwen-oauth') {
    return { message: `${host} refuses requests signed with your sign-in (401).`, action: signIn('Sign in again') };
  }
  if (made) {
    return { message: `${host} refuses the key that it has just made (401).`, action: showMethod('Try again', method) };
  }
  const action = showMethod('Enter another key', method);
  if (keyLast4 === undefined) {
    return {
      message: `${host} asks for a key (401).`,
      cause: 'None was given.',
      action: showMethod('Enter a key', method),
    };
  }
  const known = provider === undefined || provider === 'custom' ? undefined : findProvider(provider);
  const key = provider === 'custom' ? 'key' : `${known?.label ?? 'API'} key`;
  const from = envKey ? `The key comes from the environment variable ${envKey}.` : undefined;
  const message = `${host} refused the ${key}${keyLast4 && ` that ends in ${keyLast4}`} (${status}).`;
  const cause = [from, saidText(said), whyRefused(about, (known?.regions.length ?? 1) > 1)].filter(Boolean).join(' ');
  if (!places) return { message, cause, action };
  return { message, cause, action: { label: CHECK_OTHERS, intent: { type: 'checkOtherRegions' } }, others: [action] };
}

const CHECK_OTHERS = 'Check the other regions';

function whyRefused({ places, refusedBy, unreached }: SignInRequired['about'], hasRegions: boolean): string {
  if (!refusedBy) {
    return `It is mistyped or revoked, or belongs to ${hasRegions || places ? 'another region or plan' : 'another service'}.`;
  }
  const asked = refusedBy.length > 0 ? `Refused it too: ${refusedBy.join('; ')}. ` : '';
  const rest = unreached?.length ? `Could not be asked: ${unreached.join('; ')}.` : 'It is mistyped or revoked.';
  return asked + rest;
}

/** Why a server may not answer as one of models does. */
const CHECK_BASE_URL = 'Check the base URL; it often ends in /v1.';

/** Why a server that signs people in may seem to answer oddly. */
const IN_BETWEEN = 'A firewall, or a sign-in page of the network, may stand in between.';

/** What a server does whose answer is not what its protocol promises. */
const UNREADABLE: Readonly<Record<RequestError['role'], string>> = {
  authorizationServer: 'does not answer as an authorization server does',
  keyProvider: 'sent no key that can be used',
  modelServer: 'does not answer as an OpenAI-compatible server does',
};

function requestProblem(error: RequestError, occasion: Occasion): Problem {
  const { host, failure, details } = error;
  const again = tryAgain(occasion);
  const isSignIn = error.role !== 'modelServer';
  switch (failure) {
    case 'unknownHost':
      return {
        message: `${host} was not found.`,
        cause: 'Check the address, and that this machine is online.',
        action: again,
      };
    case 'refused':
      return {
        message: `Nothing answers at ${host}.`,
        cause: 'Is the server running, and is the port right?',
        action: again,
      };
    case 'untrustedCertificate':
    case 'proxy': {
      const { setting, ...text } = obstacleText(host, error.obstacle);
      return { ...text, action: setting ? openSettings(setting) : again };
    }
    case 'timeout':
      return { message: `${host} took too long to answer.`, action: again };
    case 'network':
      return {
        message: `The connection to ${host} failed.`,
        cause: 'Check the network, and the proxy if there is one.',
        action: again,
      };
    case 'redirect':
      return {
        message: `${host} sends requests on to another address, which your ${isSignIn ? 'sign-in' : 'key'} is not meant for.`,
        cause: isSignIn
          ? IN_BETWEEN
          : 'The base URL is probably incomplete, or a sign-in page of the network stands in between.',
        action: again,
      };
    case 'unreadable':
      return {
        message: `${host} ${UNREADABLE[error.role]}${details.text ? `: ${details.text}` : ''}.`,
        cause: isSignIn ? IN_BETWEEN : CHECK_BASE_URL,
        action: again,
      };
    case 'unusable':
      return {
        message: `${host} sent an answer that cannot be used: ${details.text ?? 'it broke off'}.`,
        action: again,
      };
    case 'status':
      return statusProblem(error, again);
  }
}

function statusProblem(error: RequestError, again: Action): Problem {
  const { host, details } = error;
  const { status = 0, text } = details;
  const isModelServer = error.role === 'modelServer';
  const said = saidText(text);
  const wait = details.retryAfterSeconds;
  const until = wait === undefined ? undefined : `It takes requests again in ${durationText(wait)}.`;
  if (error.exhausted) {
    const what = error.exhausted === 'quota' ? 'has used up its quota' : 'has no balance left';
    const cause = [said, until].filter(Boolean).join(' ');
    // Trying again brings nothing before somebody pays, or that time has come.
    const action = again.intent.type === 'testConnection' ? CHOOSE_MODEL : again;
    return { message: `Your account at ${host} ${what} (${status}).`, ...(cause && { cause }), action };
  }
  if (status === 429) {
    const message = `${host} gets too many requests${isModelServer ? ' from you' : ''} right now (429).`;
    return { message, cause: until ?? 'Wait a moment.', action: again };
  }
  if (error.role === 'keyProvider' && status < 500) return noKeyProblem(host, status, said, again);
  if (error.mindsModel) return modelProblem(error, said, again);
  if (status === 401 || status === 403) {
    return {
      message: `${host} does not allow this${isModelServer ? ' with your key' : ''} (${status}).`,
      ...(said && { cause: said }),
      action: again,
    };
  }
  if (status === 404 && !isModelServer) {
    const cause = 'Check which authorization server is set.';
    return { message: `${host} has no such address (404).`, cause, action: openSettings('qwen.oauth.issuer') };
  }
  if (status === 404) {
    if (said) return { message: `${host} has no such address (404).`, cause: said, action: again };
    return { message: `${host} ${UNREADABLE.modelServer} (404).`, cause: CHECK_BASE_URL, action: again };
  }
  if (status >= 500) {
    return {
      message: `${host} has a problem of its own right now (${status}).`,
      ...(said && { cause: said }),
      action: again,
    };
  }
  return { message: `${host} did not accept the request (${status}).`, ...(said && { cause: said }), action: again };
}

/** The key is good; of the model, another one is wanted. */
function modelProblem({ host, details, mindsModel }: RequestError, said: string | undefined, again: Action): Problem {
  const message =
    mindsModel === 'missing'
      ? `${host} does not have this model (${details.status}).`
      : `Your key may not use this model at ${host} (${details.status}).`;
  const isForm = again.intent.type === 'showMethod';
  const action = isForm ? { ...again, label: 'Enter another model' } : CHOOSE_MODEL;
  return { message, ...(said && { cause: said }), action };
}

/** A code that is late or used up is refused; where there is no such exchange, only a key of the person's own helps. */
function noKeyProblem(host: string, status: number, said: string | undefined, again: Action): Problem {
  if (status === 404 || status === 405) {
    const action = showMethod('Enter an API key', 'api-key', { flow: 'key' });
    return {
      message: `${host} makes no keys in this way (${status}).`,
      cause: 'Use one that you have already.',
      action,
    };
  }
  const cause = said ?? 'The code from the browser may have run out.';
  return { message: `${host} refused to make a key (${status}).`, cause, action: again };
}

const CHOOSE_MODEL: Action = { label: 'Switch model', intent: { type: 'chooseModel' } };

function tryAgain(occasion: Occasion): Action {
  if (occasion.during === 'test') return { label: 'Try again', intent: { type: 'testConnection' } };
  return signInAgain(occasion);
}

/** A provider of keys may be signed in to by redirect as well: that begins where its key is entered. */
function signInAgain(occasion: Occasion): Action {
  const isKey = occasion.during === 'signIn' && occasion.method !== 'qwen-oauth';
  return isKey ? showMethod('Try again', occasion.method) : signIn('Try again');
}

function signIn(label: string, how: { readonly anyway?: true } = {}): Action {
  return { label, intent: { type: 'signIn', method: 'qwen-oauth', ...how } };
}

function showMethod(label: string, method: Method, how: { readonly flow?: 'key' } = {}): Action {
  return { label, intent: { type: 'showMethod', method, ...how } };
}

function openSettings(setting: string): Action {
  return { label: 'Open settings', intent: { type: 'openSettings', setting } };
}

function saidText(text: string | undefined): string | undefined {
  return text && `It says: ${text}`.replace(/[^.!?。！？]$/, '$&.');
}
