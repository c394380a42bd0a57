import { createServer, type Socket } from 'node:net';

/** A server that answers whatever it likes. */
export interface RawServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts a server on 127.0.0.1 that does this with each connection, once something has come over it. */
export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes the same piece again and again, for as long as somebody reads. */
export function endlessly(piece: string): (socket: Socket) => void {
  const go = (socket: Socket): void => void (socket.writable && socket.write(piece, () => setImmediate(go, socket)));
  return go;
}
