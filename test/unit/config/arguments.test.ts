import assert from 'node:assert/strict';

import { argumentIn } from '../../../src/core/config/arguments';
import { readArguments } from '../../../src/core/config/readArguments';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { configured, inShort, type Setup } from '../../fakes/configured';

const OPENAI = 'https://api.openai.com/v1';
const GATEWAY = 'https://llm.example.com/v1';
const LOCAL = 'https://here.example.com/v1';
const KEY = { '--openai-api-key': 'sk-0123456789-ARGU' };
const URL = { '--openai-base-url': `${GATEWAY}/chat/completions` };
const MODEL = { '--model': 'm' };
const ENVIRONMENT = { OPENAI_API_KEY: 'sk-0123456789-PROC', OPENAI_BASE_URL: LOCAL, OPENAI_MODEL: 'p' };
const LLAMA = { LLAMA_API_KEY: 'sk-0123456789-LLAM', LLAMA_API_BASE_URL: LOCAL, LLAMA_API_MODEL: 'l' };
const SETTINGS = {
  'home/.qwen/settings.json': {
    modelProviders: {
      openai: [
        { id: 's', baseUrl: LOCAL, envKey: 'MY_KEY' },
        { id: 'm', baseUrl: `${LOCAL}/other`, envKey: 'MY_KEY' },
      ],
    },
    model: { name: 's' },
    env: { MY_KEY: 'sk-0123456789-SETT' },
  },
};
const LISTED = {
  'home/.qwen/settings.json': { ...SETTINGS['home/.qwen/settings.json'], model: undefined },
};
const DOTENV = { 'home/project/.env': `OPENAI_BASE_URL=${LOCAL}\nOPENAI_MODEL=d\n` };

/** What is said and set, and what comes of it: model, base URL, last four of the key, the sources of these three. */
const ROWS: readonly (readonly [title: string, setup: Setup, expected: string])[] = [
  ['a key alone is for OpenAI', { commandLine: KEY }, `gpt-4o | ${OPENAI} | ARGU | default default argument`],
  ['a key and a model', { commandLine: { ...KEY, ...MODEL } }, `m | ${OPENAI} | ARGU | argument default argument`],
  [
    'all three beat the environment',
    { commandLine: { ...KEY, ...URL, ...MODEL }, environment: ENVIRONMENT },
    `m | ${GATEWAY} | ARGU | argument argument argument`,
  ],
  [
    'a key leaves the rest',
    { commandLine: KEY, environment: ENVIRONMENT },
    `p | ${LOCAL} | ARGU | environment environment argument`,
  ],
  [
    'an address leaves the rest',
    { commandLine: URL, environment: ENVIRONMENT },
    `p | ${GATEWAY} | PROC | environment argument environment`,
  ],
  [
    'a model leaves the rest',
    { commandLine: MODEL, environment: ENVIRONMENT },
    `m | ${LOCAL} | PROC | argument environment environment`,
  ],
  [
    'a model goes with the older names too',
    { commandLine: MODEL, environment: LLAMA },
    `m | ${LOCAL} | LLAM | argument environment environment`,
  ],
  [
    'an address goes with the older names too',
    { commandLine: URL, environment: LLAMA },
    `l | ${GATEWAY} | LLAM | environment argument environment`,
  ],
  [
    'a key never meets the address of the older names',
    { commandLine: KEY, environment: LLAMA },
    `gpt-4o | ${OPENAI} | ARGU | default default argument`,
  ],
  [
    'a model of the settings comes with its own address',
    { commandLine: MODEL, files: SETTINGS },
    `m | ${LOCAL}/other | SETT | argument qwenSettings qwenSettings`,
  ],
  [
    'a model that nobody lists is at the address in use',
    { commandLine: { '--model': 'new' }, files: SETTINGS },
    `new | ${LOCAL} | SETT | argument qwenSettings qwenSettings`,
  ],
  [
    'a model of the settings keeps its address and its key beside the variables',
    { commandLine: MODEL, environment: ENVIRONMENT, files: LISTED },
    `m | ${LOCAL}/other | SETT | argument qwenSettings qwenSettings`,
  ],
  [
    'a model that is listed for the key of the variables is at its own address',
    {
      commandLine: MODEL,
      environment: { OPENAI_API_KEY: 'sk-0123456789-PROC' },
      providers: { openai: [{ id: 'm', baseUrl: GATEWAY }] },
    },
    `m | ${GATEWAY} | PROC | argument settings environment`,
  ],
  [
    'a model that is listed twice is the one at the address in use',
    {
      commandLine: MODEL,
      environment: ENVIRONMENT,
      providers: {
        openai: [
          { id: 'm', baseUrl: GATEWAY },
          { id: 'm', baseUrl: LOCAL, envKey: 'OPENAI_API_KEY' },
        ],
      },
    },
    `m | ${LOCAL} | PROC | argument settings environment`,
  ],
  [
    'a listed model at an address is the one there',
    { commandLine: { ...URL, ...MODEL }, environment: ENVIRONMENT, files: LISTED },
    `m | ${GATEWAY} | PROC | argument argument environment`,
  ],
  [
    'a model of the account in use stays there',
    {
      commandLine: { '--model': 'qwen3.7-plus' },
      accounts: [keyAccount()],
      chosenHere: { id: 'qwen3-coder-plus', baseUrl: keyAccount().baseUrl },
      providers: { openai: [{ id: 'qwen3.7-plus', baseUrl: GATEWAY }] },
    },
    `qwen3.7-plus | ${keyAccount().baseUrl} | abcd | argument catalogue keychain`,
  ],
  [
    'an address is for the model in use',
    { commandLine: URL, files: SETTINGS },
    `s | ${GATEWAY} | SETT | qwenSettings argument qwenSettings`,
  ],
  [
    'a key beats that of an entry',
    { commandLine: KEY, files: SETTINGS },
    `s | ${LOCAL} | ARGU | qwenSettings qwenSettings argument`,
  ],
  [
    'a key of the person is not sent where a file says, unasked',
    { commandLine: KEY, files: DOTENV },
    `d | ${LOCAL} | ARGU | dotenv dotenv argument | asks`,
  ],
  [
    'an address of the person needs no asking',
    { commandLine: { ...KEY, ...URL }, files: DOTENV },
    `d | ${GATEWAY} | ARGU | dotenv argument argument`,
  ],
  [
    'a key is not for the model of a sign-in',
    { commandLine: KEY, accounts: [oauthAccount()] },
    `gpt-4o | ${OPENAI} | ARGU | default default argument`,
  ],
  ['an address gets no access token', { commandLine: URL, accounts: [oauthAccount()] }, 'no model'],
  [
    'a model may be one of a sign-in',
    { commandLine: MODEL, accounts: [oauthAccount()] },
    'm | https://portal.qwen.ai/v1 | no key | argument keychain keychain',
  ],
];

