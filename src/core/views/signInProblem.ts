import type { Method } from '../base/method';
import type { HeldKey, SignInReason, SignInRequired } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { consentQuestions } from './consentQuestions';
import { type Action, type Problem, showMethod, signIn } from './action';
import { refusedKeyProblem } from './refusedKeyProblem';

type About<R extends SignInReason['reason']> = Extract<SignInReason, { readonly reason: R }>;

/** What a person reads where nothing usable signs a request. */
export function signInProblem({ about }: SignInRequired): Problem {
  switch (about.reason) {
    case 'signedOut':
      return { message: 'You are not signed in.', action: showMethod('Sign in', about.method ?? 'api-key') };
    case 'gone':
      return {
        message: `${about.model} of ${about.place} is gone.`,
        cause: 'The chat can go on with the model in use.',
        action: { label: 'Use the model in use', intent: { type: 'useInChat' } },
      };
    case 'noModel':
      return noModelProblem(about);
    case 'noKey':
      return {
        message: `No key is known for ${about.host}.`,
        ...(about.envKey && { cause: `The keychain has none for it, and the variable ${about.envKey} is not set.` }),
        action: showMethod('Enter a key', 'api-key'),
      };
    case 'ended':
      return { message: `Your sign-in at ${about.host} has ended.`, action: signIn('Sign in again') };
    case 'interrupted':
      return {
        message: `The sign-in at ${about.host} was interrupted before it was done.`,
        cause: 'The window was reloaded or closed meanwhile.',
        action: startAgain(about.method),
      };
    case 'expired':
      return {
        message: `The sign-in at ${about.host} was not finished within ten minutes.`,
        action: startAgain(about.method),
      };
    case 'notAllowed':
      return heldKeyProblem(about);
    case 'refused':
      return about.method === 'qwen-oauth' ? refusedTokenProblem(about.host) : refusedKeyProblem(about);
    case 'goodElsewhere':
      return {
        message: `This key answers on ${about.there}, not on ${about.here}.`,
        action: { label: 'Switch', intent: { type: 'sendKey', to: 'there' } },
      };
    case 'foreignKey':
      return foreignKeyProblem(about);
  }
}

function startAgain(method: Method): Action {
  return method === 'qwen-oauth' ? signIn('Start again') : showMethod('Start again', method);
}

function noModelProblem({ server }: About<'noModel'>): Problem {
  if (server) {
    const { host, envKey } = server;
    return { message: `No model is named for ${host}.`, cause: `The server names none: set ${envKey}.` };
  }
  return {
    message: 'No model is chosen.',
    cause: 'The server names none, so say which one you want.',
    action: { label: 'Choose a model', intent: { type: 'chooseModel' } },
  };
}

/** A beginning is a hint and no proof, so the person decides. */
function foreignKeyProblem({ here, there, otherProvider, method }: About<'foreignKey'>): Problem {
  const other = otherProvider === undefined ? undefined : findProvider(otherProvider);
  const use: Action = { label: `Use it for ${other?.label}`, intent: { type: 'sendKey', to: 'there' } };
  return {
    message: `This looks like a key of ${there}.`,
    cause: `Nothing was sent to ${here}.`,
    action: other ? use : showMethod('Enter another key', method),
    others: [{ label: `Send it to ${here} anyway`, intent: { type: 'sendKey', to: 'here' } }],
  };
}

function refusedTokenProblem(host: string): Problem {
  return { message: `${host} refuses requests signed with your sign-in (401).`, action: signIn('Sign in again') };
}

function heldKeyProblem(about: HeldKey): Problem {
  const [{ title, detail, yes }] = consentQuestions(about);
  return { message: title, cause: detail, action: { label: `${yes}…`, intent: { type: 'allowWorkspace' } } };
}
