import { createServer, type Server, type Socket } from 'node:net';

import type { Fetch } from '../../src/core/base/ports';
import { holdLongTimers } from '../fakes/longTimers';

/** What becomes of a request in place of its answer. */
export type Fault =
  /** There is nobody to connect to. */
  | { readonly kind: 'unreachable'; readonly why: 'unknownHost' | 'refused' }
  /** A server that does as it likes with the connection, from its start or once the request has come. */
  | {
      readonly kind: 'connection';
      readonly from?: 'start';
      readonly act: (socket: Socket) => void;
      /** Where it falls silent: all patience with it ends at once. */
      readonly silent?: 'beforeHeaders' | 'inBody';
    }
  /** The real answer, changed on its way. */
  | { readonly kind: 'changed'; readonly change: (answer: Response) => Response | Promise<Response> };

/** The endpoints, by the names under which requests are noted. */
export type Endpoint =
  | 'discovery'
  | 'device'
  | 'poll'
  | 'exchange'
  | 'refresh'
  | 'revocation'
  | 'key'
  | 'models'
  | 'chat';

/** The way to the servers, on which a fault may lie. */
export interface Network {
  readonly wrap: (send: Fetch) => Fetch;
  /** The endpoints that were asked since the last look, in order, answered or not. */
  takeAsked(): string;
  /** How many requests came to where a redirect points. */
  readonly strays: number;
  /** Strikes the next so many requests to an endpoint. */
  strike(endpoint: Endpoint, fault: Fault, times: number): void;
  /** Takes the fault away. */
  mend(): void;
  close(): Promise<void>;
}

/** Where redirects of the faulty server point: to itself, by another name. */
export const STRAY = '/stray';

/** Opens a way to the servers, with a faulty server beside it. */
export async function openNetwork(): Promise<Network> {
  const timers = holdLongTimers();
  const sockets = new Set<Socket>();
  let asked: string[] = [];
  let strays = 0;
  let struck: { readonly endpoint: Endpoint; readonly fault: Fault; left: number } | undefined;
  const faulty = createServer((socket) => {
    sockets.add(socket);
    // Whoever has had enough of it cuts the connection in turn.
    socket.on('error', () => undefined);
    if (struck?.fault.kind !== 'connection') return void socket.destroy();
    const { from, act, silent } = struck.fault;
    if (from === 'start') return act(socket);
    let request = '';
    socket.on('data', (data) => {
      request += data.toString();
      if (!isWhole(request)) return;
      if (request.split(' ')[1] === STRAY) strays += 1;
      act(socket);
      if (silent === 'beforeHeaders') setImmediate(() => timers.goOff());
    });
  });
  const port = await listen(faulty);
  const closed = await closedPort();

  const pass = async (send: Fetch, endpoint: Endpoint, url: string, init: RequestInit): Promise<Response> => {
    if (struck?.endpoint !== endpoint || struck.left === 0) return await send(url, init);
    struck.left -= 1;
    const { fault } = struck;
    if (fault.kind === 'changed') return await fault.change(await send(url, init));
    const { pathname } = new URL(url);
    const nobody = fault.kind === 'unreachable' && fault.why === 'unknownHost';
    // A name with an empty label is found nowhere (RFC 1035 §2.3.1), and no resolver needs to be asked.
    const host = nobody ? 'nobody..invalid' : `127.0.0.1:${fault.kind === 'unreachable' ? closed : port}`;
    const answer = await send(`http://${host}${pathname}`, init);
    if (fault.kind === 'connection' && fault.silent === 'inBody') setImmediate(() => timers.goOff());
    return answer;
  };

  return {
    wrap: (send) => async (url, init) => {
      const endpoint = endpointOf(new URL(url), init);
      asked.push(endpoint);
      return await pass(send, endpoint, url, init);
    },
    takeAsked: () => {
      const all = asked.join(' ');
      asked = [];
      return all;
    },
    get strays() {
      return strays;
    },
    strike: (endpoint, fault, times) => {
      struck = { endpoint, fault, left: times };
    },
    mend: () => {
      struck = undefined;
    },
    close: async () => {
      timers.release();
      for (const socket of sockets) socket.destroy();
      await close(faulty);
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

/** Whether a request is there with all of its body. */
function isWhole(request: string): boolean {
  const [head = '', body] = request.split('\r\n\r\n');
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  return body !== undefined && body.length >= length;
}

function endpointOf({ pathname }: URL, { body }: RequestInit): Endpoint {
  if (pathname.includes('/.well-known/')) return 'discovery';
  if (pathname.endsWith('/device/code')) return 'device';
  if (pathname.endsWith('/revoke')) return 'revocation';
  if (pathname.endsWith('/auth/keys')) return 'key';
  if (pathname.endsWith('/models')) return 'models';
  if (pathname.endsWith('/chat/completions')) return 'chat';
  const grant = new URLSearchParams(typeof body === 'string' ? body : '').get('grant_type');
  return grant === 'refresh_token' ? 'refresh' : grant === 'authorization_code' ? 'exchange' : 'poll';
}