describe('arguments of a command line', () => {
  for (const [title, setup, expected] of ROWS) {
    it(`count: ${title}`, async () => {
      assert.equal(inShort(await configured(setup)), expected);
    });
  }

  it('show what they shadow', async () => {
    const { candidates } = await configured({ commandLine: MODEL, environment: ENVIRONMENT });

    assert.deepEqual(candidates.map(({ chosenBy, model }) => [chosenBy, model.id]).slice(0, 2), [
      ['arguments', 'm'],
      ['variables', 'p'],
    ]);
  });

  it('are those that were given', () => {
    const given = readArguments({ '--model': 'm', '--openai-api-key': undefined });

    assert.deepEqual([argumentIn(given, '--model')?.value.reveal(), given.length], ['m', 1]);
    assert.equal(argumentIn(given, '--openai-api-key'), undefined);
    assert.equal(argumentIn(undefined, '--model'), undefined);
  });

  for (const [given, said] of [
    [{ '--model': ' ' }, /^--model is empty\. Give it a value/],
    [{ '--openai-api-key': '""' }, /^--openai-api-key is empty\./],
    [
      { '--openai-api-key': 'your-api-key' },
      /^The argument --openai-api-key: .* so it cannot be used\. Put the key itself/,
    ],
    [{ '--openai-api-key': 'sk-01234\u043556789' }, /^The argument --openai-api-key: The key holds the character/],
    [{ '--openai-base-url': 'http://a.example' }, /^The argument --openai-base-url: .* plain http/],
    [{ '--openai-base-url': 'sk-0123456789abcdef' }, /looks like a key, where an address should be/],
    [{ '--model': 'sk-0123456789abcdef' }, /looks like a key, where the name of a model should be/],
    [{ '--model': '$MODEL' }, /^The argument --model: This refers to a value that is kept elsewhere/],
  ] as const) {
    it(`need a value that can be used, other than ${JSON.stringify(given)}`, () => {
      assert.throws(() => readArguments(given), {
        name: 'ConfigurationError',
        where: { field: Object.keys(given)[0] },
        message: said,
      });
    });
  }

  it('have the name of a model as it was typed', () => {
    const [model] = readArguments({ '--model': '"a\u001bb"' });

    assert.equal(model?.value.reveal(), 'a\u001bb');
  });
});
