import * as l10n from '@vscode/l10n';
import { sentence } from '../base/sentence';
import type { RequestError } from '../base/errors';
import { type Action, type Occasion, openSettings, type Problem, tryAgain } from './action';
import { obstacleText } from './obstacleText';
import { durationText } from './timeText';
import { CHECK_BASE_URL, IN_BETWEEN, refusalProblem, UNREADABLE } from './refusalProblem';

/** RFC 9110 §15.3.5. */
const NO_CONTENT = 204;

/** What a person reads of a request that brought no usable answer. */
export function requestProblem(error: RequestError, occasion: Occasion): Problem {
  const { host, failure, details } = error;
  const again = tryAgain(occasion);
  const isSignIn = error.role !== 'modelServer';
  switch (failure) {
    case 'unknownHost':
      return {
        message: l10n.t('{0} was not found.', host),
        cause: l10n.t('Check the address, and that this machine is online.'),
        action: again,
      };
    case 'refused':
      return {
        message: l10n.t('Nothing answers at {0}.', host),
        cause: l10n.t('Is the server running, and is the port right?'),
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
        message: l10n.t('{0} ended the connection before it had answered.', host),
        cause: l10n.t('A firewall or a proxy may stand in between, or the port is that of something else.'),
        action: again,
      };
    case 'network':
      return {
        message: l10n.t('The connection to {0} failed.', host),
        cause: l10n.t('Check the network, and the proxy if there is one.'),
        action: again,
      };
    case 'redirect':
      return {
        message: isSignIn
          ? l10n.t('{0} sends requests on to another address, which your sign-in is not meant for.', host)
          : l10n.t('{0} sends requests on to another address, which your key is not meant for.', host),
        cause: isSignIn
          ? IN_BETWEEN
          : l10n.t('The base URL is probably incomplete, or a sign-in page of the network stands in between.'),
        action: again,
      };
    case 'unreadable':
      return { message: unreadableMessage(error), cause: isSignIn ? IN_BETWEEN : CHECK_BASE_URL, action: again };
    case 'unusable':
      return {
        message: unusableText(host, error.role, sentence(details.text ?? l10n.t('it broke off'))),
        action: again,
      };
    case 'status':
      return refusalProblem(error, again);
  }
}

/** Its answer began as it should. */
function unusableText(host: string, role: RequestError['role'], why: string): string {
  return role === 'modelServer'
    ? l10n.t('{host} gave no whole answer: {why}', { host, why })
    : l10n.t('{host} sent an answer that cannot be used: {why}', { host, why });
}

function unreadableMessage({ host, role, details: { status, text } }: RequestError): string {
  if (status === NO_CONTENT) return l10n.t('{host} answered without any content ({status}).', { host, status });
  const what = UNREADABLE[role](host);
  return sentence(text ? l10n.t('{what}: {why}', { what, why: text }) : what);
}

/** A server that sends nothing, with the limit and what sets it; other time-outs are the network's. */
function timeoutProblem({ host, details }: RequestError, again: Action): Problem {
  const { limit } = details;
  if (!limit) return { message: l10n.t('{0} took too long to answer.', host), action: again };
  const { isAlive = false } = limit;
  const about = { host, duration: durationText(limit.ms / 1000) };
  const message = isAlive
    ? l10n.t('{host} sent nothing but signs of life for {duration}.', about)
    : l10n.t('{host} sent nothing for {duration}.', about);
  if (limit.from === 'entry') {
    const cause = isAlive
      ? l10n.t('A longer "timeout" in its entry gives it more time.')
      : l10n.t('That is the limit of its entry: see "timeout" there.');
    return { message, cause, action: again };
  }
  const setting = 'qwen.request.timeout';
  const cause = isAlive
    ? l10n.t('A longer limit in the setting {0} gives it more time.', setting)
    : l10n.t('That is the limit that the setting {0} sets.', setting);
  return { message, cause, action: openSettings(setting) };
}
