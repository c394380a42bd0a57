// The proxy that a browser talks to. It passes everything on to the VS Code server, and adds what that server lacks:
// the key for secrets, pages of this machine under /proxy/<port>/, and the libraries of the workbench.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules');

const CONTENT_TYPES = {
  '.css': 'text/css',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * @typedef {http.RequestOptions} Target where a request goes
 * @typedef {{ target: Target, base: string, path: string }} Route `base` is what was cut from the path
 */

/**
 * Starts the proxy on 127.0.0.1.
 * @param {{ socketPath: string, port: number }} options the server's socket; port 0 takes a free one
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export async function startProxy({ socketPath, port }) {
  // Half of the key that encrypts secrets in the browser; the same for as long as the browser's profile is.
  const key = randomBytes(32);
  const sockets = new Set();

  const server = http.createServer((request, response) => {
    const url = request.url ?? '/';
    if (!isOurs(request)) return void response.writeHead(403).end('This address is not for other sites.');
    if (request.method === 'POST' && url === '/mint-key') return void response.end(key);
    const file = packagedFile(url);
    if (file) return sendFile(file, response);
    return passOn(request, response, route(url, socketPath));
  });

  server.on('upgrade', (request, socket, head) => {
    if (!isOurs(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const { target, path: pathname } = route(request.url ?? '/', socketPath);
    const upstream = target.socketPath
      ? net.connect(target.socketPath)
      : net.connect(Number(target.port), target.host ?? '');
    upstream.write(requestHead(request, pathname));
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * Whether a request comes from our own pages or from the address bar. A page of another site must not reach the
 * terminal behind the WebSocket, neither by its own name (Origin) nor by a name that points here (Host).
 * @param {http.IncomingMessage} request
 */
function isOurs({ headers, method }) {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(host)) return false;
  const isNavigation = method === 'GET' && !headers.upgrade;
  return isNavigation || !headers.origin || headers.origin === `http://${host}`;
}

/**
 * The file of a package that the workbench asks for and the bare server would not find.
 * @param {string} url
 */
function packagedFile(url) {
  const { pathname } = new URL(url, 'http://proxy');
  const [, library] = /^\/[^/]+\/static\/node_modules\/(.+)$/.exec(pathname) ?? [];
  const [, asset] = /^\/_static\/(src\/browser\/.+)$/.exec(pathname) ?? [];
  if (library) return path.join(packages, decodeURIComponent(library));
  if (asset) return path.join(packages, 'code-server', decodeURIComponent(asset));
  return undefined;
}

/**
 * @param {string} file
 * @param {http.ServerResponse} response
 */
function sendFile(file, response) {
  const type = Object.entries(CONTENT_TYPES).find(([extension]) => extension === path.extname(file))?.[1];
  if (!type || !file.startsWith(packages)) return void response.writeHead(404).end();
  const stream = createReadStream(file);
  stream.once('open', () => {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'public, max-age=31536000' });
    stream.pipe(response);
  });
  stream.once('error', () => response.writeHead(404).end());
}

/**
 * @param {string} url
 * @param {string} socketPath
 * @returns {Route}
 */
function route(url, socketPath) {
  const [, base, port, rest] = /^(\/proxy\/(\d+))(.*)$/.exec(url) ?? [];
  if (!base || rest === undefined) return { target: { socketPath }, base: '', path: url };
  const pathname = rest.startsWith('/') ? rest : `/${rest}`;
  return { target: { host: '127.0.0.1', port }, base, path: whole(pathname) };
}

/** VS Code's link to the editor inside another link; in OpenRouter's it has a state that belongs to it. */
const INNER_LINKS = [
  /(?<=[?&]redirect_uri=)[^&]+%253Fvscode-[^&]*(&vscode-[^&]*)*/,
  /(?<=[?&]callback_url=)[^&]+%253Fvscode-[^&]*(&(vscode-|state=)[^&]*)*/,
];

/**
 * An address whose query is in one piece again: the workbench decodes it on the way here, all but a question mark, so
 * that an address inside it falls apart.
 * @param {string} address
 */
const whole = (address) =>
  INNER_LINKS.reduce(
    (text, link) => text.replace(link, (inner) => encodeURIComponent(decodeURIComponent(inner).replace('%3F', '?'))),
    address,
  );

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {Route} route
 */
function passOn(request, response, { target, base, path: pathname }) {
  const { method, headers } = request;
  const upstream = http.request({ ...target, path: pathname, method, headers }, (answer) => {
    const { location } = answer.headers;
    // A redirect to a path of the proxied server stays below its prefix.
    if (base && location?.startsWith('/')) answer.headers.location = base + location;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end(`Nothing answered: ${error.message}`);
  });
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}

/**
 * The head of an upgrade request as it came, with another path.
 * @param {http.IncomingMessage} request
 * @param {string} pathname
 */
function requestHead({ method, rawHeaders }, pathname) {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 ? [] : [`${name}: ${rawHeaders[at + 1]}`]));
  return [`${method} ${pathname} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
