import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

import { RequestError } from '../../../src/core/base/errors';
import { send } from '../../../src/core/base/http';
import { Obstacle } from '../../../src/core/base/obstacle';
import { ExplainedFetch } from '../../../src/core/network/explainedFetch';
import { createNodeFetch } from '../../../src/core/network/nodeFetch';
import { type NodeRequest, platformRequest } from '../../../src/core/network/nodeRequest';
import { requestThrough } from '../../../src/core/network/proxiedRequest';
import type { Fetch } from '../../../src/core/base/ports';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { platformFetch } from '../../fakes/bench';
import { createAuthority, selfSigned } from '../../fakes/certificates';
import { type ProxyServer, startProxy } from '../../fakes/proxyServer';
import { startRawServer } from '../../fakes/rawServer';
import { startTlsServer, type TlsServer } from '../../fakes/tlsServer';

const THIS_MACHINE = ['localhost', '127.0.0.1'];
const known = createAuthority('Known Authority');
const unknown = createAuthority('Acme Corp "Inspection" CA');
/** What knows the one authority, and no other. */
const trusting = createNodeFetch(platformRequest, [known.cert]);

const explained = (fetch: Fetch, request: NodeRequest = platformRequest, proxy?: string): Fetch =>
  new ExplainedFetch({ fetch, request, proxyOf: () => proxy }).fetch;

/** What a person reads where a request fails, with the button. */
async function said(fetch: Fetch, url: string): Promise<string> {
  const headers = { authorization: 'Bearer sk-0123456789abcdef' };
  const error: unknown = await send(fetch, url, { headers }, new AbortController().signal).catch((one: unknown) => one);
  assert.ok(error instanceof RequestError, String(error));
  const problem = problemOf(error, { during: 'test' });
  assert.ok(problem);
  return `${problemText(problem)} [${problem.action?.label}]`;
}

describe('a certificate that is not trusted', () => {
  let server: TlsServer;
  afterEach(async () => {
    // A request could still be on its way.
    await server.askedOrGone();
    await server.stop();
    assert.deepEqual(server.asked, []);
  });

  for (const [what, fetch, certificate, reads] of [
    [
      'that its server has signed itself',
      platformFetch,
      selfSigned(THIS_MACHINE),
      /^The certificate of SERVER is not trusted\. The server has signed it itself\. .* \[Open settings\]$/,
    ],
    [
      'of an authority that nobody knows',
      platformFetch,
      unknown.issue(THIS_MACHINE),
      /^The certificate of SERVER is not trusted\. It was issued by "Acme Corp Inspection CA", whom .* \[Open settings\]$/,
    ],
    [
      'that has run out',
      trusting,
      known.issue(THIS_MACHINE, { fromDays: -9, toDays: -2 }),
      /^The certificate of SERVER ran out on \d{4}-\d\d-\d\d\. It was issued by "Known Authority"\. .* \[Try again\]$/,
    ],
    [
      'that is not valid yet',
      trusting,
      known.issue(THIS_MACHINE, { fromDays: 2, toDays: 9 }),
      /^The certificate of SERVER is not valid before \d{4}-\d\d-\d\d\. .* clock .* \[Try again\]$/,
    ],
    [
      'of another host',
      trusting,
      known.issue(['other.example.com', 'more.example.com']),
      /^What answers at SERVER is somebody else: its certificate is for other\.example\.com, more\.example\.com\. It was issued by "Known Authority"\. .* \[Try again\]$/,
    ],
  ] as const) {
    it(`${what} is told apart, and gets no request`, async () => {
      server = await startTlsServer(certificate);
      const host = `127.0.0.1:${server.port}`;

      const text = await said(explained(fetch), `https://${host}/v1/models`);

      assert.match(text.replaceAll(host, 'SERVER'), reads);
    });
  }

  it('keeps its issuer to itself where it cannot be read', async () => {
    server = await startTlsServer(unknown.issue(THIS_MACHINE));
    const unable: NodeRequest = () => Promise.reject(new Error('no way there'));

    assert.match(
      await said(explained(platformFetch, unable), `https://127.0.0.1:${server.port}/`),
      /by somebody unknown/,
    );
  });
});

