import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { ExplainedFetch } from '../../../src/core/network/explainedFetch';
import { createNodeFetch } from '../../../src/core/network/nodeFetch';
import { requestThrough } from '../../../src/core/network/proxiedRequest';
import type { Fetch } from '../../../src/core/base/ports';
import type { SignInRequest } from '../../../src/core/signIn/signInRequest';
import { createAuthority, selfSigned } from '../../fakes/certificates';
import { type Bench, openBench } from '../../fakes/bench';
import { startProxy } from '../../fakes/proxyServer';
import { startTlsServer } from '../../fakes/tlsServer';
import { htmlWithStatus200, type Reply } from '../../sandbox/faults';
import { readText, stateText } from '../../faults/matrix';
import { hang } from '../../fakes/hang';
import { holdLongTimers } from '../../fakes/longTimers';

const OPENAI = { method: 'api-key', provider: 'openai' } as const;
const known = createAuthority('Known Authority');
const unknown = createAuthority('Acme Corp CA');

/** What was done about the network before, and how it is undone. */
interface Scene {
  readonly request: SignInRequest;
  readonly done?: () => Promise<unknown>;
}

type Prepare = (bench: Bench) => Scene | Promise<Scene>;

const key =
  (apiKey: string, model?: string): Prepare =>
  () => ({ request: { ...OPENAI, apiKey: new Secret(apiKey), ...(model && { model }) } });
const at =
  (baseUrl: string): Prepare =>
  () => ({
    request: { method: 'api-key', provider: 'custom', baseUrl, apiKey: new Secret('sk-0123456789'), model: 'mine' },
  });
const answering =
  (reply: Reply): Prepare =>
  ({ sandbox }) => {
    sandbox.faults.add({ on: ({ path }) => path.startsWith('/openai/'), times: Infinity, reply });
    return { request: { ...OPENAI, apiKey: new Secret('sk-sandbox-openai') } };
  };
const showing =
  (certificate: { readonly cert: string; readonly key: string }): Prepare =>
  async (bench) => {
    const server = await startTlsServer(certificate);
    return { ...(await at(`https://127.0.0.1:${server.port}/v1`)(bench)), done: () => server.stop() };
  };

/** Every outcome of a key that is entered: how it comes about, the state, what is read, and the button. */
const OUTCOMES: readonly (readonly [what: string, prepare: Prepare, state: string, reads: RegExp])[] = [
  ['a key that is good', key('sk-sandbox-openai'), 'signedIn', /^nothing$/],
  [
    'a wrong key',
    key('sk-wrong-0123456789'),
    'failed',
    /^SERVER refused the OpenAI key that ends in 6789 \(401\)\. .* another service\. \[Enter another key\]$/,
  ],
  [
    'a key of another region or plan',
    () => ({ request: { method: 'coding-plan', region: 'china', apiKey: new Secret('sk-sp-sandbox-intl') } }),
    'failed',
    /^SERVER refused the Coding Plan key .* belongs to another region or plan\. \[Check the other regions\]$/,
  ],
  [
    'a key that looks like one for another provider',
    key('sk-or-0123456789'),
    'failed',
    /^This looks like a key of OpenRouter\. Nothing was sent to OpenAI\. \[Use it for OpenRouter\]$/,
  ],
  [
    'an account without money',
    key('sk-sandbox-nobalance'),
    'signedIn, not verified',
    /^Your account at SERVER has no balance or quota left \(402\)\. It says: .* \[Switch model\]$/,
  ],
  [
    'an account whose quota is used up',
    key('sk-sandbox-quota'),
    'signedIn, not verified',
    /^Your account at SERVER has no balance or quota left \(429\)\. .* \[Switch model\]$/,
  ],
  [
    'a key that may not use the model',
    key('sk-sandbox-noaccess', 'gpt-4o'),
    'failed',
    /^Your key may not use this model at SERVER \(403\)\. It says: Model access denied\. \[Enter another model\]$/,
  ],
  [
    'a model that does not exist',
    key('sk-sandbox-openai', 'gpt-99'),
    'failed',
    /^SERVER does not have this model \(404\)\. It says: The model `gpt-99` .* \[Enter another model\]$/,
  ],
  [
    'a host that is not found',
    // A name with an empty label is found nowhere (RFC 1035 §2.3.1), and no resolver needs to be asked.
    at('https://nobody..invalid/v1'),
    'signedIn, not verified',
    /^nobody\.\.invalid was not found\. .* \[Try again\]$/,
  ],
  [
    'a port where nobody listens',
    async (bench) => {
      const server = await startTlsServer(selfSigned(['localhost']));
      await server.stop();
      return await at(`http://127.0.0.1:${server.port}/v1`)(bench);
    },
    'signedIn, not verified',
    /^Nothing answers at 127\.0\.0\.1:\d+\. .* \[Try again\]$/,
  ],
  [
    'a certificate that the server has signed itself',
    showing(selfSigned(['127.0.0.1'])),
    'failed',
    /^The certificate of 127\.0\.0\.1:\d+ is not trusted\. The server has signed it itself\. .* \[Open settings\]$/,
  ],
  [
    'a certificate of an authority that nobody knows',
    showing(unknown.issue(['127.0.0.1'])),
    'failed',
    /^The certificate of .* is not trusted\. It was issued by "Acme Corp CA", .* \[Open settings\]$/,
  ],
  [
    'a certificate that has run out',
    showing(known.issue(['127.0.0.1'], { fromDays: -9, toDays: -2 })),
    'failed',
    /^The certificate of .* ran out on \d{4}-\d\d-\d\d\. It was issued by "Known Authority"\. .* \[Try again\]$/,
  ],
  [
    'a certificate of another host',
    showing(known.issue(['other.example.com'])),
    'failed',
    /^What answers at .* is somebody else: its certificate is for other\.example\.com\. .* \[Try again\]$/,
  ],
  [
    'a page in place of an answer',
    answering(htmlWithStatus200),
    'failed',
    /^SERVER does not answer as an OpenAI-compatible server does.*\. Check the base URL; .* \[Try again\]$/,
  ],
  [
    'JSON of another shape',
    answering({ body: '{"ok":true}' }),
    'failed',
    /^SERVER does not answer as an OpenAI-compatible server does.*\. Check the base URL; .* \[Try again\]$/,
  ],
  [
    'a page that says 404',
    answering({ status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }),
    'failed',
    /^SERVER does not answer as .* \(404\)\. It says: Not Found\. Check the base URL; .* \[Try again\]$/,
  ],
];

