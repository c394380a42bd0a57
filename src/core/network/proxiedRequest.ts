import type { ClientRequest } from 'node:http';
import { isIP, type Socket } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import { isPlainAnswer, Obstacle, proxyObstacle } from '../base/obstacle';
import { bareHostname, decodedPart } from '../base/origin';
import { platformCode } from '../base/platformCode';
import { beginRequest, type NodeRequest, type NodeRequestOptions } from './nodeRequest';

/** Requests that go by the proxy that a rule names for their address, and straight where it names none. */
export function requestThrough(proxyFor: (url: URL) => URL | undefined): NodeRequest {
  return async (url, options) => {
    const proxy = proxyFor(url);
    if (!proxy) return beginRequest(url, options);
    if (url.protocol === 'http:') return askProxy(proxy, url, options);
    const socket = await openTunnel(proxy, url, options);
    const { ca, rejectUnauthorized = true } = options;
    const host = bareHostname(url);
    const name = isIP(host) ? {} : { servername: host };
    const connect = (): TLSSocket => tls.connect({ socket, host, ...name, ...(ca && { ca }), rejectUnauthorized });
    // Without an agent nobody else says that this port need not be named in `Host`.
    return beginRequest(url, { ...options, createConnection: connect, defaultPort: 443 });
  };
}

/** Plain http is asked of the proxy itself, by the whole address (RFC 9112 §3.2.2). */
function askProxy(proxy: URL, url: URL, options: NodeRequestOptions): ClientRequest {
  const headers = { ...options.headers, host: url.host, ...loginOf(proxy) };
  return beginRequest(proxy, { ...options, agent: false, path: url.href, headers });
}

/** RFC 9110 §9.3.6. */
function openTunnel(proxy: URL, url: URL, { signal }: NodeRequestOptions): Promise<Socket> {
  const authority = `${url.hostname}:${url.port || 443}`;
  const headers = { host: authority, ...loginOf(proxy) };
  const asking = beginRequest(proxy, {
    agent: false,
    method: 'CONNECT',
    path: authority,
    headers,
    signal,
  });
  return new Promise((resolve, reject) => {
    // However a proxy answers, or breaks off, it is one of these two to Node.
    asking.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      reject(proxyObstacle(proxy.host, statusCode));
    });
    asking.once('error', (error) => {
      const code = platformCode(error);
      reject(
        signal.aborted ? error : isPlainAnswer(error) ? plainProxy(proxy.host, code) : proxyObstacle(proxy.host, code),
      );
    });
    asking.end();
  });
}

function loginOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (!username && !password) return {};
  const login = `${decodedPart(username)}:${decodedPart(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

/** A proxy that speaks http, and is set with https. */
function plainProxy(proxy: string, code: string): Obstacle {
  return new Obstacle(code, { proxy: { proxy, speaks: 'http' } });
}
