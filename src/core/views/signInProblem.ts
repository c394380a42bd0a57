import * as l10n from '@vscode/l10n';
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
      return {
        message: l10n.t('You are not signed in.'),
        action: showMethod(l10n.t('Sign in'), about.method ?? 'api-key'),
      };
    case 'gone':
      return {
        message: l10n.t('{model} of {place} is gone.', { model: about.model, place: about.place }),
        cause: l10n.t('The chat can go on with the model in use.'),
        action: { label: l10n.t('Use the model in use'), intent: { type: 'useInChat' } },
      };
    case 'noModel':
      return noModelProblem(about);
    case 'noKey':
      return {
        message: l10n.t('No key is known for {0}.', about.host),
        ...(about.envKey && {
          cause: l10n.t('The keychain has none for it, and the variable {0} is not set.', about.envKey),
        }),
        action: showMethod(l10n.t('Enter a key'), 'api-key'),
      };
    case 'ended':
      return { message: l10n.t('Your sign-in at {0} has ended.', about.host), action: signIn(l10n.t('Sign in again')) };
    case 'interrupted':
      return {
        message: l10n.t('The sign-in at {0} was interrupted before it was done.', about.host),
        cause: l10n.t('The window was reloaded or closed meanwhile.'),
        action: startAgain(about.method),
      };
    case 'expired':
      return {
        message: l10n.t('The sign-in at {0} was not finished within ten minutes.', about.host),
        action: startAgain(about.method),
      };
    case 'notAllowed':
      return heldKeyProblem(about);
    case 'refused':
      return about.method === 'qwen-oauth' ? refusedTokenProblem(about.host) : refusedKeyProblem(about);
    case 'goodElsewhere':
      return {
        message: l10n.t('This key answers on {there}, not on {here}.', { there: about.there, here: about.here }),
        action: { label: l10n.t('Switch'), intent: { type: 'sendKey', to: 'there' } },
      };
    case 'foreignKey':
      return foreignKeyProblem(about);
  }
}

function startAgain(method: Method): Action {
  return method === 'qwen-oauth' ? signIn(l10n.t('Start again')) : showMethod(l10n.t('Start again'), method);
}

function noModelProblem({ server }: About<'noModel'>): Problem {
  if (server) {
    const { host, envKey } = server;
    return {
      message: l10n.t('No model is named for {0}.', host),
      cause: l10n.t('The server names none: set {0}.', envKey),
    };
  }
  return {
    message: l10n.t('No model is chosen.'),
    cause: l10n.t('The server names none, so say which one you want.'),
    action: { label: l10n.t('Choose a model'), intent: { type: 'chooseModel' } },
  };
}

/** A beginning is a hint and no proof, so the person decides. */
function foreignKeyProblem({ here, there, otherProvider, method }: About<'foreignKey'>): Problem {
  const other = findProvider(otherProvider);
  return {
    message: l10n.t('This looks like a key of {0}.', there),
    cause: l10n.t('Nothing was sent to {0}.', here),
    action: other
      ? { label: l10n.t('Use it for {0}', other.label), intent: { type: 'sendKey', to: 'there' } }
      : showMethod(l10n.t('Enter another key'), method),
    others: [{ label: l10n.t('Send it to {0} anyway', here), intent: { type: 'sendKey', to: 'here' } }],
  };
}

function refusedTokenProblem(host: string): Problem {
  return {
    message: l10n.t('{0} refuses requests signed with your sign-in (401).', host),
    action: signIn(l10n.t('Sign in again')),
  };
}

function heldKeyProblem(about: HeldKey): Problem {
  const [{ title, detail, yes }] = consentQuestions(about);
  return { message: title, cause: detail, action: { label: `${yes}…`, intent: { type: 'allowWorkspace' } } };
}
