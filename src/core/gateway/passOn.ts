import type { ServerResponse } from 'node:http';
import type { RelayAnswer } from '../chat/relay';
import { type ApiError, errorJson } from './apiError';
import { Turn } from './turn';

/**
 * Writes an answer as it comes, no faster than it is read. Where it breaks off, a stream of events ends with the error
 * that `explain` makes of it, and every answer with a broken connection: nobody takes a part for the whole.
 */
export async function passOn(
  answer: RelayAnswer,
  response: ServerResponse,
  explain: (error: unknown) => ApiError,
): Promise<void> {
  const turn = new Turn(response.socket);
  turn.begin();
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  try {
    await answer.sendTo((bytes) => {
      turn.begin();
      return response.write(bytes) ? undefined : written(response);
    });
    response.end();
    turn.end();
  } catch (error) {
    if (response.destroyed) return;
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
    if (!isStream) return void response.destroy();
    response.write(`\n\ndata: ${errorJson(explain(error))}\n\n`, () => response.destroy());
  }
}

/** Answers with an error, in OpenAI's form. */
export function answerError(response: ServerResponse, error: ApiError): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, retryAfterSeconds, isFinal } = error;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(Math.ceil(retryAfterSeconds)) }),
    ...(isFinal && { 'x-should-retry': 'false' }),
  });
  response.end(errorJson(error));
}

/** Resolves once there is room again, or nobody there any more. */
function written(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}
