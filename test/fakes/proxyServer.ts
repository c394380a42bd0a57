import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A proxy as companies have it: for plain http and, by CONNECT, for TLS (RFC 9110 §9.3.6). */
export interface ProxyServer {
  readonly origin: string;
  readonly port: number;
  /** What it was asked for, such as `CONNECT api.example.com:443`, with the login that came along. */
  readonly asked: readonly { readonly what: string; readonly login: string | undefined }[];
  /** The login (`name:password`) without which nobody is let through; may be changed at any time. */
  login: string | undefined;
  /** Ends every connection; the next ones are made anew. */
  drop(): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy on 127.0.0.1. It alone knows where hosts are: whatever the name, it goes to that port of this machine.
 */
export async function startProxy(to: () => number, login?: string): Promise<ProxyServer> {
  const asked: { what: string; login: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const isLet = ({ method, url, headers }: IncomingMessage): boolean => {
    const [, basic = ''] = /^Basic (.+)$/.exec(headers['proxy-authorization'] ?? '') ?? [];
    const given = basic ? Buffer.from(basic, 'base64').toString() : undefined;
    asked.push({ what: `${method} ${url}`, login: given });
    return proxy.login === undefined || given === proxy.login;
  };
  const server: Server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    if (!isLet(incoming)) return void response.writeHead(407, ASK_FOR_LOGIN).end();
    const { pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: to(), path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => undefined);
    if (!isLet(incoming)) {
      const header = `Proxy-Authenticate: ${ASK_FOR_LOGIN['Proxy-Authenticate']}`;
      return void socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${header}\r\nContent-Length: 0\r\n\r\n`);
    }
    const onward = connect(to(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const proxy: ProxyServer = {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    login,
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      proxy.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

const ASK_FOR_LOGIN = { 'Proxy-Authenticate': 'Basic realm="proxy"' } as const;
