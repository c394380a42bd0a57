import { CancellationError, LanguageModelError } from 'vscode';
import { ConfigurationError, RequestError, SignInRequired } from '../../core/base/errors';
import { CHAT_EXTENSION } from './chatSetup';
import type { Snapshot } from '../../core/session/snapshot';
import { withAskedModel } from '../../core/views/askedModel';
import { inertSentence } from '../../core/views/inertText';
import { problemOf } from '../../core/views/problem';
import { textWithWayOut } from '../../core/views/wayOut';

/** An error as the extension that asked is to have it, in the words and with the way out that a person reads. */
export function languageModelError(
  error: unknown,
  initiator: string,
  about: Pick<Snapshot, 'selected' | 'credential'>,
): Error {
  const problem = problemOf(error, { during: 'test' });
  if (!problem) return new CancellationError();
  const text = textWithWayOut(withAskedModel(problem, error, about));
  // VS Code's own chat shows it as Markdown, and servers have a say in it.
  if (initiator.toLowerCase() === CHAT_EXTENSION.toLowerCase()) return withoutStack(inertSentence(text));
  if (error instanceof SignInRequired)
    return error.reason === 'gone' ? LanguageModelError.NotFound(text) : LanguageModelError.NoPermissions(text);
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
