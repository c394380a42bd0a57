import * as l10n from '@vscode/l10n';
import { createServer, type Server } from 'node:http';
import { ConfigurationError } from '../base/errors';
import type { Disposable } from '../base/events';
import type { Secret } from '../base/secret';
import type { Session } from '../session/session';
import type { Snapshot } from '../session/snapshot';
import { BASE_PATH, HOST } from './gatewayAddress';
import { Passes } from './passes';
import { RequestListener, type RequestPorts } from './requestListener';

/** What the gateway needs from outside. */
interface GatewayPorts extends RequestPorts {
  readonly session: RequestPorts['session'] & Pick<Session, 'onDidChange'>;
}

/** A way in for one terminal or one program: its token is worthless once it is disposed. */
export interface GatewayAccess extends Disposable {
  readonly baseUrl: string;
  readonly token: Secret;
  /** Aborted once its token is ended, by whatever. */
  readonly ended: AbortSignal;
}

/**
 * What a request may take: 16 KiB of headers within ten seconds, and all of it within two minutes. Of an answer, 256
 * KiB are held that nobody has taken yet: with less, a long one would wait behind each piece.
 */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  // How often both are looked after: Node does so every 30 s.
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 60_000,
  highWaterMark: 256 * 1024,
};
const MOST_CONNECTIONS = 512;

/**
 * A server of OpenAI's API on the loopback address, which passes requests on with the credentials of the session:
 * whoever asks gets a token that is good here alone. A token ends when it is disposed, when all are revoked, and with a
 * sign-out of the account in use. The server listens until the last one is disposed: whoever still has one that was
 * ended otherwise is told so.
 */
export class Gateway implements Disposable {
  readonly #ports: GatewayPorts;
  readonly #passes = new Passes();
  readonly #following: Disposable;
  /** Ends one access each; of those that are not ended so yet. */
  readonly #held = new Set<() => void>();
  #listening: Promise<Server> | undefined;

  constructor(ports: GatewayPorts) {
    this.#ports = ports;
    this.#following = ports.session.onDidChange(() => this.#passes.endSignedOut());
  }

  /**
   * Makes a token for whoever works with what `snapshot` says, and listens, on any free port unless one is named.
   * Throws `ConfigurationError` where the port cannot be had.
   */
  async open(snapshot: () => Snapshot, port: number = 0): Promise<GatewayAccess> {
    const { token, ended, end } = this.#passes.issue(snapshot);
    const dispose = (): void => {
      end();
      this.#held.delete(dispose);
      if (this.#held.size === 0) this.#rest();
    };
    this.#held.add(dispose);
    try {
      const server = await (this.#listening ??= this.#listen(port));
      return { baseUrl: `http://${hostOf(server)}${BASE_PATH}`, token, ended, dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** Ends every token and every request. */
  revoke(): void {
    this.#passes.endAll();
  }

  dispose(): void {
    this.#following.dispose();
    this.revoke();
    this.#rest();
  }

  async #listen(port: number): Promise<Server> {
    const listener = new RequestListener(this.#ports, this.#passes);
    const server = createServer(LIMITS, (request, response) => listener.onRequest(request, response));
    server.on('clientError', (error, socket) => listener.onClientError(error, socket));
    server.maxConnections = MOST_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', () => {
        this.#listening = undefined;
        reject(portTaken(port));
      });
      server.listen(port, HOST, resolve);
    });
    return server;
  }

  #rest(): void {
    const listening = this.#listening;
    this.#listening = undefined;
    if (listening) void close(listening);
  }
}

async function close(listening: Promise<Server>): Promise<void> {
  const server = await listening.catch(() => undefined);
  server?.close();
  server?.closeAllConnections();
}

function hostOf(server: Server): string {
  const address = server.address();
  return `${HOST}:${typeof address === 'object' && address ? address.port : 0}`;
}

function portTaken(port: number): ConfigurationError {
  const which = port === 0 ? l10n.t('a port of its own') : l10n.t('the port {port}', { port });
  return new ConfigurationError(
    { field: 'port' },
    l10n.t('This computer does not let the gateway have {which}.', { which }),
  );
}
