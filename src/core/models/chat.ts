import type * as sdk from 'openai';
import { Cancelled, RequestError } from '../errors';
import { failureOf, MAX_BYTES, readBounded, safeCause, statusError, tooLarge, waitSeconds } from '../http';
import { isRecord, parseJson, stringIn } from '../json';
import { hostOf } from '../origin';
import type { Fetch } from '../ports';
import { type Access, accessHeaders } from './access';
import type { GenerationConfig } from './generationConfig';

/** The parts of the `openai` package that requests are made with. */
export type OpenAIPackage = Pick<
  typeof sdk,
  'OpenAI' | 'APIError' | 'APIConnectionError' | 'APIConnectionTimeoutError'
>;

/** What chat requests need: the SDK, loaded when the first one is made, and the way out. */
export interface ChatPorts {
  readonly fetch: Fetch;
  readonly loadOpenAI: () => Promise<OpenAIPackage>;
  /** The name and version that requests carry. */
  readonly userAgent: string;
}

/** What a model is asked. */
export interface ChatRequest {
  readonly model: string;
  readonly prompt: string;
  readonly generationConfig: GenerationConfig;
  /** How often the SDK may try again after an outage. */
  readonly maxRetries: number;
}

/** The longest that a timer can wait: for entries that want no limit. */
const NO_LIMIT_MS = 2 ** 31 - 1;
/** How long a stream may stand still. */
const IDLE_MS = 60_000;
/** Headers of the SDK's that a server needs; its others tell about this machine, or come from variables of the process. */
const SDK_HEADERS = ['accept', 'content-type', 'user-agent'];

/**
 * Sends a prompt and yields the answer's text as it streams, an empty part while the model thinks. Throws
 * `RequestError` where the server refuses, breaks off or falls silent for a minute, `Cancelled` on abort, which ends the
 * HTTP request too.
 */
export async function* streamChat(
  ports: ChatPorts,
  access: Access,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const openai = await ports.loadOpenAI();
  const unread = { bytes: 0 };
  const client = createClient(openai, ports, access, request, unread);
  const silence = new AbortController();
  let idle = setTimeout(() => silence.abort(), IDLE_MS);
  let finished = false;
  try {
    const stream = await client.chat.completions.create(
      {
        ...request.generationConfig.samplingParams,
        ...request.generationConfig.extraBody,
        model: request.model,
        messages: [{ role: 'user', content: request.prompt }],
        stream: true,
      },
      { signal: AbortSignal.any([signal, silence.signal]) },
    );
    for await (const chunk of stream) {
      clearTimeout(idle);
      idle = setTimeout(() => silence.abort(), IDLE_MS);
      unread.bytes = 0;
      const choice = chunk.choices[0];
      const text = stringIn(choice?.delta, 'content');
      if (text || stringIn(choice?.delta, 'reasoning_content')) yield text ?? '';
      finished ||= Boolean(choice?.finish_reason);
    }
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    if (silence.signal.aborted) throw new RequestError(hostOf(access.baseUrl), 'timeout');
    throw readError(openai, error, access);
  } finally {
    clearTimeout(idle);
  }
  // The SDK ends an aborted stream as if it were whole, and a broken one likewise.
  if (signal.aborted) throw new Cancelled();
  if (silence.signal.aborted) throw new RequestError(hostOf(access.baseUrl), 'timeout');
  if (!finished) throw new RequestError(hostOf(access.baseUrl), 'unreadable', { text: 'the answer broke off' });
}

function createClient(
  { OpenAI }: OpenAIPackage,
  { fetch, userAgent }: ChatPorts,
  access: Access,
  { generationConfig, maxRetries }: ChatRequest,
  unread: { bytes: number },
): InstanceType<OpenAIPackage['OpenAI']> {
  const { customHeaders, timeoutMs } = generationConfig;
  const own = { 'user-agent': userAgent, ...customHeaders, ...accessHeaders(access) };
  return new OpenAI({
    baseURL: access.baseUrl,
    // The SDK insists on a key; which header carries ours is decided here, so that there is exactly one.
    apiKey: 'none',
    // Left out, these would come from variables that were set for another server.
    organization: null,
    project: null,
    webhookSecret: null,
    fetch: async (url, init) => {
      const sent = new Headers(init?.headers);
      const headers = Object.fromEntries(SDK_HEADERS.flatMap((name) => [[name, sent.get(name) ?? '']]));
      const target = String(url instanceof Request ? url.url : url);
      return await readable(
        await fetch(target, { ...init, redirect: 'manual', headers: { ...headers, ...own } }),
        access,
        unread,
      );
    },
    maxRetries,
    timeout: timeoutMs || NO_LIMIT_MS,
    logLevel: 'off',
  });
}

/**
 * A response as the SDK may have it: not sent on to another host, no error page without bounds, and no event either, of
 * which the bytes are counted that nobody has read yet.
 */
async function readable(response: Response, { baseUrl }: Access, unread: { bytes: number }): Promise<Response> {
  const { ok, status, headers, body } = response;
  const host = hostOf(baseUrl);
  if (ok) {
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, events) => {
        unread.bytes += chunk.byteLength;
        if (unread.bytes > MAX_BYTES) events.error(tooLarge(host));
        else events.enqueue(chunk);
      },
    });
    return new Response(body?.pipeThrough(counting), { status, headers });
  }
  if (status < 400) {
    await body?.cancel();
    throw new RequestError(host, 'redirect', { status });
  }
  const json = parseJson(await readBounded(response, host));
  // The SDK keeps what is under this name, and of everything else only a text of its own making.
  return Response.json({ error: isRecord(json) ? (json['error'] ?? json) : undefined }, { status, headers });
}

function readError(openai: OpenAIPackage, error: unknown, { baseUrl, key }: Access): unknown {
  const host = hostOf(baseUrl);
  if (error instanceof RequestError) return error;
  if (error instanceof openai.APIConnectionTimeoutError) return new RequestError(host, 'timeout');
  if (error instanceof openai.APIConnectionError) {
    if (error.cause instanceof RequestError) return error.cause;
    return new RequestError(host, failureOf(error), {}, { cause: safeCause(error) });
  }
  if (error instanceof openai.APIError) {
    // An event in the stream may hold an error, without a status of its own.
    const { status = 200, headers } = error;
    const retryAfterSeconds = headers && waitSeconds(headers);
    const said = statusError({ host, status, json: { error: error.error }, retryAfterSeconds }, key);
    return error.status === undefined ? new RequestError(host, 'unreadable', said.details) : said;
  }
  // A chunk of another shape fails in the reading; a connection that breaks is a TypeError too, with a cause.
  const isOdd = error instanceof SyntaxError || (error instanceof TypeError && error.cause === undefined);
  return new RequestError(host, isOdd ? 'unreadable' : failureOf(error), {}, { cause: safeCause(error) });
}
