import type * as sdk from 'openai';
import { RequestError } from '../base/errors';
import { failureOf, readBounded } from '../base/http';
import { retryAfterSeconds } from '../base/retryAfter';
import { statusError } from '../base/refusalError';
import { type Access, accessHeaders } from '../providers/access';
import type { GenerationConfig } from '../providers/generationConfig';
import { hostOf } from '../base/origin';
import { platformCode } from '../base/platformCode';
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
  /** How long a server may send nothing, in milliseconds, by the setting; 0 is no limit, undefined the usual one. */
  readonly requestTimeoutMs?: () => number | undefined;
}

/** The SDK's client, for one request; of its resources none is shipped. */
export type SdkClient = Pick<InstanceType<OpenAIPackage['OpenAI']>, 'post'>;

/**
 * The way of one request, what was refused on it last, and who is told that it is tried, or has come to nothing for
 * good.
 */
export interface Wire {
  readonly access: Access;
  readonly onTry: () => void;
  readonly onEnd: () => void;
  refusal?: RequestError;
}

/** The longest that a timer can wait: for entries that want no limit. */
const NO_LIMIT_MS = 2 ** 31 - 1;
/** In the place of all headers of the SDK's: others tell about this machine, or come from variables of the process. */
const OF_JSON = { accept: 'application/json', 'content-type': 'application/json' };

/** A client that sends what is asked for, and nothing else that the SDK or the process would add. */
export function createSdkClient(
  { OpenAI }: OpenAIPackage,
  { fetch, userAgent }: ChatPorts,
  wire: Wire,
  { customHeaders }: GenerationConfig,
  maxRetries: number,
): SdkClient {
  const { access } = wire;
  const headers = { ...OF_JSON, 'user-agent': userAgent, ...customHeaders, ...accessHeaders(access) };
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
      const target = String(url instanceof Request ? url.url : url);
      wire.onTry();
      try {
        const answer = await fetch(target, { ...init, redirect: 'manual', headers });
        return await readable(answer, wire);
      } catch (error) {
        if (isLate(error)) wire.onEnd();
        throw error;
      }
    },
    maxRetries,
    // The silence of a server is limited by whoever reads the answer: the SDK would begin the prompt anew.
    timeout: NO_LIMIT_MS,
    logLevel: 'off',
  });
}

/** Whether the platform gave up after the prompt was sent: then the server may well be at work on it. */
function isLate(error: unknown): boolean {
  return failureOf(error) === 'timeout' && !/CONNECT/i.test(`${platformCode(error)} ${syscallOf(error)}`);
}

function syscallOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return syscallOf(error.cause) || ('syscall' in error ? String(error.syscall) : '');
}

/** A response as the SDK may have it: not sent on to another host, and no error page without bounds. */
async function readable(response: Response, wire: Wire): Promise<Response> {
  if (response.ok) return response;
  const refusal = await refusedAnswer(response, wire.access);
  wire.refusal = refusal;
  return new Response(null, { status: response.status, headers: retryHeaders(refusal) });
}

/** The error that an answer is whose status is not 2xx; at most 1 MiB of it is read. Throws `RequestError` for more. */
export async function refusedAnswer(
  response: Response,
  { baseUrl, key }: Pick<Access, 'baseUrl' | 'key'>,
): Promise<RequestError> {
  const { status, headers, body } = response;
  const host = hostOf(baseUrl);
  if (status < 400) {
    await body?.cancel();
    return new RequestError(host, 'redirect', { status });
  }
  const text = await readBounded(response, host);
  return statusError({ host, status, text, retryAfterSeconds: retryAfterSeconds(headers) }, key);
}

/** The longest wait, in seconds, that the SDK keeps to before it tries again. */
const LONGEST_WAIT = 60;

/** When the SDK is to try again: what waiting cannot mend, or not soon, is not asked twice. */
function retryHeaders({ reason, details }: RequestError): Readonly<Record<string, string>> {
  const { retryAfterSeconds: wait = 0 } = details;
  const isPassing = (reason === undefined && details.status !== 429) || reason === 'tooFast' || reason === 'overloaded';
  if (!isPassing || wait >= LONGEST_WAIT) return { 'x-should-retry': 'false' };
  return wait > 0 ? { 'retry-after': String(wait) } : {};
}