describe('authorities that are asked for in need', () => {
  it('let a request through that the usual ones do not, and the next one at once', async () => {
    const server = await startTlsServer(known.issue(THIS_MACHINE));
    let asked = 0;
    const fetch = new ExplainedFetch({
      fetch: platformFetch,
      request: platformRequest,
      proxyOf: () => undefined,
      trustMore: () => {
        asked += 1;
        return trusting;
      },
    }).fetch;

    const url = `https://127.0.0.1:${server.port}/`;
    const [one, two] = await Promise.all([fetch(url, {}), fetch(url, {})]);
    const { status } = await fetch(url, {});
    assert.deepEqual([one.status, two.status, status, asked], [200, 200, 200, 1]);
    await server.stop();
  });

  it('are asked for nothing that may have been done: a request whose connection ends is sent once', async () => {
    const server = await startTlsServer(known.issue(THIS_MACHINE), (request) => request.socket.destroy());
    const { fetch } = new ExplainedFetch({
      fetch: trusting,
      request: platformRequest,
      proxyOf: () => undefined,
      trustMore: () => createNodeFetch(platformRequest, [known.cert]),
    });

    await assert.rejects(fetch(`https://127.0.0.1:${server.port}/pay`, { method: 'POST', body: '{}' }), {
      code: 'ECONNRESET',
    });
    assert.deepEqual(server.asked, ['/pay']);
    await server.stop();
  });

  it('are gone without again once they do not get through', async () => {
    const untrusted = Object.assign(new Error(), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    const taken: string[] = [];
    let isOut = true;
    const way =
      (name: string, error: () => Error | undefined): Fetch =>
      async () => {
        taken.push(name);
        const stopped = error();
        if (stopped) throw stopped;
        return new Response();
      };
    const more = way('more', () => (taken.length > 2 ? Object.assign(new Error(), { code: 'ENETDOWN' }) : undefined));
    const { fetch } = new ExplainedFetch({
      fetch: way('usual', () => (isOut ? untrusted : undefined)),
      request: platformRequest,
      proxyOf: () => undefined,
      trustMore: () => more,
    });

    await fetch('https://api.example.com/', {});
    await assert.rejects(fetch('https://api.example.com/', {}), { code: 'ENETDOWN' });
    isOut = false;
    await fetch('https://api.example.com/', {});
    assert.deepEqual(taken, ['usual', 'more', 'more', 'usual']);
  });

  it('are of no use for a certificate that they do not vouch for either', async () => {
    const server = await startTlsServer(unknown.issue(THIS_MACHINE));
    const ways = {
      fetch: platformFetch,
      request: platformRequest,
      proxyOf: () => undefined,
      trustMore: () => trusting,
    };

    assert.match(await said(new ExplainedFetch(ways).fetch, `https://127.0.0.1:${server.port}/`), /Acme Corp/);
    await server.stop();
  });
});

describe('a proxy in the way', () => {
  let proxy: ProxyServer;
  let server: TlsServer;
  const through = (address: string): Fetch => {
    const request = requestThrough(() => new URL(address));
    return explained(createNodeFetch(request, [known.cert]), request, new URL(address).host);
  };

  beforeEach(async () => {
    server = await startTlsServer(known.issue(['api.example.com']));
    proxy = await startProxy(() => server.port, 'me:secret');
  });
  afterEach(async () => {
    await proxy.stop();
    await server.stop();
  });

  for (const url of ['https://api.example.com/v1/models', 'http://api.example.com/v1/models']) {
    it(`is named where it asks for a login, on the way to ${url}`, async () => {
      const text = await said(through(proxy.origin), url);

      assert.ok(
        text.startsWith(`The proxy 127.0.0.1:${proxy.port} asks for a login (407). api.example.com was not`),
        text,
      );
      assert.ok(text.endsWith('[Open settings]'));
    });
  }

  it('lets a request through with its login, which nobody reads', async () => {
    const fetch = through(proxy.origin.replace('//', '//me:secret@'));

    assert.equal((await fetch('https://api.example.com/v1/models', {})).status, 200);
    assert.deepEqual(proxy.asked, [{ what: 'CONNECT api.example.com:443', login: 'me:secret' }]);
    assert.doesNotMatch(
      await said(through('http://me:hidden@127.0.0.1:' + proxy.port), 'https://api.example.com/'),
      /hidden/,
    );
  });

  it('lets no request through to a server whose certificate is not trusted', async () => {
    proxy.login = undefined;
    const fetch = createNodeFetch(requestThrough(() => new URL(proxy.origin)));

    await assert.rejects(fetch('https://api.example.com/', {}), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    await server.askedOrGone();
    assert.deepEqual(server.asked, []);
  });

  for (const [given, login] of [
    ['', undefined],
    ['me@', 'me:'],
    [':token@', ':token'],
    ['m%40e:p%3Aw%25@', 'm@e:p:w%'],
  ] as const) {
    it(`is given the login of "${given}", by any scheme`, async () => {
      proxy.login = undefined;
      const address = new URL(proxy.origin.replace('//', `//${given}`));
      const fetch = createNodeFetch(
        requestThrough(() => address),
        [known.cert],
      );
      await fetch('https://api.example.com/', {});
      await fetch('http://api.example.com/', {}).catch(() => undefined);

      assert.deepEqual(proxy.asked, [
        { what: 'CONNECT api.example.com:443', login },
        { what: 'GET http://api.example.com/', login },
      ]);
    });
  }

  it('is left out where there is none', async () => {
    const request = requestThrough(() => undefined);
    const straight = createNodeFetch(request, [known.cert]);
    const here = await startTlsServer(known.issue(THIS_MACHINE));

    assert.equal((await straight(`https://127.0.0.1:${here.port}/`, {})).status, 200);
    await here.stop();
  });

  it('has its connection closed where it does not let a request through', async () => {
    let onClose = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      onClose = resolve;
    });
    const refusing = await startRawServer((socket) => {
      socket.once('close', onClose);
      socket.write('HTTP/1.1 403 Forbidden\r\n\r\n');
    });

    await assert.rejects(through(refusing.origin)('https://api.example.com/', {}), { code: 'PROXY_403' });
    await closed;
    await refusing.stop();
  });

  for (const [url, seen] of [
    ['https://api.example.com/v1/models', ['api.example.com', 'api.example.com']],
    ['https://127.0.0.1/v1/models', [false, '127.0.0.1']],
  ] as const) {
    it(`hides nothing of ${url} from the server, and shows it only the name of a name`, async () => {
      const shown: unknown[] = [];
      const behind = await startTlsServer(
        known.issue(['api.example.com', '127.0.0.1']),
        ({ socket, headers }, response) => {
          shown.push('servername' in socket && socket.servername, headers.host);
          response.end();
        },
      );
      const open = await startProxy(() => behind.port);
      await through(open.origin)(url, {});

      assert.deepEqual(shown, seen);
      await open.stop();
      await behind.stop();
    });
  }

  for (const [what, known_, named] of [
    ['is named', 'one:1', { proxy: 'one:1' }],
    ['is told', undefined, {}],
  ] as const) {
    it(`${what} where it asks for a login with an empty answer`, async () => {
      const asking: Fetch = async () => new Response(null, { status: 407 });

      await assert.rejects(explained(asking, platformRequest, known_)('https://api.example.com/', {}), {
        name: 'Obstacle',
        code: 'PROXY_407',
        about: { proxy: { ...named, status: 407 } },
      });
    });
  }

  it('is named where it is not there', async () => {
    await proxy.stop();

    const text = await said(through(proxy.origin), 'https://api.example.com/v1/models');

    assert.match(
      text,
      /^The proxy 127\.0\.0\.1:\d+ is not there\. api\.example\.com was not asked\. .* \[Open settings\]$/,
    );
    await assert.rejects(through(proxy.origin)('https://api.example.com/', {}), {
      name: 'Obstacle',
      code: 'ECONNREFUSED',
    });
    proxy = await startProxy(() => server.port);
  });

  for (const status of [199, 300, 502]) {
    it(`is told where it does not get through, by ${status}`, async () => {
      const closed = createServer((socket) => socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`));
      await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
      const address = closed.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;

      await assert.rejects(through(`http://127.0.0.1:${port}`)('https://api.example.com/', {}), {
        name: 'Obstacle',
        about: { proxy: { proxy: `127.0.0.1:${port}`, status } },
      });
      closed.close();
    });
  }

  it('is told where it does not get through', async () => {
    const closed = createServer((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'));
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;

    const text = await said(through(`http://127.0.0.1:${port}`), 'https://api.example.com/');

    assert.match(text, /^The proxy 127\.0\.0\.1:\d+ did not get through to api\.example\.com \(502\)\./);
    closed.close();
  });

  it('does not hide the certificate behind it', async () => {
    const hidden = await startTlsServer(unknown.issue(['api.example.com']));
    const open = await startProxy(() => hidden.port);

    assert.match(await said(through(open.origin), 'https://api.example.com/'), /issued by "Acme Corp Inspection CA"/);
    assert.deepEqual(hidden.asked, []);
    await open.stop();
    await hidden.stop();
  });
});

describe("the platform's complaints of a proxy", () => {
  const failing =
    (cause: Error): Fetch =>
    async () => {
      throw new TypeError('fetch failed', { cause });
    };
  const url = 'https://api.example.com/v1/models';

  for (const [what, cause, known_, reads] of [
    [
      'its answer',
      Object.assign(new Error('Request was cancelled.'), {
        cause: Object.assign(new Error('Proxy response'), { code: 'UND_ERR_ABORTED', connectResponseStatusCode: 407 }),
      }),
      'proxy.example.com:3128',
      /^The proxy proxy\.example\.com:3128 asks for a login \(407\)/,
    ],
    [
      'an answer of one that is not known',
      Object.assign(new Error('Proxy response'), { code: 'UND_ERR_ABORTED', connectResponseStatusCode: 403 }),
      undefined,
      /^The proxy does not let requests through to api\.example\.com \(403\)\./,
    ],
    [
      'a port where nobody listens',
      Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 3128 }),
      undefined,
      /^The proxy 127\.0\.0\.1:3128 is not there\./,
    ],
    [
      'a name that is not found',
      Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'proxy.example.com' }),
      undefined,
      /^The proxy proxy\.example\.com is not there\./,
    ],
    [
      'several addresses where nobody listens',
      new AggregateError([
        Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect', address: 'fd00::12', port: 3128 }),
        Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 3128 }),
      ]),
      undefined,
      /^The proxy \[fd00::12\]:3128 is not there\./,
    ],
    [
      'nothing, where there is none',
      Object.assign(new Error(), { code: 'ECONNREFUSED', connectResponseStatusCode: null, hostname: null }),
      undefined,
      /^Nothing answers at api\.example\.com\./,
    ],
    [
      'nothing, where it is the server itself',
      Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect', address: '203.0.113.7', port: 443 }),
      undefined,
      /^Nothing answers at api\.example\.com\./,
    ],
    [
      'nothing, where the server is not found',
      Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'api.example.com' }),
      undefined,
      /^api\.example\.com was not found\./,
    ],
  ] as const) {
    it(`are read: ${what}`, async () => {
      assert.match(await said(explained(failing(cause), platformRequest, known_), url), reads);
    });
  }
});

