import * as l10n from '@vscode/l10n';
import { ConfigurationError, RequestError, SignInRequired } from '../base/errors';

/** An error as OpenAI's API tells it. */
export interface ApiError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly code: string;
  readonly param?: string;
  readonly retryAfterSeconds?: number;
  /** Whether asking once more is of no use, whatever the status says: the prompt would begin anew. */
  readonly isFinal?: boolean;
}

/** A request that the gateway itself refuses. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The error with which a request is answered that came to nothing; `describe` says in a sentence what happened. */
export function apiErrorOf(error: unknown, describe: (error: unknown) => string): ApiError {
  if (error instanceof Refused) return ofKind(error.status, error.code, error.message);
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return ofKind(400, 'invalid_body', l10n.t('The body is nested too deeply.'));
  const message = describe(error);
  if (error instanceof SignInRequired) return ofKind(error.reason === 'notAllowed' ? 403 : 401, error.reason, message);
  if (error instanceof ConfigurationError) {
    const isModel = 'field' in error.where && error.where.field === 'model';
    return isModel
      ? { ...ofKind(404, 'model_not_found', message), param: 'model' }
      : ofKind(400, 'configuration', message);
  }
  return error instanceof RequestError ? serverError(error, message) : ofKind(500, 'internal', message);
}

/** The JSON of an error. */
export function errorJson({ message, type, code, param }: ApiError): string {
  return JSON.stringify({ error: { message, type, param: param ?? null, code } });
}

/** What the server said keeps its status and its code, by which programs know what to do. */
function serverError({ failure, details }: RequestError, message: string): ApiError {
  const { status, code, type, param, retryAfterSeconds } = details;
  if (failure === 'timeout') return { ...ofKind(504, failure, message), isFinal: true };
  if (failure !== 'status') return ofKind(502, failure, message);
  if (status === undefined) return ofKind(502, code ?? 'unusable', message);
  return {
    ...ofKind(status, code ?? `status_${status}`, message),
    ...(type !== undefined && { type }),
    ...(param !== undefined && { param }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

function ofKind(status: number, code: string, message: string): ApiError {
  const type = status === 401 ? 'authentication_error' : status < 500 ? 'invalid_request_error' : 'api_error';
  return { status, code, message, type };
}
