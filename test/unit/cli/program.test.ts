import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { browserCommand } from '../../../src/cli/browser';
import { runProgram } from '../../../src/cli/program';
import { printable } from '../../../src/cli/terminal';
import type { CliPorts } from '../../../src/cli/ports';
import { systemClock } from '../../../src/core/base/clock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('the command line program', () => {
  let folder: TemporaryFolder;
  let printed: { out: string; err: string };

  beforeEach(() => {
    folder = createTemporaryFolder();
    printed = { out: '', err: '' };
  });
  afterEach(() => folder.remove());

  /** A terminal with somebody at it, and no network. */
  const world = (changes: Partial<CliPorts> = {}): CliPorts => ({
    environment: {},
    home: folder.at('home'),
    folder: folder.at('home'),
    version: '1.2.3',
    terminal: {
      isInteractive: true,
      out: (text) => void (printed.out += text),
      outExactly: (text) => void (printed.out += text),
      err: (text) => void (printed.err += text),
      confirm: async () => true,
    },
    files: folder.files,
    clock: systemClock,
    fetch: async () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })),
    loadOpenAI: () => import('openai'),
    openPage: async () => true,
    run: async () => ({ kind: 'ended', code: 0 }),
    signal: new AbortController().signal,
    ...changes,
  });

  it('says that the free tier of Qwen has ended before it asks its server', async () => {
    const asked: string[] = [];
    const fetch: CliPorts['fetch'] = async (url) => {
      assert.match(printed.err, /^The free tier of Qwen OAuth was discontinued on 2026-04-15\./);
      asked.push(url);
      throw new TypeError('fetch failed');
    };
    const code = await runProgram(['login'], world({ fetch }));

    assert.equal(code, 1);
    assert.deepEqual(asked, ['https://chat.qwen.ai/api/v1/oauth2/device/code']);
    assert.match(printed.err, /The connection to chat\.qwen\.ai failed\./);
  });

  it('is cancelled while a server is asked for its models, too', async () => {
    const stopping = new AbortController();
    const fetch: CliPorts['fetch'] = async (_, { signal }) => {
      const asking = new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', reject));
      stopping.abort();
      return await asking;
    };
    const environment = { OPENAI_BASE_URL: 'https://llm.example.com/v1', OPENAI_API_KEY: 'sk-0123456789' };
    const code = await runProgram(['status'], world({ environment, fetch, signal: stopping.signal }));

    assert.deepEqual([code, printed], [130, { out: '', err: 'Cancelled.\n' }]);
  });

  describe('asked what is left', () => {
    const KEY = 'sk-0123456789abcdef';
    const at = (baseUrl: string) => ({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: 'a-model' });
    /** Runs `limits` at a base URL, and answers what was asked, with which `Authorization`. */
    const limits = async (baseUrl: string, answer: unknown, ...options: readonly string[]) => {
      const asked: (string | null)[] = [];
      const fetch: CliPorts['fetch'] = async (url, { headers }) => {
        asked.push(url, new Headers(headers).get('authorization'));
        return Response.json(answer);
      };
      const code = await runProgram(['limits', ...options], world({ environment: at(baseUrl), fetch }));
      assert.equal(code, 0);
      return asked;
    };
    const balance = { balance_infos: [{ currency: 'CNY', total_balance: '110.00' }] };

    it('asks the provider of the model in use, at its own address', async () => {
      const asked = await limits('https://api.deepseek.com/v1', balance);

      assert.deepEqual(asked, ['https://api.deepseek.com/user/balance', `Bearer ${KEY}`]);
      assert.match(printed.out, /^Balance {2}CN¥110\.00 {2}said by api\.deepseek\.com at \d\d:\d\d\n$/);
      assert.equal(printed.err, '');
    });

    it('tells scripts the same', async () => {
      const soon = Date.now() + 3_600_000;
      const limit = { type: 'TOKENS_LIMIT', unit: 3, percentage: 73, nextResetTime: soon };
      const asked = await limits('https://api.z.ai/api/coding/paas/v4', { data: { limits: [limit] } }, '--json');

      assert.deepEqual(asked, ['https://api.z.ai/api/monitor/usage/quota/limit', KEY]);
      const resetsAt = new Date(soon).toISOString();
      assert.deepEqual(JSON.parse(printed.out), {
        host: 'api.z.ai',
        limits: [{ kind: 'share', window: 'fiveHours', usedPercent: 73, resetsAt, source: 'server' }],
      });
    });

    it('says so where nobody tells, or what is told is not understood', async () => {
      assert.deepEqual(await limits('https://llm.example.com/v1', balance), []);
      assert.equal(printed.err, 'llm.example.com does not tell what is left to a key.\n');
      await limits('https://api.deepseek.com', { balance: 'plenty' }, '--json');
      assert.deepEqual(JSON.parse(printed.out), { host: 'api.deepseek.com', limits: [] });
    });

    it('is what was counted here of a plan that tells nobody, in one file with all windows', async () => {
      const plan = at('https://coding-intl.dashscope.aliyuncs.com/v1');
      const sse = 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
      const fetch: CliPorts['fetch'] = async () =>
        new Response(sse, { headers: { 'content-type': 'text/event-stream' } });
      for (const argv of [['test'], ['test'], ['models']]) await runProgram(argv, world({ environment: plan, fetch }));

      const [file = ''] = readdirSync(folder.at('home/.qwen/qwen-auth/limits'));
      assert.match(file, /^requests-.*\.log$/);
      const noted = readFileSync(folder.at(`home/.qwen/qwen-auth/limits/${file}`), 'utf8');
      assert.match(noted, /^(\d+ https:\/\/coding-intl\.dashscope\.aliyuncs\.com\/v1\n){2}$/);
      printed.out = '';
      assert.equal(await runProgram(['limits'], world({ environment: plan })), 0);
      assert.match(printed.out, /^Last 5 hours {2}2 requests +counted here\nThis week +2 requests +counted here\n$/);
      printed.out = '';
      await runProgram(['limits', '--json'], world({ environment: plan }));
      assert.match(printed.out, /"window": "fiveHours",\s+"used": 2,\s+"source": "here"/);
    });

    it('says why there is no answer', async () => {
      assert.equal(await runProgram(['limits'], world({ environment: at('https://api.deepseek.com') })), 1);
      assert.match(printed.err, /^The connection to api\.deepseek\.com failed\./);
    });
  });

  it('offers to sign in where somebody is there to do it', async () => {
    await runProgram(['env'], world());

    assert.match(printed.err, /^No key is configured: .* Or sign in with qwen-auth login\.\n$/);
  });

  it('shows no key in what nobody thought of', async () => {
    const run: CliPorts['run'] = async () => Promise.reject(new Error('broken by sk-0123456789abcdef'));
    const code = await runProgram(['--openai-api-key', 'k', 'exec', '--', 'x'], world({ run }));

    assert.equal(code, 1);
    assert.equal(printed.err, 'Something went wrong that should not have: Error: broken by [redacted]\n');
  });

  it('refuses a value that no variable can hold', async () => {
    const code = await runProgram(['--openai-api-key', 'sk-0123456789', '--model', 'a\0b', 'env'], world());

    assert.deepEqual([code, printed.out], [1, '']);
    assert.match(printed.err, /^The value for OPENAI_MODEL holds a NUL character/);
  });

  for (const [platform, environment, expected] of [
    ['darwin', {}, 'open'],
    ['win32', {}, 'rundll32 url.dll,FileProtocolHandler'],
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['linux', {}, undefined],
    ['linux', { DISPLAY: ':0', NO_BROWSER: '1' }, undefined],
    ['darwin', { CI: 'true' }, undefined],
  ] as const) {
    it(`opens pages on ${platform} with ${JSON.stringify(environment)} by ${expected}`, () => {
      assert.equal(browserCommand(platform, environment)?.join(' '), expected);
    });
  }

  it('lets no text of a server steer the terminal', () => {
    assert.equal(printable('a\u001b[2Jb\r\u0007\u009bc\n\td'), 'a[2Jbc\n\td');
  });
});
