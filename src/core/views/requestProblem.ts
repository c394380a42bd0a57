import type { RequestError } from '../base/errors';
import {
  type Action,
  CHOOSE_MODEL,
  type Occasion,
  openSettings,
  type Problem,
  saidText,
  showMethod,
  tryAgain,
} from './action';
import { obstacleText } from './obstacleText';
import { durationText } from './time';

/** Why a server may not answer as one of models does. */
const CHECK_BASE_URL = 'Check the base URL; it often ends in /v1.';

/** Why a server that sends no pages may seem to send one. */
const IN_BETWEEN = 'A firewall, or a sign-in page of the network, may stand in between.';

/** What a server does whose answer is not what its protocol promises. */
const UNREADABLE: Readonly<Record<RequestError['role'], string>> = {
  authorizationServer: 'does not answer as an authorization server does',
  keyProvider: 'sent no key that can be used',
  modelServer: 'does not answer as an OpenAI-compatible server does',
};

/** What a person reads of a request that brought no usable answer. */
export function requestProblem(error: RequestError, occasion: Occasion): Problem {
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
  if (details.page && status < 500 && status !== 404 && !(isModelServer && status === 401)) {
    return { message: `A page came in place of the answer of ${host} (${status}).`, cause: IN_BETWEEN, action: again };
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
  const action: Action = isForm ? { label: 'Enter another model', intent: { type: 'enterModel' } } : CHOOSE_MODEL;
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
