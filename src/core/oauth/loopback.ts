import * as l10n from '@vscode/l10n';
import { numberLocale } from '../../language/locale';
import { joinSentences } from '../../language/joinSentences';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ConfigurationError } from '../base/errors';
import type { Disposable } from '../base/events';
import { bareHostname } from '../base/origin';
import { type Redirect, readRedirect } from './redirect';

/** Where a browser on this machine comes back to, until it is disposed. */
export interface Loopback extends Disposable {
  readonly redirectUri: string;
}

/** The sign-in that waits for a redirect. */
interface RedirectReceiver {
  /** Whether the redirect belongs to this sign-in; asked for every redirect, whoever sent it. */
  accepts(redirect: Redirect): boolean;
  /** Called with an accepted redirect once the browser has its page. */
  receive(redirect: Redirect): void;
}

/** A request that takes longer comes from nobody's browser. */
const REQUEST_TIMEOUT_MS = 10_000;

const PAGE = `<!doctype html>
<html lang="${numberLocale()}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${l10n.t('Back to your editor')}</title>
<style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 24rem; text-align: center }</style>
<h1>${l10n.t('Back to your editor')}</h1>
<p>${l10n.t('You can close this page. Your editor says how the sign-in went.')}</p>
`;

/**
 * Listens for a redirect to the loopback address, on any free port where it names none (RFC 8252 §7.3). Whatever else
 * comes (another path, a foreign origin, another sign-in's state) is not found, and ends nothing. Throws
 * `ConfigurationError` where the port is taken.
 */
export async function listenOnLoopback(address: string, receiver: RedirectReceiver): Promise<Loopback> {
  const { hostname, port, pathname, search } = new URL(address);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const redirect = host(request) === hosts ? redirectIn(request, pathname) : undefined;
    if (!redirect || !receiver.accepts(redirect)) return notFound(response);
    response.once('close', () => receiver.receive(redirect));
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      Connection: 'close',
    });
    response.end(PAGE);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(portTaken(port))).listen(Number(port), interfaceOf(hostname), resolve);
  });
  const bound = server.address();
  const hosts = `${hostname}:${typeof bound === 'object' && bound ? bound.port : port}`;
  return {
    redirectUri: port ? address : `http://${hosts}${pathname}${search}`,
    dispose: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A browser tries `localhost` in both families. */
function interfaceOf(hostname: string): string {
  return hostname === 'localhost' ? '127.0.0.1' : bareHostname({ hostname });
}

/** Another name for this machine is another site's (DNS rebinding). */
function host({ headersDistinct }: IncomingMessage): string {
  return headersDistinct['host']?.join().toLowerCase() ?? '';
}

function redirectIn({ method, url = '', headers }: IncomingMessage, pathname: string): Redirect | undefined {
  const [path, ...rest] = url.split('?');
  const query = rest.join('?');
  // A browser that follows a redirect has no origin to name; a script of some page has.
  return method === 'GET' && path === pathname && query && headers.origin === undefined
    ? readRedirect(query)
    : undefined;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { Connection: 'close' }).end();
}

function portTaken(port: string): ConfigurationError {
  const why = port
    ? l10n.t('This computer does not let us have port {port}, to which the sign-in returns.', { port })
    : l10n.t('This computer does not let us have a port for the way back from the browser.');
  return new ConfigurationError({ field: 'redirect' }, joinSentences(why, l10n.t('Sign in another way.')));
}
