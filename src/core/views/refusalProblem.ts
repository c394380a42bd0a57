import type { RequestError } from '../base/errors';
import { isLatestTime, refusedWindow } from '../base/refusedWindow';
import { partName, refusedPart } from '../base/refusedPart';
import { type Action, CHOOSE_MODEL, openSettings, type Problem, saidText, showMethod } from './action';
import { durationText, timeText } from './timeText';
import { WINDOW_LENGTHS, WINDOW_LIMITS } from './windowText';

/** Why a server may not answer as one of models does. */
export const CHECK_BASE_URL = 'Check the base URL; it often ends in /v1.';

/** Why a server that signs people in may seem to answer oddly. */
export const IN_BETWEEN = 'A firewall, or a sign-in page of the network, may stand in between.';

/** What a server does whose answer is not what its protocol promises. */
export const UNREADABLE: Readonly<Record<RequestError['role'], string>> = {
  authorizationServer: 'does not answer as an authorization server does',
  keyProvider: 'sent no key that can be used',
  modelServer: 'does not answer as an OpenAI-compatible server does',
};

/**
 * What a person reads of a server's refusal: its own words, when it goes on, and the button
 * that mends it or asks `again`.
 */
export function refusalProblem(error: RequestError, again: Action): Problem {
  const { host, details, reason } = error;
  const said = saidText(details.text ?? details.code);
  const number = numberText(error);
  const isModelServer = error.role === 'modelServer';
  if (error.role === 'keyProvider' && (details.status ?? 0) < 500 && reason !== 'tooFast')
    return noKeyProblem(error, said, again);
  // Trying again brings nothing before somebody pays, or the time has come.
  const other = again.intent.type === 'testConnection' ? CHOOSE_MODEL : again;
  switch (reason) {
    case 'tooFast':
    case 'overloaded': {
      const what =
        reason === 'overloaded' ? 'is overloaded' : `gets too many requests${isModelServer ? ' from you' : ''}`;
      const cause = sentences(said, waitText(details) ?? 'Wait a moment.');
      return { message: `${host} ${what} right now${number}.`, ...cause, action: again };
    }
    case 'windowUsedUp': {
      const window = refusedWindow(details);
      const message = `Your ${window ? `${WINDOW_LIMITS[window]} ` : ''}limit at ${host} is used up${number}.`;
      const within = window && `Requests are taken again within ${WINDOW_LENGTHS[window]}.`;
      return { message, ...sentences(said, waitText(details) ?? within), action: other };
    }
    case 'noBalance': {
      const message = `Your account at ${host} has no balance or quota left${number}.`;
      return { message, ...sentences(said, waitText(details)), action: other };
    }
    case 'unknownModel':
    case 'deniedModel':
      return modelProblem(error, said, again);
    case 'unsupported': {
      const message = `${host} does not take ${partName(refusedPart(details) ?? 'this')} with this model${number}.`;
      return { message, ...sentences(said), action: CHOOSE_MODEL };
    }
    case 'dataPolicy': {
      const message = `Your own rules at ${host} leave nobody to answer for this model${number}.`;
      return { message, ...sentences(said), action: CHOOSE_MODEL };
    }
    case 'page':
      return pageProblem(error, again);
    case 'notYours':
    case undefined:
      return otherStatusProblem(error, said, again);
  }
}

function numberText({ details }: RequestError): string {
  return details.status === undefined ? '' : ` (${details.status})`;
}

/** When it goes on; the time itself where that is far away, as this may be read later. */
function waitText({ retryAfterSeconds: wait, resumesAt, text = '' }: RequestError['details']): string | undefined {
  if (wait === undefined) return undefined;
  const time = resumesAt === undefined ? '' : ` (${timeText(resumesAt, resumesAt - wait * 1000)})`;
  return `It takes requests again in ${durationText(wait)}${isLatestTime(text) ? ' at the latest' : ''}${time}.`;
}

function sentences(...all: readonly (string | undefined)[]): Pick<Problem, 'cause'> {
  const cause = all.filter(Boolean).join(' ');
  return cause ? { cause } : {};
}

function pageProblem(error: RequestError, again: Action): Problem {
  const { host, details } = error;
  const title = details.text ? `: "${details.text}"` : '';
  const message = `A web page came in place of an answer of ${host}${numberText(error)}${title}.`;
  return { message, cause: IN_BETWEEN, action: again };
}

function otherStatusProblem(error: RequestError, said: string | undefined, again: Action): Problem {
  const { host, details } = error;
  const { status = 0 } = details;
  const number = numberText(error);
  const isModelServer = error.role === 'modelServer';
  const told = { ...sentences(said), action: again };
  if (status === 401 || error.reason === 'notYours')
    return { message: `${host} does not allow this${isModelServer ? ' with your key' : ''}${number}.`, ...told };
  if (status >= 500) return { message: `${host} has a problem of its own right now${number}.`, ...told };
  if (status !== 404) return { message: `${host} did not accept the request${number}.`, ...told };
  if (!isModelServer) {
    const cause = 'Check which authorization server is set.';
    return { message: `${host} has no such address${number}.`, cause, action: openSettings('qwen.oauth.issuer') };
  }
  const isAnswer = said !== undefined && !details.page;
  const message = isAnswer ? `${host} has no such address${number}.` : `${host} ${UNREADABLE.modelServer}${number}.`;
  return { message, ...sentences(said, CHECK_BASE_URL), action: again };
}

/** The key is good; of the model, another one is wanted. */
function modelProblem(error: RequestError, said: string | undefined, again: Action): Problem {
  const { host, reason } = error;
  const number = numberText(error);
  const message =
    reason === 'unknownModel'
      ? `${host} does not have this model${number}.`
      : `Your key may not use this model at ${host}${number}.`;
  const isForm = again.intent.type === 'showMethod';
  const action: Action = isForm ? { label: 'Enter another model', intent: { type: 'enterModel' } } : CHOOSE_MODEL;
  return { message, ...sentences(said), action };
}

/** A code that is late or used up is refused; where there is no such exchange, only a key of the person's own helps. */
function noKeyProblem(error: RequestError, said: string | undefined, again: Action): Problem {
  const { host, details } = error;
  const { status } = details;
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
