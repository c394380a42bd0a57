import assert from 'node:assert/strict';
import { APIError } from 'openai';

import { Secret } from '../../../src/core/base/secret';
import { createSdkClient, type Wire } from '../../../src/core/chat/sdkClient';
import { readGenerationConfig } from '../../../src/core/providers/generationConfig';

const CONFIG = readGenerationConfig({ customHeaders: { 'x-team': 'a', 'user-agent': 'Mine/1' } });

/** Variables by which the SDK is set up for another server, and to tell all that it does. */
const VARIABLES = {
  OPENAI_API_KEY: 'sk-other-0123456789',
  OPENAI_BASE_URL: 'https://other.example.com/v1',
  OPENAI_ORG_ID: 'org-other',
  OPENAI_PROJECT_ID: 'proj-other',
  OPENAI_LOG: 'debug',
};

describe('the client of the SDK', () => {
  let sent: { readonly url: string; readonly init: RequestInit }[];
  const ask = async (
    answer: Response,
    wire: Partial<Wire> = {},
    config = readGenerationConfig({}),
  ): Promise<Response> => {
    const fetch = async (url: string, init: RequestInit): Promise<Response> => {
      sent.push({ url, init });
      return answer;
    };
    const ports = { fetch, loadOpenAI: () => import('openai'), userAgent: 'QwenAuth/test' };
    const access = { baseUrl: 'https://a.example/v1?v=1', key: new Secret('key-1'), keyHeader: 'api-key' } as const;
    const way = { access, onTry: () => undefined, onEnd: () => undefined, ...wire };
    const client = createSdkClient(await import('openai'), ports, way, config, 0);
    return await client.post('/chat/completions', { body: { a: 1 } }).asResponse();
  };

  beforeEach(() => {
    sent = [];
  });

  it('sends what it is given, and nothing else, whatever the variables of the process say', async () => {
    const { env } = process;
    const { debug, info, warn, error } = console;
    const told: unknown[] = [];
    const tell = (...words: readonly unknown[]): void => void told.push(words);
    process.env = { ...env, ...VARIABLES };
    Object.assign(console, { debug: tell, info: tell, warn: tell, error: tell });
    try {
      await ask(new Response('{}'));
    } finally {
      process.env = env;
      Object.assign(console, { debug, info, warn, error });
    }

    const [{ url, init } = assert.fail()] = sent;
    assert.deepEqual(
      [url, init.method, init.redirect],
      ['https://a.example/v1/chat/completions?v=1', 'POST', 'manual'],
    );
    assert.deepEqual([init.body, told], ['{"a":1}', []]);
    assert.deepEqual(init.headers, {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'QwenAuth/test',
      'api-key': 'key-1',
    });
  });

  it("sends the headers of the model's entry over its own", async () => {
    await ask(new Response('{}'), {}, CONFIG);

    const headers = new Headers(sent[0]?.init.headers);
    assert.deepEqual([headers.get('x-team'), headers.get('user-agent')], ['a', 'Mine/1']);
  });

  it('lets go of what comes with a redirect, which is not followed', async () => {
    let isLetGo = false;
    const body = new ReadableStream({ cancel: () => void (isLetGo = true) });

    await assert.rejects(ask(new Response(body, { status: 307 })));
    assert.deepEqual([isLetGo, sent.length], [true, 1]);
  });

  for (const [what, status, message, after, told] of [
    ['nothing where waiting may mend it', 429, 'Too many requests', undefined, [null, null]],
    ['how long the server wants it to wait', 429, 'Too many requests', '7', [null, '7']],
    ['how long a server is overloaded', 503, 'The server is overloaded', '59', [null, '59']],
    ['nothing where the server has no words', 500, '', undefined, [null, null]],
    ['not to try again in a minute', 429, 'Too many requests', '60', ['false', null]],
    ['not to try again where there is no money', 429, 'Insufficient balance', undefined, ['false', null]],
    ['not to try again what is too large for its limit', 429, 'Request too large on TPM', '1', ['false', null]],
    ['not to try again what is not supported', 500, 'tools param requires --jinja flag', '1', ['false', null]],
  ] as const) {
    it(`is told ${what}`, async () => {
      const headers = new Headers(after === undefined ? {} : { 'retry-after': after });
      const refusal = new Response(JSON.stringify({ error: { message } }), { status, headers });

      await assert.rejects(ask(refusal), (error: unknown) => {
        assert.ok(error instanceof APIError);
        const said = ['x-should-retry', 'retry-after'].map((name) => error.headers?.get(name) ?? null);
        assert.deepEqual([error.status, said], [status, told]);
        return true;
      });
    });
  }
});
