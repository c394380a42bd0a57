import * as l10n from '@vscode/l10n';
import type { RequestError } from '../base/errors';
import { isLatestTime, refusedWindow } from '../base/refusedWindow';
import { partName, refusedPart } from '../base/refusedPart';
import { type Action, CHOOSE_MODEL, openSettings, type Problem, saidText, showMethod } from './action';
import { durationText, timeText } from './timeText';
import { WINDOW_LENGTHS, WINDOW_LIMITS } from './windowText';
import { joinSentences } from '../../language/joinSentences';
import { bracketed, withBrackets } from './bracketed';

/** Why a server may not answer as one of models does. */
export const CHECK_BASE_URL = l10n.t('Check the base URL; it often ends in /v1.');

/** Why a server that signs people in may seem to answer oddly. */
export const IN_BETWEEN = l10n.t('A firewall, or a sign-in page of the network, may stand in between.');

/** What a server does whose answer is not what its protocol promises, as a sentence without full stop. */
export const UNREADABLE: Readonly<Record<RequestError['role'], (host: string) => string>> = {
  authorizationServer: (host) => l10n.t('{0} does not answer as an authorization server does', host),
  keyProvider: (host) => l10n.t('{0} sent no key that can be used', host),
  modelServer: (host) => l10n.t('{0} does not answer as an OpenAI-compatible server does', host),
};

/**
 * What a person reads of a server's refusal: its own words, when it goes on, and the button
 * that mends it or asks `again`.
 */
export function refusalProblem(error: RequestError, again: Action): Problem {
  const { host, details, reason } = error;
  const said = saidText(details.text ?? details.code);
  const { status } = details;
  if (error.role === 'keyProvider' && (details.status ?? 0) < 500 && reason !== 'tooFast')
    return noKeyProblem(error, said, again);
  // Trying again brings nothing before somebody pays, or the time has come.
  const other = again.intent.type === 'testConnection' ? CHOOSE_MODEL : again;
  switch (reason) {
    case 'tooFast':
    case 'overloaded': {
      const message = bracketed(busyText(error), status);
      return { message, ...sentences(said, waitText(details) ?? l10n.t('Wait a moment.')), action: again };
    }
    case 'windowUsedUp': {
      const window = refusedWindow(details);
      const message = bracketed(
        window
          ? l10n.t('Your {limit} at {host} is used up', { limit: WINDOW_LIMITS[window], host })
          : l10n.t('Your limit at {0} is used up', host),
        status,
      );
      const within = window && l10n.t('Requests are taken again within {0}.', WINDOW_LENGTHS[window]);
      return { message, ...sentences(said, waitText(details) ?? within), action: other };
    }
    case 'noBalance': {
      const message = bracketed(l10n.t('Your account at {0} has no balance or quota left', host), status);
      return { message, ...sentences(said, waitText(details)), action: other };
    }
    case 'unknownModel':
    case 'deniedModel':
      return modelProblem(error, said, again);
    case 'unsupported': {
      const part = partName(refusedPart(details) ?? 'this');
      const message = bracketed(l10n.t('{host} does not take {part} with this model', { host, part }), status);
      return { message, ...sentences(said), action: CHOOSE_MODEL };
    }
    case 'dataPolicy': {
      const message = bracketed(l10n.t('Your own rules at {0} leave nobody to answer for this model', host), status);
      return { message, ...sentences(said), action: CHOOSE_MODEL };
    }
    case 'page':
      return pageProblem(error, again);
    case 'notYours':
    case undefined:
      return otherStatusProblem(error, said, again);
  }
}

function busyText({ host, reason, role }: RequestError): string {
  if (reason === 'overloaded') return l10n.t('{0} is overloaded right now', host);
  return role === 'modelServer'
    ? l10n.t('{0} gets too many requests from you right now', host)
    : l10n.t('{0} gets too many requests right now', host);
}

/** When it goes on, unless at once; the time itself where that is far away, as this may be read later. */
function waitText({ retryAfterSeconds: wait, resumesAt, text = '' }: RequestError['details']): string | undefined {
  if (wait === undefined || wait === 0) return undefined;
  const time = resumesAt === undefined ? undefined : timeText(resumesAt, resumesAt - wait * 1000);
  const duration = durationText(wait);
  return bracketed(
    isLatestTime(text)
      ? l10n.t('It takes requests again in {0} at the latest', duration)
      : l10n.t('It takes requests again in {0}', duration),
    time,
  );
}

function sentences(...all: readonly (string | undefined)[]): Pick<Problem, 'cause'> {
  const cause = joinSentences(...all);
  return cause ? { cause } : {};
}

function pageProblem(error: RequestError, again: Action): Problem {
  const { host, details } = error;
  const { text: title, status } = details;
  const page = l10n.t('A web page came in place of an answer of {0}', host);
  const message = title
    ? l10n.t('{page}: "{title}".', { page: withBrackets(page, status), title })
    : bracketed(page, status);
  return { message, cause: IN_BETWEEN, action: again };
}

function otherStatusProblem(error: RequestError, said: string | undefined, again: Action): Problem {
  const { host, details } = error;
  const { status = 0 } = details;
  const isModelServer = error.role === 'modelServer';
  const message = (text: string): string => bracketed(text, details.status);
  const told = { ...sentences(said), action: again };
  if (status === 401 || error.reason === 'notYours')
    return {
      message: message(
        isModelServer ? l10n.t('{0} does not allow this with your key', host) : l10n.t('{0} does not allow this', host),
      ),
      ...told,
    };
  if (status >= 500) return { message: message(l10n.t('{0} has a problem of its own right now', host)), ...told };
  if (status !== 404) return { message: message(l10n.t('{0} did not accept the request', host)), ...told };
  const noAddress = message(l10n.t('{0} has no such address', host));
  if (!isModelServer) {
    const cause = l10n.t('Check which authorization server is set.');
    return { message: noAddress, cause, action: openSettings('qwen.oauth.issuer') };
  }
  const isAnswer = said !== undefined && !details.page;
  return {
    message: isAnswer ? noAddress : message(UNREADABLE.modelServer(host)),
    ...sentences(said, CHECK_BASE_URL),
    action: again,
  };
}

/** The key is good; of the model, another one is wanted. */
function modelProblem(error: RequestError, said: string | undefined, again: Action): Problem {
  const { host, reason } = error;
  const message = bracketed(
    reason === 'unknownModel'
      ? l10n.t('{0} does not have this model', host)
      : l10n.t('Your key may not use this model at {0}', host),
    error.details.status,
  );
  const isForm = again.intent.type === 'showMethod';
  const action: Action = isForm
    ? { label: l10n.t('Enter another model'), intent: { type: 'enterModel' } }
    : CHOOSE_MODEL;
  return { message, ...sentences(said), action };
}

/** A code that is late or used up is refused; where there is no such exchange, only a key of the person's own helps. */
function noKeyProblem(error: RequestError, said: string | undefined, again: Action): Problem {
  const { host, details } = error;
  const { status } = details;
  if (status === 404 || status === 405) {
    const action = showMethod(l10n.t('Enter an API key'), 'api-key', { flow: 'key' });
    return {
      message: bracketed(l10n.t('{0} makes no keys in this way', host), status),
      cause: l10n.t('Use one that you have already.'),
      action,
    };
  }
  const cause = said ?? l10n.t('The code from the browser may have run out.');
  return { message: bracketed(l10n.t('{0} refused to make a key', host), status), cause, action: again };
}
