import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The addresses of this machine, but 127.0.0.1, at which somebody listens at that port. */
export async function otherAddressesAt(port: number): Promise<readonly string[]> {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  // One of a link alone has to be asked for together with that link.
  const own = all.flatMap(({ address, scopeid }) => (scopeid || address === '127.0.0.1' ? [] : address));
  const others = process.platform === 'linux' ? [...own, '127.0.0.2'] : own;
  const listening = await Promise.all(others.map((address) => listensAt(port, address)));
  return others.filter((_, index) => listening[index]);
}

function listensAt(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
