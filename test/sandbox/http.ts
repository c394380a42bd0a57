// Requests in, answers out: the little of HTTP that the sandbox's endpoints share.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';

import { parseJson } from './json';

/** One request as it came in, with nothing hidden, and what became of it. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The fields of a form body; empty for every other body. */
  readonly form: Readonly<Record<string, string>>;
  /** The value of a JSON body; undefined for every other body. */
  readonly json: unknown;
  /** When it was complete, in milliseconds since the epoch. */
  readonly at: number;
  /** The status that was sent; undefined until the answer's headers went out. */
  status: number | undefined;
  /** `aborted`: the connection ended, by either side, before the answer was complete. */
  outcome: 'open' | 'answered' | 'aborted';
}

/** Answers one request. */
export type Handler = (request: RecordedRequest, response: ServerResponse) => void | Promise<void>;

/** Handlers by method and path, such as `POST /v1/chat/completions`. */
export type Routes = Readonly<Record<string, Handler>>;

/** Answers with JSON that no cache keeps (RFC 6749 §5.1). */
export function replyJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers });
  response.end(JSON.stringify(body));
}

/** Sends the browser elsewhere with a GET. A relative location also holds behind a reverse proxy. */
export function redirect(response: ServerResponse, location: string) {
  response.writeHead(303, { Location: location, 'Cache-Control': 'no-store' });
  response.end();
}

/** Answers with the handler of the request's method and path, else 404 or 405. */
export function route(routes: Routes, request: RecordedRequest, response: ServerResponse): void | Promise<void> {
  const handler = routes[`${request.method} ${request.path}`];
  if (handler) return handler(request, response);

  const suffix = ` ${request.path}`;
  const allowed = Object.keys(routes).flatMap((key) => (key.endsWith(suffix) ? [key.slice(0, -suffix.length)] : []));
  const message = `${request.method} ${request.path} is not something that the sandbox answers.`;
  const body = { error: { message, type: 'invalid_request_error', param: null, code: null } };
  if (allowed.length > 0) return replyJson(response, 405, body, { Allow: allowed.join(', ') });
  replyJson(response, 404, body);
}

/** Listens on 127.0.0.1; rejects when the port is taken. Port 0 is any free port. */
export async function listen(
  port: number,
  handle: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ server: Server; origin: string }> {
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox listens on TCP only.');
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

/** A mistake of the sandbox's own must not look like one of the faults that a test asked for. */
function fail(response: ServerResponse, error: unknown) {
  if (response.headersSent || response.destroyed) return void response.destroy();
  replyJson(response, 500, { error: { message: `The sandbox failed: ${String(error)}`, type: 'server_error' } });
}

/** Ends every connection, open streams included, and frees the port. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

/** Reads the whole request and follows its answer to the end. */
export async function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  at: number,
): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const type = incoming.headers['content-type'] ?? '';

  const request: RecordedRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    text,
    form: type.startsWith('application/x-www-form-urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : {},
    json: type.startsWith('application/json') ? parseJson(text) : undefined,
    at,
    status: undefined,
    outcome: 'open',
  };
  response.once('close', () => {
    request.outcome = response.writableFinished ? 'answered' : 'aborted';
    request.status = response.headersSent ? response.statusCode : undefined;
  });
  return request;
}
