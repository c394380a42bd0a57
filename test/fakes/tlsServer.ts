import { type IncomingMessage, request as begin, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Certificate } from './certificates';

/** A server with a certificate. */
export interface TlsServer {
  readonly port: number;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  /** Resolves once somebody has asked for something, or all who have connected so far are gone. */
  askedOrGone(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on 127.0.0.1 that shows a certificate, and answers with JSON unless told otherwise. */
export async function startTlsServer(
  { cert, key }: Certificate,
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('{"data":[]}'),
): Promise<TlsServer> {
  const asked: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  // Whoever does not trust the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  const isAsked = new Promise<void>((resolve) => server.once('request', () => resolve()));
  const gone: Promise<void>[] = [];
  server.on('connection', (socket) => gone.push(new Promise((resolve) => socket.once('close', () => resolve()))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    asked,
    askedOrGone: async () => void (await Promise.race([isAsked, Promise.all(gone)])),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Answers what a server without TLS answers to the same request; `to` is its address, by the host that was asked for.
 */
export function passOn(
  to: string | ((host: string) => string),
): (incoming: IncomingMessage, response: ServerResponse) => void {
  return (incoming, response) => {
    const { method = 'GET', url = '', headers } = incoming;
    const base = typeof to === 'string' ? to : to(headers.host ?? '');
    const onward = begin(base + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  };
}
