import { sentence } from '../base/sentence';
import type { RequestError } from '../base/errors';
import { type Action, type Occasion, openSettings, type Problem, tryAgain } from './action';
import { obstacleText } from './obstacleText';
import { durationText } from './timeText';
import { CHECK_BASE_URL, IN_BETWEEN, refusalProblem, UNREADABLE } from './refusalProblem';

/** RFC 9110 §15.3.5. */
const NO_CONTENT = 204;

/** What it does where its answer began as it should. */
const UNUSABLE: Readonly<Record<RequestError['role'], string>> = {
  authorizationServer: 'sent an answer that cannot be used',
  keyProvider: 'sent an answer that cannot be used',
  modelServer: 'gave no whole answer',
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
    case 'wrongScheme':
    case 'proxy': {
      const { setting, ...text } = obstacleText(host, error.obstacle);
      return { ...text, action: setting ? openSettings(setting) : again };
    }
    case 'timeout':
      return timeoutProblem(error, again);
    case 'cut':
      return {
        message: `${host} ended the connection before it had answered.`,
        cause: 'A firewall or a proxy may stand in between, or the port is that of something else.',
        action: again,
      };
    case 'network':
      return {
        message: `The connection to ${host} failed.`,
        cause: 'Check the network, and the proxy if there is one.',
        action: again,
      };
    case 'redirect':
      return {
        message:
          `${host} sends requests on to another address, ` +
          `which your ${isSignIn ? 'sign-in' : 'key'} is not meant for.`,
        cause: isSignIn
          ? IN_BETWEEN
          : 'The base URL is probably incomplete, or a sign-in page of the network stands in between.',
        action: again,
      };
    case 'unreadable':
      return { message: unreadableMessage(error), cause: isSignIn ? IN_BETWEEN : CHECK_BASE_URL, action: again };
    case 'unusable':
      return {
        message: `${host} ${UNUSABLE[error.role]}: ${sentence(details.text ?? 'it broke off')}`,
        action: again,
      };
    case 'status':
      return refusalProblem(error, again);
  }
}

function unreadableMessage({ host, role, details: { status, text } }: RequestError): string {
  if (status === NO_CONTENT) return `${host} answered without any content (${NO_CONTENT}).`;
  return `${host} ${UNREADABLE[role]}${text ? `: ${sentence(text)}` : '.'}`;
}

/** A server that sends nothing, with the limit and what sets it; other time-outs are the network's. */
function timeoutProblem({ host, details }: RequestError, again: Action): Problem {
  const { limit } = details;
  if (!limit) return { message: `${host} took too long to answer.`, action: again };
  const { isAlive = false } = limit;
  const message = `${host} sent nothing ${isAlive ? 'but signs of life ' : ''}for ${durationText(limit.ms / 1000)}.`;
  if (limit.from === 'entry') {
    const cause = isAlive
      ? 'A longer "timeout" in its entry gives it more time.'
      : 'That is the limit of its entry: see "timeout" there.';
    return { message, cause, action: again };
  }
  const setting = 'qwen.request.timeout';
  const cause = isAlive
    ? `A longer limit in the setting ${setting} gives it more time.`
    : `That is the limit that the setting ${setting} sets.`;
  return { message, cause, action: openSettings(setting) };
}
