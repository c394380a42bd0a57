import type { ClientRequest, IncomingMessage } from 'node:http';
import { finished, pipeline, type Readable } from 'node:stream';
import zlib from 'node:zlib';
import { isRecord } from '../base/json';
import { isCutCode } from '../base/obstacle';
import { platformCode } from '../base/platformCode';
import type { Fetch } from '../base/ports';
import type { NodeRequest } from './nodeRequest';

/** Statuses whose answers have no body (RFC 9110 §6.4.1). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * `fetch` over Node's own requests, for what the platform's does not do: proxies of the environment, and authorities
 * that it does not know (PEM). Follows no redirects. Throws `TypeError` for a body that is no text, and `RangeError`
 * for an answer whose status is none.
 */
export function createNodeFetch(begin: NodeRequest, authorities?: readonly string[]): Fetch {
  return async (url, { method, headers, body, signal: given }) => {
    if (typeof body !== 'string' && body !== undefined && body !== null) throw new TypeError('the body is no text');
    const signal = given ?? new AbortController().signal;
    for (let resent = 0; ; resent += 1) {
      const call = callUnder(signal);
      const request = await begin(new URL(url), {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        signal: call.signal,
        ...(authorities && { ca: [...authorities] }),
      }).catch((error: unknown) => {
        call.leave();
        throw error;
      });
      const sentAt = performance.now();
      try {
        const message = await answerOf(request, body ?? undefined);
        call.follow(message);
        return responseOf(message, signal);
      } catch (error) {
        call.leave();
        request.destroy();
        const isQuick = resent < MOST_RESENT && performance.now() - sentAt < CLOSED_WITHIN_MS;
        if (!isQuick || !isClosedIdle(request, error) || signal.aborted) throw error;
      }
    }
  };
}

/**
 * A signal that follows another one until all of the answer has come. Aborted then, Node would break a connection that
 * serves the next request, and fail with an error that nobody hears.
 */
function callUnder(signal: AbortSignal) {
  const call = new AbortController();
  let answer: IncomingMessage | undefined;
  const abort = (): void => {
    if (!answer?.complete) call.abort(signal.reason);
  };
  const leave = (): void => signal.removeEventListener('abort', abort);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  const follow = (message: IncomingMessage): void => void (answer = message.once('close', leave));
  return { signal: call.signal, follow, leave };
}

/** How soon a connection fails that was closed before: as long as a message takes there and back. */
const CLOSED_WITHIN_MS = 1000;
const MOST_RESENT = 2;

/**
 * Whether it looks as if the server had closed the connection of an earlier request before this one came: then it has
 * read nothing of it, and it may be sent again (RFC 9112 §9.3.1). One that it has worked on fails later.
 */
function isClosedIdle({ reusedSocket }: ClientRequest, error: unknown): boolean {
  return reusedSocket && isCutCode(platformCode(error));
}

/**
 * Ends a request, and resolves with the answer. Rejects where there is none. Node does not report two such cases as
 * errors: a switch of protocols that nobody asked for (RFC 9110 §15.2.2), and a connection that closes without a word.
 */
function answerOf(request: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let onTheWay: unknown;
    request.once('response', resolve);
    // VS Code's agent tells why it did not get through a proxy by an event of its own; its error says that it did not.
    request.once('proxy', (told: unknown) => (onTheWay = isRecord(told) ? told['error'] : undefined));
    request.on('error', (error) =>
      reject(onTheWay instanceof Error ? new Error(error.message, { cause: onTheWay }) : error),
    );
    request.once('close', () =>
      reject(Object.assign(new Error('the connection ended without an answer'), { code: 'ECONNRESET' })),
    );
    request.end(body);
  });
}

function responseOf(message: IncomingMessage, signal: AbortSignal): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = message;
  const headers = new Headers();
  let name = '';
  for (const text of rawHeaders) {
    if (name) headers.append(name, text);
    name = name ? '' : text;
  }
  if (WITHOUT_BODY.has(status)) {
    message.resume();
    return new Response(null, { status, statusText, headers });
  }
  return new Response(bodyOf(decoded(message), signal), { status, statusText, headers });
}

/**
 * The bytes of an answer, read no faster than they are wanted; what has come at once is one piece. Unlike
 * `Readable.toWeb`, this copies nothing that came by itself.
 */
function bodyOf(readable: Readable, signal: AbortSignal): ReadableStream<Uint8Array> {
  let isWanted = false;
  let isOver = false;
  const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    readable.on('readable', () => give(controller));
    // It also hears the errors that come later, which nobody is told of.
    finished(readable, (error) => {
      if (isOver) return;
      // A body that ends with the connection would count as whole where it is called off.
      if (error || signal.aborted) controller.error(error ?? signal.reason);
      else controller.close();
    });
  };
  const give = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const bytes: Uint8Array | null = isWanted ? readable.read() : null;
    if (bytes === null || isOver) return;
    isWanted = false;
    controller.enqueue(bytes);
  };
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    isWanted = true;
    give(controller);
  };
  const cancel = (): void => {
    isOver = true;
    readable.destroy();
  };
  return new ReadableStream<Uint8Array>({ start, pull, cancel }, { highWaterMark: 0 });
}

const PIECEWISE = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH };
/** What undoes an encoding (RFC 9110 §8.4.1), piece by piece as it comes. */
const DECODERS: ReadonlyMap<string | undefined, () => NodeJS.ReadWriteStream & Readable> = new Map([
  ['gzip', () => zlib.createGunzip(PIECEWISE)],
  ['x-gzip', () => zlib.createGunzip(PIECEWISE)],
  ['deflate', () => zlib.createInflate(PIECEWISE)],
  ['br', () => zlib.createBrotliDecompress()],
]);

/** Nobody asked for an encoding, but some gateways encode all the same. */
function decoded(message: IncomingMessage): Readable {
  const decoder = DECODERS.get(message.headers['content-encoding']?.toLowerCase())?.();
  return decoder ? pipeline(message, decoder, () => undefined) : message;
}