describe('what comes of a key', () => {
  /** It knows one authority, and goes by the proxy of the scene. */
  let proxy: string | undefined;
  const wrap = (): Fetch => {
    const request = requestThrough(() => (proxy === undefined ? undefined : new URL(proxy)));
    const fetch = createNodeFetch(request, [known.cert]);
    return new ExplainedFetch({ fetch, request, proxyOf: () => proxy && new URL(proxy).host }).fetch;
  };
  let bench: Bench;

  beforeEach(async () => {
    proxy = undefined;
    bench = await openBench({ wrap });
  });
  afterEach(() => bench.stop());

  const seen = async (request: SignInRequest): Promise<readonly [string, string]> => {
    await bench.session.signIns.signIn(request).catch(() => undefined);
    return [stateText(bench), readText(bench)];
  };

  for (const [what, prepare, state, reads] of OUTCOMES) {
    it(`is told of ${what}`, async () => {
      const { request, done } = await prepare(bench);
      const [isState, text] = await seen(request);
      await done?.();

      assert.match(text, reads);
      assert.equal(isState, state);
    });
  }

  for (const [what, login, reads] of [
    ['asks for a login', 'me:secret', /^The proxy 127\.0\.0\.1:\d+ asks for a login \(407\)\. .* \[Open settings\]$/],
    ['is not there', undefined, /^The proxy 127\.0\.0\.1:\d+ is not there\. .* \[Open settings\]$/],
  ] as const) {
    it(`is told of a proxy that ${what}`, async () => {
      const running = await startProxy(() => 0, login);
      if (!login) await running.stop();
      proxy = running.origin;
      const { request } = await at('https://api.example.com/v1')(bench);
      const [state, text] = await seen(request);
      if (login) await running.stop();

      assert.match(text, reads);
      assert.equal(state, 'signedIn, not verified');
    });
  }

  it('is told of a server that does not answer in time', async () => {
    const timers = holdLongTimers();
    try {
      const asked = hang(bench.sandbox, '/openai/v1/models');
      const signingIn = seen({ ...OPENAI, apiKey: new Secret('sk-sandbox-openai') });
      await asked;
      timers.goOff();

      assert.deepEqual(await signingIn, ['signedIn, not verified', 'SERVER took too long to answer. [Try again]']);
    } finally {
      timers.release();
    }
  });
});
