import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { isRecord, parseJson } from '../../src/core/base/json';
import { endlessly } from '../fakes/rawServer';
import { type Fault, STRAY } from './network';

const MEBIBYTE = 1024 * 1024;
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 64\r\n\r\n';

/** The faults that every endpoint may meet: the rows of the matrix. */
export const FAULTS = {
  'a host that is not found': { kind: 'unreachable', why: 'unknownHost' },
  'a port where nobody listens': { kind: 'unreachable', why: 'refused' },
  'a reset of the connection at once': { kind: 'connection', from: 'start', act: reset },
  'a reset before the headers': { kind: 'connection', act: reset },
  'a reset behind the headers': { kind: 'connection', act: (socket) => socket.write(HEAD, () => reset(socket)) },
  'a reset within the body': { kind: 'connection', act: (socket) => socket.write(`${HEAD}{"a":`, () => reset(socket)) },
  'an end within the body': { kind: 'connection', act: (socket) => socket.end(`${HEAD}{"a":`) },
  'no answer at all': { kind: 'connection', act: () => undefined, silent: 'beforeHeaders' },
  'a body that stands still': { kind: 'connection', act: (socket) => socket.write(`${HEAD}{"a":`), silent: 'inBody' },
  invalid_request: oauthError('invalid_request'),
  'invalid_client with 401': oauthError('invalid_client', '401 Unauthorized'),
  invalid_grant: oauthError('invalid_grant'),
  unauthorized_client: oauthError('unauthorized_client'),
  unsupported_grant_type: oauthError('unsupported_grant_type'),
  invalid_scope: oauthError('invalid_scope'),
  access_denied: oauthError('access_denied'),
  expired_token: oauthError('expired_token'),
  authorization_pending: oauthError('authorization_pending'),
  slow_down: oauthError('slow_down'),
  'slow_down with 429': oauthError('slow_down', '429 Too Many Requests'),
  server_error: oauthError('server_error'),
  temporarily_unavailable: oauthError('temporarily_unavailable'),
  '401': answer('401 Unauthorized', {}),
  '403': answer('403 Forbidden', {}),
  '404': answer('404 Not Found', {}),
  '429': answer('429 Too Many Requests', {}),
  '429 with Retry-After': answer('429 Too Many Requests', { 'Retry-After': '7' }),
  '500': answer('500 Internal Server Error', {}),
  '503': answer('503 Service Unavailable', {}),
  'a page with 200': answer('200 OK', { 'Content-Type': 'text/html' }, '<!doctype html><p>Are you a human?'),
  'an empty body': answer('200 OK', {}, ''),
  'JSON that breaks off': answer('200 OK', {}, '{"access_token":"broken-'),
  'JSON that is no object': answer('200 OK', {}, '"access_token"'),
  'a body of 10 MiB': answer('200 OK', {}, `{"access_token":"${'x'.repeat(10 * MEBIBYTE)}"}`),
  'a decompression bomb': answer('200 OK', { 'Content-Encoding': 'gzip' }, bomb()),
  'a redirect to another host': redirect('307 Temporary Redirect'),
  'a redirect that makes a GET': redirect('303 See Other'),
  'another content type': {
    kind: 'changed',
    change: ({ body, status }) => new Response(body, { status, headers: { 'content-type': 'text/plain' } }),
  },
} as const satisfies Readonly<Record<string, Fault>>;

/** The name of a fault that every endpoint may meet. */
export type FaultName = keyof typeof FAULTS;

/** The real answer with some of its JSON changed; undefined takes a member out. */
export function changed(members: Readonly<Record<string, unknown>>): Fault {
  return {
    kind: 'changed',
    change: async (response) => {
      const json = parseJson(await response.text());
      return Response.json({ ...(isRecord(json) && json), ...members }, { status: response.status });
    },
  };
}

/** An answer with a status line, headers, and a body. */
export function answer(status: string, headers: Readonly<Record<string, string>>, body: string | Buffer = '{}'): Fault {
  const bytes = Buffer.from(body);
  const all = { 'Content-Type': 'application/json', 'Content-Length': bytes.length, Connection: 'close', ...headers };
  const lines = [`HTTP/1.1 ${status}`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)];
  const whole = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
  return { kind: 'connection', act: (socket) => socket.end(whole) };
}

/** An answer that goes on with the same piece for as long as somebody reads. */
export function endless(piece: string): Fault {
  return {
    kind: 'connection',
    act: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n');
      endlessly(piece)(socket);
    },
  };
}

/** An error of RFC 6749 §5.2 or RFC 8628 §3.5, without words of the server's own. */
export function oauthError(error: string, status = '400 Bad Request'): Fault {
  return answer(status, {}, JSON.stringify({ error }));
}

/** 8 MiB in 40 KiB. */
function bomb(): Buffer {
  return gzipSync(Buffer.alloc(8 * MEBIBYTE), { level: 1 });
}

/** Sends the client on to this very server by another name, which counts whoever comes. */
function redirect(status: string): Fault {
  const location = (socket: Socket): string => `http://localhost:${socket.localPort}${STRAY}`;
  return {
    kind: 'connection',
    act: (socket) =>
      socket.end(
        `HTTP/1.1 ${status}\r\nLocation: ${location(socket)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      ),
  };
}

/** RST rather than FIN, as a firewall that cuts in sends it. */
function reset(socket: Socket): void {
  socket.resetAndDestroy();
}
