import assert from 'node:assert/strict';
import { plainKeyAt } from '../../../src/core/diagnostics/plainKeys';
import type { SettingsKind } from '../../../src/core/diagnostics/settingsText';

const KEY = 'sk-0123456789abcdef';
const BAILIAN = 'https://dashscope.aliyuncs.com/compatible-mode/v1';

type Row = readonly [string, SettingsKind, object, readonly (string | number)[], object, string];

const entry = (members: object): object => ({ modelProviders: { openai: [{ id: 'a', ...members }] } });
const ENV_KEY = ['modelProviders', 'openai', 0, 'envKey'] as const;

const ROWS: readonly Row[] = [
  [
    "the entry's base URL, known to the catalogue",
    'qwen',
    entry({ envKey: KEY, baseUrl: BAILIAN }),
    ENV_KEY,
    { method: 'api-key', provider: 'bailian', region: 'beijing', model: 'a' },
    '"DASHSCOPE_API_KEY"',
  ],
  [
    "the entry's base URL, of another server",
    'qwen',
    entry({ envKey: KEY, baseUrl: 'https://llm.example.com/v1' }),
    ENV_KEY,
    { method: 'api-key', provider: 'custom', baseUrl: 'https://llm.example.com/v1', model: 'a' },
    '"OPENAI_API_KEY"',
  ],
  [
    'what the person will say where the entry has no base URL',
    'vscode',
    { 'qwen.modelProviders': { openai: [{ envKey: KEY }] } },
    ['qwen.modelProviders', 'openai', 0, 'envKey'],
    { method: 'api-key' },
    '"OPENAI_API_KEY"',
  ],
  [
    "the entry's address under another name",
    'qwen',
    entry({ apiKey: KEY, api_base: 'https://llm.example.com/v1' }),
    ['modelProviders', 'openai', 0, 'apiKey'],
    { method: 'api-key', provider: 'custom', baseUrl: 'https://llm.example.com/v1' },
    '""',
  ],
  [
    'the entry that names the variable',
    'qwen',
    {
      env: { MY_API_KEY: KEY },
      ...entry({ envKey: 'MY_API_KEY', baseUrl: 'https://coding.dashscope.aliyuncs.com/v1' }),
    },
    ['env', 'MY_API_KEY'],
    { method: 'coding-plan', provider: 'coding-plan', region: 'china', model: 'a' },
    '""',
  ],
  [
    'the base URL among the same variables',
    'folder',
    { 'terminal.integrated.env.linux': { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: 'http://localhost:8000/v1' } },
    ['terminal.integrated.env.linux', 'OPENAI_API_KEY'],
    { method: 'api-key', provider: 'vllm', baseUrl: 'http://localhost:8000/v1' },
    '""',
  ],
  [
    'the base URL beside it',
    'qwen',
    { security: { auth: { apiKey: KEY, baseUrl: 'https://api.openai.com/v1/chat/completions' } } },
    ['security', 'auth', 'apiKey'],
    { method: 'api-key', provider: 'openai' },
    '""',
  ],
  [
    'a server of which no address can be read, for the sign-in to refuse',
    'qwen',
    { env: { DASHSCOPE_API_KEY: KEY }, ...entry({ envKey: 'DASHSCOPE_API_KEY', baseUrl: 'my own server' }) },
    ['env', 'DASHSCOPE_API_KEY'],
    { method: 'api-key', provider: 'custom', baseUrl: 'my own server', model: 'a' },
    '""',
  ],
  [
    'what the key begins with',
    'vscode',
    { 'qwen-code.apiKey': 'sk-or-0123456789abcdef' },
    ['qwen-code.apiKey'],
    { method: 'api-key', provider: 'openrouter' },
    '""',
  ],
  [
    "the variable's name",
    'qwen',
    { env: { DASHSCOPE_API_KEY: KEY } },
    ['env', 'DASHSCOPE_API_KEY'],
    { method: 'api-key', provider: 'bailian' },
    '""',
  ],
  ['whoever the person names', 'vscode', { 'other.token': KEY }, ['other.token'], { method: 'api-key' }, '""'],
];

describe('a key that is moved', () => {
  for (const [what, kind, settings, place, request, newText] of ROWS) {
    it(`goes to ${what}`, () => {
      const found = plainKeyAt(kind, JSON.stringify(settings), place);

      assert.deepEqual([found?.request, found?.newText], [request, newText]);
      assert.ok(found?.key.reveal().startsWith('sk-'));
    });
  }

  it('is marked with its quotes', () => {
    const text = `{ "qwen-code.apiKey": "${KEY}" }`;
    const { offset = 0, length = 0 } = plainKeyAt('vscode', text, ['qwen-code.apiKey']) ?? {};

    assert.equal(text.slice(offset, offset + length), `"${KEY}"`);
  });

  for (const [what, text] of [
    ['has gone', '{}'],
    ['has given way to a name', '{ "env": { "MY_API_KEY": "" } }'],
    ['is in a file that is none', ''],
  ] as const) {
    it(`is not found where it ${what}`, () => assert.equal(plainKeyAt('qwen', text, ['env', 'MY_API_KEY']), undefined));
  }

  it('does not print itself', () => {
    assert.ok(!JSON.stringify(plainKeyAt('qwen', `{ "apiKey": "${KEY}" }`, ['apiKey'])).includes(KEY));
  });
});
