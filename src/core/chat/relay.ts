import { Cancelled, RequestError } from '../base/errors';
import { failureOf, readBounded, safeCause } from '../base/http';
import { hostOf } from '../base/origin';
import { withoutSecrets } from '../base/redaction';
import { errorWithin } from '../base/refusalError';
import type { Secret } from '../base/secret';
import { untilAborted } from '../base/untilAborted';
import type { Credential } from '../credentials/resolve';
import { type Access, accessHeaders, operationUrl } from '../providers/access';
import type { Model } from '../providers/model';
import { isUnauthorized, type OpenAccess } from './authorizedChat';
import { type ChatPorts, refusedAnswer } from './sdkClient';
import { dashScopeHeaders, isDashScope, type Trace } from './dashScope';
import { Patience } from './patience';
import { type Operation, relayBody, type WrittenBody } from './relayBody';
import { timeLimit } from './timeLimit';

/** A request that another program has written, to be passed on to the server of a model. */
export interface RelayRequest {
  readonly model: Model;
  readonly operation: Operation;
  readonly body: WrittenBody;
  /** The headers that go on with it, by their names in lower case; none that carries a credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly initiator: string;
  readonly trace: Trace;
}

/** A server's answer, which began well. */
export interface RelayAnswer {
  readonly status: number;
  /** Those that are for whoever asked, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Hands its bytes on as they come, and waits for what `write` makes of them. To be called once. Throws `RequestError`
   * where they break off or stay away for too long, or `Cancelled`.
   */
  readonly sendTo: (write: Write) => Promise<void>;
}

/** What of a server's headers is for whoever asked; others are about the way to it, or about browsers. */
const PASSED =
  /^(content-type|cache-control|retry-after|retry-after-ms|x-should-retry|x-request-id|request-id|x-ratelimit-.*|openai-.*)$/;

/** Takes the next bytes of an answer; more follow once its promise, where it answers one, is resolved. */
export type Write = (bytes: Uint8Array) => Promise<void> | undefined;

/**
 * Passes a request on. A 401 is answered by one renewed access and one retry, where access can be renewed. Resolves
 * once the answer has begun. Throws `RequestError` for any status that is not 2xx, for a web page and where no answer
 * comes, `Cancelled`, or what opening throws. The request ends with the signal.
 */
export async function relay(
  ports: ChatPorts,
  open: OpenAccess,
  request: RelayRequest,
  credential: Credential,
  signal: AbortSignal,
): Promise<RelayAnswer> {
  const limit = timeLimit(request.model.generationConfig, ports.requestTimeoutMs?.());
  const silence = new AbortController();
  // Pings count as news here: whoever asks reads them too.
  const patience = new Patience({ silence: limit.ms, signs: limit.ms }, () =>
    silence.abort(new RequestError(hostOf(request.model.baseUrl), 'timeout', { limit })),
  );
  const ended = AbortSignal.any([signal, silence.signal]);
  const explain = (error: unknown): unknown => {
    if (signal.aborted) return new Cancelled();
    return silence.signal.aborted ? silence.signal.reason : error;
  };
  const send = (access: Access): Promise<Response> => {
    patience.wait();
    return sendOn(ports, access, request, credential, ended).finally(() => patience.rest());
  };
  try {
    let access = await open(undefined);
    const response = await send(access).catch(async (error: unknown) => {
      if (!access.renewable || !isUnauthorized(error)) throw error;
      access = await open(access);
      return await send(access);
    });
    const { status } = response;
    const headers = passedHeaders(response.headers, access.key);
    const sendTo = async (write: Write): Promise<void> => {
      await readOn(response, patience, write).catch((error: unknown) => {
        throw explain(unanswered(hostOf(request.model.baseUrl), error));
      });
    };
    return { status, headers, sendTo };
  } catch (error) {
    patience.stop();
    throw explain(error);
  }
}

async function sendOn(
  { fetch, userAgent }: ChatPorts,
  access: Access,
  { model, operation, body, headers, trace }: RelayRequest,
  credential: Credential,
  signal: AbortSignal,
): Promise<Response> {
  const agent = headers['user-agent'] ?? userAgent;
  const init = {
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...(isDashScope(access.baseUrl, credential) && dashScopeHeaders(credential, agent)),
      ...headers,
      'user-agent': agent,
      'content-type': 'application/json',
      ...model.generationConfig.customHeaders,
      ...accessHeaders(access),
    },
    body: relayBody(model, operation, body, credential, trace),
    signal,
  } as const;
  const response = await untilAborted(fetch(operationUrl(access, operation), init), signal).catch((error: unknown) => {
    throw unanswered(hostOf(access.baseUrl), error);
  });
  if (!response.ok) throw await untilAborted(refusedAnswer(response, access), signal);
  if (!/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) return response;
  // A page of a firewall or of a network's sign-in, which no program could make anything of.
  throw errorWithin(
    hostOf(access.baseUrl),
    await untilAborted(readBounded(response, hostOf(access.baseUrl)), signal),
    access.key,
  );
}

/** Without those that show the key: whoever asks is not to have it, and programs log such as `x-request-id`. */
function passedHeaders(headers: Headers, key: Secret | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...headers].filter(([name, value]) => PASSED.test(name) && withoutSecrets(value, key) === value),
  );
}

async function readOn({ body }: Response, patience: Patience, write: Write): Promise<void> {
  const reader = (body ?? new Blob([]).stream()).getReader();
  try {
    for (;;) {
      patience.wait();
      const { done, value } = await reader.read();
      patience.rest();
      patience.progress();
      if (done) return;
      const room = write(value);
      if (room) await room;
    }
  } finally {
    patience.stop();
    void reader.cancel().catch(() => undefined);
  }
}

function unanswered(host: string, error: unknown): RequestError {
  return new RequestError(host, failureOf(error), {}, { cause: safeCause(error) });
}
