import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { findBaseUrl, readBaseUrl, usualBaseUrl } from '../../../src/core/config/baseUrl';
import { ConfigurationError } from '../../../src/core/base/errors';

const LISTENS = ' is where a server listens: on this machine it is asked at 127.0.0.1.';
const CUT = ' was cut off: requests add it themselves.';

describe('pasted base URL', () => {
  const rows: readonly [string, string, string?][] = [
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1///', 'https://api.openai.com/v1'],
    ['  https://api.openai.com/v1\n', 'https://api.openai.com/v1'],
    ['"https://api.openai.com/v1"', 'https://api.openai.com/v1'],
    ['<https://api.openai.com/v1>', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/chat/completions', 'https://api.openai.com/v1', `/chat/completions${CUT}`],
    ['https://api.openai.com/v1/chat/completions/', 'https://api.openai.com/v1', `/chat/completions${CUT}`],
    ['https://api.openai.com/v1/models', 'https://api.openai.com/v1', `/models${CUT}`],
    ['https://api.openai.com/v1/responses?x=1#y', 'https://api.openai.com/v1?x=1', `/responses${CUT}`],
    ['https://gateway/v1/?api-version=2025-01-01', 'https://gateway/v1?api-version=2025-01-01'],
    ['https://gateway/v1?', 'https://gateway/v1'],
    ['https://api.openai.com/v1\u200b', 'https://api.openai.com/v1'],
    ['\u00a0https://api.openai.com/v1\ufeff', 'https://api.openai.com/v1'],
    ['https：／／api.openai.com／v1', 'https://api.openai.com/v1'],
    ['“https://api.openai.com/v1”', 'https://api.openai.com/v1'],
    ['`https://api.openai.com/v1`', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1,', 'https://api.openai.com/v1'],
    ['"https://api.openai.com/v1";', 'https://api.openai.com/v1'],
    ['(https://api.openai.com/v1)', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1)', 'https://api.openai.com/v1'],
    ['[https://api.openai.com/v1]', 'https://api.openai.com/v1'],
    ['[OpenAI](https://api.openai.com/v1)', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1。', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1.', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1 # optional', 'https://api.openai.com/v1'],
    ['export OPENAI_BASE_URL="https://api.openai.com/v1"', 'https://api.openai.com/v1'],
    ['"baseUrl": "https://api.openai.com/v1",', 'https://api.openai.com/v1'],
    ['https:/api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https//api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https:\\\\api.openai.com\\v1', 'https://api.openai.com/v1'],
    ['https://https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['http://https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['https://大模型.公司.cn/v1', 'https://xn--xgs50bs55a.xn--55qx5d.cn/v1'],
    ['https://llm.corp.example.com/团队/v1', 'https://llm.corp.example.com/%E5%9B%A2%E9%98%9F/v1'],
    ['https://example.com/a(b)', 'https://example.com/a(b)'],
    ['https://openrouter.ai/api/v1/completions', 'https://openrouter.ai/api/v1', `/completions${CUT}`],
    ['https://example.com/models/v1', 'https://example.com/models/v1'],
    ['api.openai.com/v1', 'https://api.openai.com/v1'],
    ['API.OpenAI.com/V1', 'https://api.openai.com/V1'],
    ['https://example.com:8443/v1', 'https://example.com:8443/v1'],
    ['https://example.com:443/v1', 'https://example.com/v1'],
    ['https://example.com', 'https://example.com'],
    ['localhost:11434/v1', 'http://localhost:11434/v1'],
    ['127.0.0.1:8000', 'http://127.0.0.1:8000'],
    ['[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['LocalHost:11434/v1', 'http://localhost:11434/v1'],
    ['192.168.1.20:1234/v1', 'http://192.168.1.20:1234/v1'],
    ['http://10.0.0.5/v1', 'http://10.0.0.5/v1'],
    ['http://llm.internal:8000/v1', 'http://llm.internal:8000/v1'],
    ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['http://[fd12:3456::7]:8000/v1', 'http://[fd12:3456::7]:8000/v1'],
    ['http://ollama:11434/v1', 'http://ollama:11434/v1'],
    ['http://0.0.0.0:8000/v1', 'http://127.0.0.1:8000/v1', `0.0.0.0:8000${LISTENS}`],
    ['https://0.0.0.0:8443/v1', 'https://127.0.0.1:8443/v1', `0.0.0.0:8443${LISTENS}`],
    ['ollama:11434/v1', 'http://ollama:11434/v1'],
    ['http://100.64.0.7:8000/v1', 'http://100.64.0.7:8000/v1'],
    ['http://169.254.10.1/v1', 'http://169.254.10.1/v1'],
    ['http://[fe80::1]:8000/v1', 'http://[fe80::1]:8000/v1'],
    ['http://box.tail1234.ts.net:8000/v1', 'http://box.tail1234.ts.net:8000/v1'],
    ['http://llm.local.:8000/v1', 'http://llm.local.:8000/v1'],
    ['0.0.0.0:8000', 'http://127.0.0.1:8000', `0.0.0.0:8000${LISTENS}`],
    ['http://[::]:8000/v1/models', 'http://127.0.0.1:8000/v1', `/models${CUT} [::]:8000${LISTENS}`],
    ['https://gateway/v1', 'https://gateway/v1'],
    ['https://acme.openai.azure.com', 'https://acme.openai.azure.com/openai/v1'],
    ['https://acme.openai.azure.com/openai/v1/', 'https://acme.openai.azure.com/openai/v1'],
    ['acme.cognitiveservices.azure.com', 'https://acme.cognitiveservices.azure.com/openai/v1'],
    ['https://api.openai.com/v1/Embeddings', 'https://api.openai.com/v1', `/Embeddings${CUT}`],
    ['https://api.openai.com/v1//models//', 'https://api.openai.com/v1', `//models${CUT}`],
    ['https://api.openai.com/v1/models/qwen', 'https://api.openai.com/v1/models/qwen'],
    ['https://api.openai.com/v1/mymodels', 'https://api.openai.com/v1/mymodels'],
    ['https://https://https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https:https:\\\\api.openai.com/v1', 'https://api.openai.com/v1'],
    ['http:/localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http:localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http//localhost:11434/v1', 'http://localhost:11434/v1'],
    ['proxy.example.com/https:/api.openai.com/v1', 'https://proxy.example.com/https:/api.openai.com/v1'],
    ['proxy.example.com/http://http://10.0.0.5', 'https://proxy.example.com/http://http://10.0.0.5'],
    ['example.com?api-version=1', 'https://example.com?api-version=1'],
    ['example.com#top', 'https://example.com'],
    ['example.com./v1', 'https://example.com./v1'],
    ['llm.xn--p1ai/v1', 'https://llm.xn--p1ai/v1'],
    ['8.8.8.8/v1', 'https://8.8.8.8/v1'],
    ['203.0.113.200/v1', 'https://203.0.113.200/v1'],
    ['localhost', 'http://localhost'],
    ['my-box_2:8000', 'http://my-box_2:8000'],
    ['b:80/v1', 'http://b/v1'],
    ['http://0.0.0.0/v1', 'http://127.0.0.1/v1', `0.0.0.0${LISTENS}`],
  ];
  for (const [pasted, baseUrl, note] of rows) {
    it(`${JSON.stringify(pasted)} becomes ${baseUrl}`, () => {
      assert.deepEqual(readBaseUrl(pasted), { baseUrl, ...(note && { note }) });
    });
  }

  for (const [what, path] of [
    ['slashes', '/'],
    ['quotes', '"'],
  ] as const) {
    it(`is soon done with an address of ${what} alone`, () => {
      const { baseUrl } = readBaseUrl(`https://example.com/${path.repeat(80_000)}x`);

      assert.match(baseUrl, /x$/);
    });
  }

  it('names the model where Azure names a deployment', () => {
    assert.deepEqual(readBaseUrl('https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions'), {
      baseUrl: 'https://acme.openai.azure.com/openai/v1',
      model: 'my gpt',
      note: 'The deployment my gpt is used as the model.',
    });
  });

  for (const [pasted, baseUrl] of [
    [
      'https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21',
      'https://acme.openai.azure.com/openai/deployments/my%20gpt?api-version=2024-10-21',
    ],
    [
      'acme.openai.azure.com/openai/deployments/my%20gpt/?x=1&api-version=2024-10-21#y',
      'https://acme.openai.azure.com/openai/deployments/my%20gpt?api-version=2024-10-21',
    ],
    [
      'https://gateway.example.com/team/openai/deployments/my%20gpt?api-version=2025-01-01-preview',
      'https://gateway.example.com/team/openai/deployments/my%20gpt?api-version=2025-01-01-preview',
    ],
  ] as const) {
    it(`keeps to the older API of Azure in ${pasted}`, () => {
      const note = 'The deployment my gpt is used as the model.';
      assert.deepEqual(readBaseUrl(pasted), { baseUrl, model: 'my gpt', note });
      assert.deepEqual(readBaseUrl(baseUrl), { baseUrl, model: 'my gpt', note });
    });
  }

  it('takes the newer API of Azure where the version is none', () => {
    const pasted = 'https://acme.openai.azure.com/openai/deployments/gpt?api-version=2024%2F10';

    assert.equal(readBaseUrl(pasted).baseUrl, 'https://acme.openai.azure.com/openai/v1');
  });

  const address = /is not a web address\. Write it like https:\/\/example\.com\/v1\./;
  for (const [pasted, said] of [
    ['', /^Enter the base URL of the server/],
    ['   ', /^Enter the base URL of the server/],
    ['nonsense', address],
    ['12345', address],
    ['ollama:1', /^This is not a web address/],
    ['ollama:v1', /^This is not a web address/],
    ['2box:8000', /^This is not a web address/],
    ['https/api.openai.com', address],
    ['localhosts', address],
    ['mylocalhost', address],
    ['1.2.3.4.5', /^This is not a web address/],
    ['1.2.3.x', address],
    ['1.2.3', address],
    ['1.2.3.4_x', /^This is not a web address/],
    ['v1.2.3.4', /^This is not a web address/],
    ['a[b', address],
    ['example.c', address],
    ['api.openai.c0m', /^This is not a web address/],
    ['nonsense '.repeat(12), /^"(?:nonsense ){8}nonsense…" is not a web address/],
    [`${'of eighty '.repeat(8)}a`.slice(1), /^"f eighty (?:of eighty ){7}a" is not a web address/],
    ['https://example.com/v1 and more', /^This is not a whole web address/],
    ['svn+ssh://example.com', /^What begins with svn\+ssh:\/\/ is not a web address/],
    ['see ftp://example.com', address],
    ['my https://example', address],
    ['two words', address],
    ['https://exa mple.com/v1', /^This is not a whole web address/],
    ['https://', /^This is not a whole web address/],
    ['http://', /^This is not a whole web address/],
    ['hhttps://example.com/v1', /^What begins with hhttps:\/\/ is not a web address/],
    ['ftp://example.com/v1', /^What begins with ftp:\/\/ is not a web address/],
    ['file:///etc/passwd', /^What begins with file:\/\/ is not a web address/],
    ['sk-0123456789abcdef', /^This is not a web address; if it is a key, it stands in the wrong place\./],
    ['your_api_endpoint', /^"your_api_endpoint" only shows where an address would stand\./],
    ['https://your-endpoint.com/v1', /only shows where an address would stand\. Write the one of your server/],
    ['https://{resource}.openai.azure.com', /only shows where an address would stand/],
    ['https://你的地址/v1', /only shows where an address would stand/],
    ['请填写地址', /only shows where an address would stand/],
    ['$OPENAI_BASE_URL', /only shows where an address would stand/],
    ['https://example.com/v1?key=0123456789abcdef', /^The query of the base URL holds a key/],
    ...'subscription-key api_key apikey myApiKey x.token secret password passwd pwd sig signature code auth'
      .split(' ')
      .map(
        (name) =>
          [`https://example.com/v1?a=1&${name}=0123456789abcdef`, /^The query of the base URL holds a key/] as const,
      ),
    ['https://me:secret@example.com/v1', /holds a user name or password/],
    ['https://me@example.com/v1', /holds a user name or password/],
    ['https://:secret@example.com/v1', /holds a user name or password/],
    ['http://example.com/v1', /^example\.com would get your key over plain http.*Use https\.$/],
    ['http://8.8.8.8:8000/v1', /^8\.8\.8\.8:8000 would get your key over plain http/],
    ['http://172.32.0.1/v1', /over plain http/],
    ['http://localhost.example.com/v1', /over plain http/],
  ] as const) {
    it(`${JSON.stringify(pasted)} is refused with a sentence`, () => {
      assert.throws(() => readBaseUrl(pasted, 'baseUrl'), {
        name: 'ConfigurationError',
        where: { field: 'baseUrl' },
        message: said,
      });
    });
  }

  for (const pasted of [
    'sk-0123456789abcdef',
    'https://me:hunter2-secret@example.com/v1',
    'https://exa mple.com/hunter2-secret',
    'ftp://me:hunter2-secret@example.com',
    // Keys without anything that they begin with, and those with a dot.
    'hunter2-0123456789abcdef',
    'hunter2secret',
    'Aa0123456789abcdef.hunter2',
    '0123456789abcdef0123456789abcdef.hunter2Secret123',
    'HunterSecret hunter2secret',
    'https://example.com/v1?token=hunter2-secret',
    'https://your-endpoint.com/sk-hunter2-0123456789abcdef',
    // A host by its end.
    '0123456789abcdef0123456789abcdef.hunterhunterhunt',
  ]) {
    it(`does not repeat the secret in ${pasted.slice(0, 8)}…`, () => {
      assert.throws(
        () => readBaseUrl(pasted),
        (error) => !/0123456789abcdef|hunter2/i.test(String(error)),
      );
    });
  }
});

describe('query of a base URL', () => {
  for (const query of ['monkey=0123456789abcdef', 'tokens=0123456789abcdef', 'apikeys=0123456789abcdef', 'key=none']) {
    it(`may hold ${query}`, () => {
      assert.equal(readBaseUrl(`https://example.com/v1?${query}`).baseUrl, `https://example.com/v1?${query}`);
    });
  }
});

describe('the base URL in a text', () => {
  it('is none where it would be refused', () => {
    assert.equal(findBaseUrl('https://example.com/v1/')?.baseUrl, 'https://example.com/v1');
    assert.equal(findBaseUrl('http://example.com/v1'), undefined);
  });

  it('is compared in its normal form, and as it is written where it is none', () => {
    const texts = ['HTTPS://Example.com/v1/', 'nonsense', '', undefined];

    assert.deepEqual(texts.map(usualBaseUrl), ['https://example.com/v1', 'nonsense', '', undefined]);
  });

  it('is refused each time that it is read, with the place that is asked about', () => {
    for (const where of ['one', 'other', undefined])
      assert.throws(() => readBaseUrl('http://example.com', where), { where: { field: where ?? 'base URL' } });
  });
});

describe('arbitrary base URL', () => {
  const parts = [
    'https://',
    'http://',
    'HTTPS:',
    '//',
    '/',
    ':',
    '@',
    '?',
    '#',
    '.',
    '%',
    '%zz',
    ' ',
    '"',
    '<',
    '\n',
    'a.de',
    'localhost',
    '10.0.0.1',
  ];
  const more = [
    '[::1]',
    '.openai.azure.com',
    '/openai/deployments/',
    '/v1',
    '/chat/completions',
    '/models',
    '\\',
    ':8000',
    '日本',
  ];
  const piece = fc.oneof(fc.constantFrom(...parts, ...more), fc.string({ unit: 'binary', maxLength: 3 }));
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));

  it('is a URL without a slash at its end, or refused', () => {
    fc.assert(
      fc.property(text, (any) => {
        const baseUrl = readOrRefuse(any);
        const isOne = baseUrl === undefined || /^https?:\/\/[^?]*[^/?](\?.*)?$/.test(baseUrl);
        assert.ok(isOne && (baseUrl === undefined || URL.canParse(baseUrl)), baseUrl);
      }),
      { numRuns: 5000 },
    );
  });
});

/** Undefined where it is refused as it should be; every other error is thrown on. */
function readOrRefuse(pasted: string): string | undefined {
  try {
    return readBaseUrl(pasted).baseUrl;
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
