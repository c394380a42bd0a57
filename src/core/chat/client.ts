import type * as sdk from 'openai';
import { RequestError } from '../base/errors';
import { MAX_BYTES, readBounded, statusError, tooLarge } from '../base/http';
import { isRecord, parseJson } from '../base/json';
import { type Access, accessHeaders } from '../providers/access';
import type { GenerationConfig } from '../providers/generationConfig';
import { hostOf } from '../base/origin';
import type { Fetch } from '../base/ports';

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

/** The SDK's client, for one request. */
export type Client = InstanceType<OpenAIPackage['OpenAI']>;

/** The way of one answer: how much of it nobody has read yet, and who is told when more comes. */
export interface Wire {
  readonly access: Access;
  readonly onBytes: () => unknown;
  unread: number;
}

/** The longest that a timer can wait: for entries that want no limit. */
const NO_LIMIT_MS = 2 ** 31 - 1;
/** Headers of the SDK's that a server needs; its others tell about this machine, or come from variables of the process. */
const SDK_HEADERS = ['accept', 'content-type', 'user-agent'];

/** A client that sends what is asked for, and nothing else that the SDK or the process would add. */
export function createClient(
  { OpenAI }: OpenAIPackage,
  { fetch, userAgent }: ChatPorts,
  wire: Wire,
  { customHeaders, timeoutMs }: GenerationConfig,
  maxRetries: number,
): Client {
  const { access } = wire;
  const own = { 'user-agent': userAgent, ...customHeaders, ...accessHeaders(access) };
  const [baseURL = '', query] = access.baseUrl.split('?');
  return new OpenAI({
    baseURL,
    defaultQuery: Object.fromEntries(new URLSearchParams(query)),
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
        wire,
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
async function readable(response: Response, wire: Wire): Promise<Response> {
  const { ok, status, headers, body } = response;
  const host = hostOf(wire.access.baseUrl);
  if (ok) {
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, events) => {
        wire.onBytes();
        wire.unread += chunk.byteLength;
        if (wire.unread > MAX_BYTES) events.error(tooLarge(host));
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
  const error = isRecord(json) ? (json['error'] ?? json) : undefined;
  const said = new Headers(headers);
  // Waiting a moment brings no money.
  if (statusError({ host, status, json, retryAfterSeconds: undefined }).exhausted) said.set('x-should-retry', 'false');
  // The SDK keeps what is under this name, and of everything else only a text of its own making.
  return Response.json({ error }, { status, headers: said });
}
