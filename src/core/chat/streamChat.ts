import { randomUUID } from 'node:crypto';
import { Cancelled, RequestError } from '../base/errors';
import { failureOf, safeCause } from '../base/http';
import { stringIn } from '../base/json';
import { errorWithin } from '../base/refusalError';
import type { Access } from '../providers/access';
import { modelKey } from '../providers/model';
import { hostOf } from '../base/origin';
import { createStreamReader } from './streamReader';
import { type ChatModel, chatBody } from './body';
import { type ChatPorts, type Client, createClient, type OpenAIPackage, type Wire } from './client';
import { type Dialect, otherDialect, USUAL } from './dialect';
import type { ChatPart } from './parts';
import { createPatience } from './patience';
import type { ChatRequest } from './request';

/** A request as it goes to a server. */
export interface StreamRequest {
  readonly model: ChatModel;
  readonly chat: ChatRequest;
  /** How often the SDK may try again after an outage. */
  readonly maxRetries: number;
  /** What was found out about servers, by model; more is added. */
  readonly dialects?: Map<string, Dialect>;
}

/** How long a stream may stand still: some models think in silence. */
const IDLE_MS = 240_000;
/** How long usage is waited for once the answer is whole. */
const AFTERWARDS_MS = 5000;

/**
 * Asks a model, and yields its answer as it streams. Throws `RequestError` where the server refuses, breaks off or falls
 * silent for four minutes, `Cancelled` on abort. The HTTP request ends with the signal, and with whoever stops reading.
 */
export async function* streamChat(
  ports: ChatPorts,
  access: Access,
  request: StreamRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatPart, void> {
  const openai = await ports.loadOpenAI();
  const host = hostOf(access.baseUrl);
  const answer = createStreamReader(host, () => `call_${randomUUID()}`);
  const silence = new AbortController();
  const patience = createPatience(() => silence.abort());
  const isFailing = (): boolean => !answer.finished;
  // Behind the end, signs of life alone are nothing to wait for.
  const wire: Wire = { access, unread: 0, onBytes: () => isFailing() && patience.renew() };
  try {
    const client = createClient(openai, ports, wire, request.model.generationConfig, request.maxRetries);
    const events = await openStream(client, wire, request, AbortSignal.any([signal, silence.signal]));
    for await (const event of patience.limit(events, () => (isFailing() ? IDLE_MS : AFTERWARDS_MS))) {
      wire.unread = 0;
      if (stringIn(event, 'object') === 'error') throw errorWithin(host, event, access.key);
      yield* answer.feed(event);
    }
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    if (isFailing() && !silence.signal.aborted) throw readError(openai, error, wire, answer.begun);
  }
  // The SDK ends an aborted stream as if it were whole. What happens behind the end takes nothing away from the answer.
  if (signal.aborted) throw new Cancelled();
  if (isFailing() && silence.signal.aborted) throw new RequestError(host, 'timeout');
  yield* answer.end();
}

/** Asks in the dialect that is known or usual, and once more in each other that the server's refusal hints at. */
async function openStream(
  client: Client,
  wire: Wire,
  { model, chat, dialects }: StreamRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const key = modelKey(model);
  let dialect = dialects?.get(key) ?? USUAL;
  for (;;) {
    try {
      const body = chatBody(model, chat, dialect);
      const events: AsyncIterable<unknown> = await client.post('/chat/completions', { body, stream: true, signal });
      if (dialect !== USUAL) dialects?.set(key, dialect);
      return events;
    } catch (error) {
      const other = wire.refusal && otherDialect(dialect, wire.refusal.message);
      if (!other) throw error;
      dialect = other;
    }
  }
}

function readError(openai: OpenAIPackage, error: unknown, { access, refusal }: Wire, begun: boolean): unknown {
  const host = hostOf(access.baseUrl);
  if (error instanceof RequestError) return error;
  if (error instanceof openai.APIConnectionTimeoutError) return new RequestError(host, 'timeout');
  if (error instanceof openai.APIConnectionError) {
    if (error.cause instanceof RequestError) return error.cause;
    return new RequestError(host, failureOf(error), {}, { cause: safeCause(error) });
  }
  if (error instanceof openai.APIError) return (error.status && refusal) || errorWithin(host, error.error, access.key);
  const isOdd = error instanceof SyntaxError;
  const failure = isOdd ? (begun ? 'unusable' : 'unreadable') : failureOf(error);
  return new RequestError(host, failure, {}, { cause: safeCause(error) });
}