describe('http where https is spoken, and the other way round', () => {
  const secure = known.issue(THIS_MACHINE);
  const plain = createHttpServer((_, response) => response.end('{}'));
  let server: TlsServer;
  let proxy: ProxyServer;
  before(async () => {
    server = await startTlsServer(secure);
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await server.stop();
    plain.close();
  });
  const port = (): number => {
    const address = plain.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  };

  for (const [what, fetch] of [
    ["the platform's fetch", platformFetch],
    ["Node's requests", createNodeFetch(platformRequest)],
  ] as const) {
    it(`is named as that by ${what}`, async () => {
      assert.match(
        await said(explained(fetch), `https://127.0.0.1:${port()}/v1`),
        /^127\.0\.0\.1:\d+ speaks http, and was asked by https\. .*Write http:\/\/ in the base URL.* \[Try again\]$/,
      );
      assert.match(
        await said(explained(fetch), `http://127.0.0.1:${server.port}/v1`),
        /^127\.0\.0\.1:\d+ speaks https, and was asked by http\. .*Write https:\/\/ in the base URL/,
      );
      assert.deepEqual(server.asked, []);
    });
  }

  it('is named as that through a proxy', async () => {
    proxy = await startProxy(() => port());
    const request = requestThrough(() => new URL(proxy.origin));

    const read = await said(explained(createNodeFetch(request), request, 'proxy'), 'https://api.example.com/v1');
    assert.match(read, /^api\.example\.com speaks http, and was asked by https\./);
    await proxy.stop();
  });

  it("is named as the proxy's where it is the proxy that is asked by https", async () => {
    const request = requestThrough(() => new URL(`https://127.0.0.1:${port()}`));

    const read = await said(explained(createNodeFetch(request), request, 'proxy'), 'https://api.example.com/v1');
    assert.match(
      read,
      /^The proxy 127\.0\.0\.1:\d+ speaks http, and was asked by https\. api\.example\.com was not asked\./,
    );
  });

  for (const [what, url, code] of [
    ['a connection over https is cut', 'https://127.0.0.1', 'ECONNRESET'],
    ['a server is not reached by http', 'http://127.0.0.1', 'ECONNREFUSED'],
  ] as const) {
    it(`is looked for nowhere where ${what}`, async () => {
      const error = Object.assign(new Error(), { code });
      const failing = async () => Promise.reject(error);

      await assert.rejects(explained(failing)(`${url}:${server.port}/`, {}), error);
    });
  }

  it('is not looked for by who has called off, nor where it is known what stands in the way', async () => {
    const cut = Object.assign(new Error(), { code: 'ECONNRESET' });
    const obstacle = new Obstacle('ECONNRESET', { proxy: { proxy: 'one:1' } });
    for (const [error, signal] of [
      [cut, AbortSignal.abort()],
      [obstacle, new AbortController().signal],
    ] as const) {
      const failing = async () => Promise.reject(error);

      await assert.rejects(explained(failing)(`http://127.0.0.1:${server.port}/`, { signal }), error);
    }
  });

  it('is not named where a connection is cut at once', async () => {
    const cutting = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve));
    const address = cutting.address();
    assert.ok(address !== null && typeof address === 'object');

    for (const scheme of ['http', 'https']) {
      const read = await said(explained(platformFetch), `${scheme}://127.0.0.1:${address.port}/v1`);
      assert.match(read, /^127\.0\.0\.1:\d+ ended the connection before it had answered\./);
    }
    cutting.close();
  });
});
