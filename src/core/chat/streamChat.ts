import { Cancelled, ConfigurationError, RequestError } from '../base/errors';
import { failureOf, safeCause } from '../base/http';
import { errorWithin, serverWords } from '../base/refusalError';
import type { Access } from '../providers/access';
import { hostOf } from '../base/origin';
import { StreamReader } from './streamReader';
import { type ChatPorts, createSdkClient, type OpenAIPackage, type Wire } from './sdkClient';
import { type Opened, openStream, type StreamRequest } from './openStream';
import type { ChatPart } from './parts';
import { Patience } from './patience';
import { mayThinkUnmarked } from './thinking';
import { timeLimit } from './timeLimit';

/** How long a stream may bring pings alone at least, as a queue does. */
const PINGS_MS = 1_200_000;
/** How long usage is waited for once the answer is whole. */
const AFTERWARDS_MS = 5000;
/**
 * How long, and how far, it is read on behind the end: a connection whose answer was read to its end serves the next
 * request (RFC 9112 §9.3), which need not wait for a new one.
 */
const REST = { ms: 1000, bytes: 65_536 };

/**
 * Asks a model, and yields its answer as it streams: what comes in one read comes together. Throws `RequestError` where
 * the server refuses, breaks off, is silent for longer than its limit or only pings for twenty minutes,
 * `ConfigurationError` for a key that no header can hold, `Cancelled` on abort. The HTTP request ends with the
 * signal, and with whoever stops reading.
 */
export async function* streamChat(
  ports: ChatPorts,
  access: Access,
  request: StreamRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatPart, void> {
  const openai = await ports.loadOpenAI();
  const host = hostOf(access.baseUrl);
  const answer = readerFor(access, request);
  const limit = timeLimit(request.model.generationConfig, ports.requestTimeoutMs?.());
  const silence = new AbortController();
  const late = new AbortController();
  const limits = { silence: limit.ms, signs: Math.max(limit.ms, PINGS_MS) };
  const patience = new Patience(limits, (reached) => {
    const isAlive = reached === 'signs' && { isAlive: true as const };
    silence.abort(new RequestError(host, 'timeout', { limit: { ...limit, ms: limits[reached], ...isAlive } }));
  });
  const wire: Wire = { access, onTry: () => patience.wait(), onEnd: () => late.abort() };
  let body: Opened['body'] | undefined;
  let failure: unknown;
  const ended = AbortSignal.any([signal, silence.signal, late.signal]);
  const leave = (): void => void close(body);
  try {
    const client = createSdkClient(openai, ports, wire, request.model.generationConfig, request.maxRetries);
    const opened = await openStream(client, wire, request, ended);
    body = opened.body;
    ended.addEventListener('abort', leave);
    if (opened.unseen) yield opened.unseen;
    while (!answer.isEnded) {
      patience.wait();
      const { done, value } = await body.read();
      patience.rest();
      if (done) break;
      const { pieceCount } = answer;
      const parts = answer.feed(value);
      if (answer.pieceCount > pieceCount) patience.progress();
      for (const part of parts) yield part;
      // Behind the end, signs of life alone are nothing to wait for.
      if (answer.isWhole) patience.hurry(AFTERWARDS_MS);
    }
  } catch (error) {
    failure = readError(openai, error, wire);
  } finally {
    patience.stop();
    // A signal made of others is kept, with all that hears it, for as long as somebody does.
    ended.removeEventListener('abort', leave);
    if (answer.isWhole && !ended.aborted) void readRest(body);
    else leave();
  }
  if (signal.aborted) throw new Cancelled();
  if (late.signal.aborted) failure = new RequestError(host, 'timeout');
  if (silence.signal.aborted) failure = silence.signal.reason;
  // What happens behind the end takes nothing away from the answer.
  const end = answer.end();
  for (const part of end.parts) yield part;
  if (failure !== undefined && !answer.isWhole) throw failure;
  if (end.failure) throw end.failure;
}

function readerFor({ baseUrl, key }: Access, { model, chat }: StreamRequest): StreamReader {
  const host = hostOf(baseUrl);
  return new StreamReader({
    host,
    model: model.id,
    errorOf: (said) => errorWithin(host, said, key),
    wordsOf: (text) => serverWords(text, key),
    mayBeginUnmarked: mayThinkUnmarked(model, chat),
    tools: chat.tools ?? [],
    isLimitWanted: LIMITS.some((name) => chat.options?.[name] !== undefined),
  });
}

/** The options by which whoever asks limits the answer. */
const LIMITS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

async function readRest(body: Opened['body'] | undefined): Promise<void> {
  const limit = setTimeout(() => void close(body), REST.ms);
  try {
    let left = REST.bytes;
    while (left > 0) {
      const rest = await body?.read();
      if (!rest || rest.done) return;
      left -= rest.value.length;
    }
    await close(body);
  } catch {
    // The answer is there; how its connection ends changes nothing.
  } finally {
    clearTimeout(limit);
  }
}

async function close(body: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  await body?.cancel().catch(() => undefined);
}

function readError(openai: OpenAIPackage, error: unknown, { access, refusal }: Wire): unknown {
  const host = hostOf(access.baseUrl);
  if (error instanceof RequestError || error instanceof ConfigurationError) return error;
  if (error instanceof openai.APIConnectionTimeoutError) return new RequestError(host, 'timeout');
  if (error instanceof openai.APIConnectionError) {
    if (error.cause instanceof RequestError) return error.cause;
    return new RequestError(host, failureOf(error), {}, { cause: safeCause(error) });
  }
  if (error instanceof openai.APIError && refusal) return refusal;
  return new RequestError(host, failureOf(error), {}, { cause: safeCause(error) });
}
