import { CancellationError, LanguageModelError } from 'vscode';
import { ConfigurationError, RequestError, SignInRequired } from '../../core/base/errors';
import { CHAT_EXTENSION } from './chatSetup';
import { problemOf, problemText } from '../../core/views/problem';
import type { Intent } from '../../core/views/action';

/** An error as the extension that asked is to have it, in the words and with the way out that a person reads. */
export function languageModelError(error: unknown, initiator: string): Error {
  const problem = problemOf(error, { during: 'test' });
  if (!problem) return new CancellationError();
  const text = [problemText(problem), problem.action && wayOut(problem.action.intent)].filter(Boolean).join(' ');
  if (initiator.toLowerCase() === CHAT_EXTENSION.toLowerCase()) return withoutStack(text);
  if (error instanceof SignInRequired) return LanguageModelError.NoPermissions(text);
  if (error instanceof ConfigurationError && 'field' in error.where && error.where.field === 'model')
    return LanguageModelError.NotFound(text);
  return (error instanceof RequestError && refusalError(error, text)) || new Error(text, { cause: error });
}

/** The class that VS Code has for a refusal, by its reason and status; undefined where it has none. */
function refusalError({ details, reason, isUsedUp }: RequestError, text: string): Error | undefined {
  const { status } = details;
  if (isUsedUp || reason === 'tooFast' || reason === 'overloaded' || status === 429)
    return LanguageModelError.Blocked(text);
  if (status === 401 || status === 403) return LanguageModelError.NoPermissions(text);
  return reason === 'unknownModel' || (status === 404 && reason === undefined)
    ? LanguageModelError.NotFound(text)
    : undefined;
}

/** VS Code's own chat shows a person all of an error, and the API's own errors get a stack on their way to it. */
function withoutStack(text: string): Error {
  const error = new Error(text);
  error.stack = '';
  return error;
}

/** What to do, where there is no button; asking again is up to whoever asked. */
function wayOut(intent: Intent): string | undefined {
  switch (intent.type) {
    case 'signIn':
    case 'showMethod':
      return 'Run "Qwen: Sign in".';
    case 'chooseModel':
    case 'switchModel':
      return 'Run "Qwen: Switch model".';
    case 'allowWorkspace':
      return 'Run "Qwen: Open auth panel" to allow it.';
    case 'openSettings':
      return `See the setting ${intent.setting}.`;
    case 'writeQwenCodeSettings':
      return 'Run "Qwen: Write Qwen Code settings…".';
    case 'showLog':
      return 'Run "Qwen: Show log".';
    // Those belong to a sign-in, not to a request.
    case 'checkOtherRegions':
    case 'sendKey':
    case 'enterModel':
    case 'choosePlan':
    case 'testConnection':
    // That is said of terminals alone.
    case 'setLogLevel':
      return undefined;
  }
}
