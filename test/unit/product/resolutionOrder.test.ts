import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { configured, inShort, type Setup } from '../../fakes/configured';
import type { Contents } from '../../fakes/temporaryFolder';

const OPENAI = 'https://api.openai.com/v1';
const BAILIAN = 'https://dashscope.aliyuncs.com/compatible-mode/v1';
const GATEWAY = 'https://llm.example.com/v1';

const key = (last4: string) => `sk-0123456789-${last4}`;
const saved = (last4: string, baseUrl: string) => keyAccount({ id: last4, baseUrl, key: new Secret(key(last4)) });
const openai = (last4: string, url?: string, model?: string) =>
  variables({ OPENAI_API_KEY: key(last4), OPENAI_BASE_URL: url, OPENAI_MODEL: model });
const llama = (last4: string, url?: string, model?: string) =>
  variables({ LLAMA_API_KEY: key(last4), LLAMA_API_BASE_URL: url, LLAMA_API_MODEL: model });
const lines = (given: Readonly<Record<string, string>>) =>
  Object.entries(given)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
const signIn = (apiKey: string, baseUrl?: string, selectedType = 'openai') => ({
  security: { auth: { selectedType, apiKey, ...(baseUrl && { baseUrl }) } },
  model: { name: 'm' },
});
const entries = (...openaiEntries: readonly object[]) => ({ openai: openaiEntries });
const named = (entry: { readonly id: string; readonly envKey?: string | null }): Setup => ({
  files: {
    'home/.qwen/settings.json': {
      security: { auth: { selectedType: 'openai' } },
      model: { name: entry.id },
      modelProviders: entries(entry),
    },
  },
});
const A = { id: 'a', baseUrl: GATEWAY };
const OWN = { ...A, envKey: 'OWN_KEY' };
const NAMESAKES = entries(OWN, { ...OWN, baseUrl: BAILIAN });
const BY_KEY: Setup = { files: { 'home/.qwen/settings.json': { security: { auth: { selectedType: 'openai' } } } } };
const FAULTY = { ...A, generationConfig: { timeout: 'soon' } };
const B = { id: 'b', baseUrl: GATEWAY };

function variables(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Every file that may hold a key, in their order. */
const FILES = {
  'home/project/.env': lines(openai('PROJ')),
  'home/.env': lines(openai('HOME')),
  'home/project/.qwen/settings.json': { env: openai('WORK') },
  'home/.qwen/settings.json': { env: openai('USER') },
};
const filesFrom = (first: keyof typeof FILES): Contents => {
  const all = Object.entries(FILES);
  return Object.fromEntries(all.slice(all.findIndex(([name]) => name === first)));
};

/** What is set, and what comes of it: model, base URL, last four of the key, the sources of these three. */
type Row = readonly [title: string, setup: Setup, expected: string];

const ROWS: readonly (readonly [about: string, rows: readonly Row[]])[] = [
  [
    'key',
    [
      [
        'is the one saved for that base URL',
        {
          accounts: [saved('SAME', 'https://llm.example.com/other'), saved('KEYC', GATEWAY)],
          environment: openai('PROC'),
          files: FILES,
          providers: entries(A),
          chosenHere: A,
        },
        `a | ${GATEWAY} | KEYC | settings settings keychain`,
      ],
      [
        'is one saved for the same origin',
        {
          accounts: [saved('SAME', 'https://llm.example.com/other')],
          environment: openai('PROC'),
          providers: entries(A),
          chosenHere: A,
        },
        `a | ${GATEWAY} | SAME | settings settings keychain`,
      ],
      [
        'is never one saved for another origin',
        { accounts: [saved('ELSE', 'https://llm.example.com:8443/v1')], providers: entries(A), chosenHere: A },
        `a | ${GATEWAY} | no key | settings settings missing`,
      ],
      [
        'is the process variable before every file',
        { environment: openai('PROC'), files: FILES },
        `gpt-4o | ${OPENAI} | PROC | default default environment`,
      ],
      [
        'is not an empty process variable',
        { environment: { OPENAI_API_KEY: '  ' }, files: FILES },
        `gpt-4o | ${OPENAI} | PROJ | default default dotenv`,
      ],
      ['is of the project before home', { files: FILES }, `gpt-4o | ${OPENAI} | PROJ | default default dotenv`],
      [
        'is of home before settings',
        { files: filesFrom('home/.env') },
        `gpt-4o | ${OPENAI} | HOME | default default dotenv`,
      ],
      [
        'is of the workspace settings before ones own',
        { files: filesFrom('home/project/.qwen/settings.json') },
        `gpt-4o | ${OPENAI} | WORK | default default workspaceSettings`,
      ],
      [
        'is of ones own settings last',
        { files: filesFrom('home/.qwen/settings.json') },
        `gpt-4o | ${OPENAI} | USER | default default qwenSettings`,
      ],
      [
        "is of Qwen Code's own sign-in last of all, with its address",
        { files: { 'home/.qwen/settings.json': signIn(key('SIGN'), GATEWAY) } },
        `m | ${GATEWAY} | SIGN | qwenSettings qwenSettings qwenSettings`,
      ],
      [
        "is of Qwen Code's own sign-in after every variable",
        { environment: openai('PROC'), files: { 'home/.qwen/settings.json': signIn(key('SIGN'), GATEWAY) } },
        `m | ${GATEWAY} | PROC | qwenSettings qwenSettings environment`,
      ],
      [
        "of Qwen Code's own sign-in goes where Qwen Code sends it",
        { files: { 'home/.qwen/settings.json': signIn(key('SIGN')) } },
        `m | ${BAILIAN} | SIGN | qwenSettings default qwenSettings`,
      ],
      [
        "is of Qwen Code's own sign-in for no other way to sign in",
        { files: { 'home/.qwen/settings.json': signIn(key('SIGN'), GATEWAY, 'gemini') } },
        'no model',
      ],
      [
        'is not a placeholder',
        { environment: { OPENAI_API_KEY: 'your_api_key_here' }, files: FILES },
        `gpt-4o | ${OPENAI} | PROJ | default default dotenv`,
      ],
      [
        'is none that no header can hold, and then no other',
        { environment: { OPENAI_API_KEY: 'sk-01234\u043556789' }, files: FILES },
        `gpt-4o | ${OPENAI} | no key | default default missing`,
      ],
      [
        'of a gateway goes to no default where its entry cannot be read',
        { environment: openai('PROC'), providers: entries({ id: 'a', base_url: GATEWAY }) },
        'no model',
      ],
      [
        'of a gateway goes to no default of another entry either',
        { environment: openai('PROC'), providers: entries({ id: 'a', baseUrl: 123 }, { id: 'b' }) },
        'no model',
      ],
      [
        'of a gateway goes to no default where its entry has a fault elsewhere',
        { environment: openai('PROC'), ...named(FAULTY) },
        'no model',
      ],
      [
        'of a gateway goes to no default where the variable is written as a reference',
        { environment: openai('PROC'), ...named({ ...A, envKey: '$OPENAI_API_KEY' }) },
        'no model',
      ],
      [
        'of a gateway goes to no default where the name of the variable is none',
        { environment: openai('PROC'), ...named({ ...A, envKey: null }) },
        'no model',
      ],
      [
        'goes where the variables say, whatever fault an entry has',
        { environment: openai('PROC', BAILIAN), ...named(FAULTY) },
        `qwen3.6-plus | ${BAILIAN} | PROC | default environment environment`,
      ],
      [
        'is for the server of its entry, not for the default one',
        { environment: openai('PROC'), providers: entries(A) },
        `a | ${GATEWAY} | PROC | settings settings environment`,
      ],
      [
        'is for the server of its entry, whatever model the variables name',
        { environment: openai('PROC', undefined, 'o'), providers: entries(A) },
        `a | ${GATEWAY} | PROC | settings settings environment`,
      ],
      [
        'is for the default server where its entries are there',
        { environment: openai('PROC', undefined, 'o'), providers: entries({ id: 'b' }) },
        `o | ${OPENAI} | PROC | environment default environment`,
      ],
      [
        'of another provider goes to no default',
        { environment: { OPENAI_API_KEY: 'sk-or-v1-0123456789abcdef' } },
        'no model',
      ],
      [
        'goes to no default where its address is in a variable of another name',
        { environment: { ...openai('PROC'), OPENAI_API_BASE: GATEWAY } },
        'no model',
      ],
      [
        'is of no project that is not trusted',
        { files: FILES, trusted: false },
        `gpt-4o | ${OPENAI} | HOME | default default dotenv`,
      ],
      [
        'is not of home where the project has a file',
        {
          files: {
            'home/project/.env': lines({ OPENAI_BASE_URL: GATEWAY, OPENAI_MODEL: 'm' }),
            'home/.env': lines(openai('HOME')),
          },
        },
        `m | ${GATEWAY} | no key | dotenv dotenv missing`,
      ],
      [
        'is the variable that the entry names',
        {
          environment: { ...openai('PROC'), MY_KEY: key('MINE') },
          providers: entries({ ...A, envKey: 'MY_KEY' }),
          chosenHere: A,
        },
        `a | ${GATEWAY} | MINE | settings settings environment`,
      ],
      [
        'is missing where the entry names nothing set',
        { environment: openai('PROC'), providers: entries({ ...A, envKey: 'MY_KEY' }), chosenHere: A },
        `a | ${GATEWAY} | no key | settings settings missing`,
      ],
      [
        'is not needed on this machine',
        { environment: { OPENAI_BASE_URL: 'http://localhost:8000/v1', OPENAI_MODEL: 'local' } },
        'local | http://localhost:8000/v1 | no key | environment environment none',
      ],
      [
        'goes to this machine where there is one',
        { environment: openai('PROC', 'http://localhost:8000/v1', 'local') },
        'local | http://localhost:8000/v1 | PROC | environment environment environment',
      ],
    ],
  ],
  [
    'variables',
    [
      [
        'need no more than a key',
        { environment: openai('PROC') },
        `gpt-4o | ${OPENAI} | PROC | default default environment`,
      ],
      [
        'need no model where the catalogue has one',
        { environment: openai('PROC', BAILIAN) },
        `qwen3.6-plus | ${BAILIAN} | PROC | default environment environment`,
      ],
      ['make no model of an unknown server', { environment: openai('PROC', GATEWAY) }, 'no model'],
      [
        'may come from different places',
        { environment: openai('PROC'), files: { 'home/.env': lines({ OPENAI_BASE_URL: GATEWAY, OPENAI_MODEL: 'm' }) } },
        `m | ${GATEWAY} | PROC | dotenv dotenv environment`,
      ],
      [
        'may name it as QWEN_MODEL',
        { environment: { ...openai('PROC', GATEWAY), QWEN_MODEL: 'q' } },
        `q | ${GATEWAY} | PROC | environment environment environment`,
      ],
      [
        'name it as OPENAI_MODEL first',
        { environment: { ...openai('PROC', GATEWAY, 'o'), QWEN_MODEL: 'q' } },
        `o | ${GATEWAY} | PROC | environment environment environment`,
      ],
      [
        'give an entry without a base URL theirs',
        { environment: openai('PROC', GATEWAY), providers: entries({ id: 'b' }), chosenHere: B },
        `b | ${GATEWAY} | PROC | settings environment environment`,
      ],
      [
        'of LLAMA make a model too',
        { environment: llama('LLAM', GATEWAY, 'm') },
        `m | ${GATEWAY} | LLAM | environment environment environment`,
      ],
      [
        'of OPENAI win as a whole',
        { environment: { ...llama('LLAM', GATEWAY, 'm'), ...openai('PROC') } },
        `gpt-4o | ${OPENAI} | PROC | default default environment`,
      ],
      [
        'of OPENAI win from any place',
        { environment: llama('LLAM', GATEWAY, 'm'), files: filesFrom('home/.qwen/settings.json') },
        `gpt-4o | ${OPENAI} | USER | default default qwenSettings`,
      ],
      [
        'never send a LLAMA key to OPENAI_BASE_URL',
        { environment: { ...llama('LLAM'), OPENAI_BASE_URL: GATEWAY, OPENAI_MODEL: 'm' } },
        `gpt-4o | ${OPENAI} | LLAM | default default environment`,
      ],
      [
        'never send an OPENAI key to LLAMA_API_BASE_URL',
        { environment: { ...openai('PROC'), LLAMA_API_BASE_URL: GATEWAY, LLAMA_API_MODEL: 'm' } },
        `gpt-4o | ${OPENAI} | PROC | default default environment`,
      ],
      ['are none where nothing is set', {}, 'no model'],
    ],
  ],
  [
    'model',
    [
      [
        'is the choice of this workspace',
        { providers: entries(A, B), chosenHere: B, chosenByDefault: A, environment: openai('PROC') },
        `b | ${GATEWAY} | PROC | settings settings environment`,
      ],
      [
        'is else the choice of all workspaces',
        {
          providers: entries(A, B),
          chosenByDefault: B,
          files: { 'home/.qwen/settings.json': { model: { name: 'a' } } },
          environment: openai('PROC'),
        },
        `b | ${GATEWAY} | PROC | settings settings environment`,
      ],
      [
        'is else the one that the workspace settings name',
        {
          providers: entries(A, B),
          files: {
            'home/project/.qwen/settings.json': { model: { name: 'b' } },
            'home/.qwen/settings.json': { model: { name: 'a' } },
          },
          environment: openai('PROC'),
        },
        `b | ${GATEWAY} | PROC | settings settings environment`,
      ],
      [
        'is else the one that ones own settings name',
        {
          files: { 'home/.qwen/settings.json': { model: { name: 'b' }, modelProviders: entries(A, B) } },
          environment: openai('PROC'),
        },
        `b | ${GATEWAY} | PROC | qwenSettings qwenSettings environment`,
      ],
      [
        'is told from its namesake by base URL',
        {
          files: {
            'home/.qwen/settings.json': {
              model: { name: 'a', baseUrl: `${BAILIAN}/` },
              modelProviders: entries(A, { id: 'a', baseUrl: BAILIAN }),
            },
          },
          environment: openai('PROC'),
        },
        `a | ${BAILIAN} | PROC | qwenSettings qwenSettings environment`,
      ],
      [
        'is the first of its id where the base URL is out of date',
        {
          files: {
            'home/.qwen/settings.json': { model: { name: 'b', baseUrl: BAILIAN }, modelProviders: entries(A, B) },
          },
          environment: openai('PROC'),
        },
        `b | ${GATEWAY} | PROC | qwenSettings qwenSettings environment`,
      ],
      [
        'is that of the sign-in where the settings of Qwen Code select it',
        {
          files: {
            'home/.qwen/settings.json': {
              security: { auth: { selectedType: 'qwen-oauth' } },
              model: { name: 'a' },
              modelProviders: entries(A),
            },
          },
          accounts: [saved('KEYC', BAILIAN), oauthAccount()],
        },
        'coder-model | https://portal.qwen.ai/v1 | no key | catalogue keychain keychain',
      ],
      [
        'is none of another way to sign in',
        {
          files: {
            'home/.qwen/settings.json': {
              security: { auth: { selectedType: 'gemini' } },
              model: { name: 'gemini-3-pro' },
            },
          },
          environment: openai('PROC'),
        },
        `gpt-4o | ${OPENAI} | PROC | default default environment`,
      ],
      [
        'is at the address of the variables where no entry has its name',
        {
          files: { 'home/.qwen/settings.json': { model: { name: 'new' }, modelProviders: entries(A) } },
          environment: openai('PROC', GATEWAY),
        },
        `new | ${GATEWAY} | PROC | qwenSettings environment environment`,
      ],
      [
        'is the one that the first file names, listed or not',
        {
          files: {
            'home/project/.qwen/settings.json': { model: { name: 'zz' } },
            'home/.qwen/settings.json': { model: { name: 'a' }, modelProviders: entries(OWN) },
          },
          environment: openai('PROC', BAILIAN),
        },
        `zz | ${BAILIAN} | PROC | workspaceSettings environment environment`,
      ],
      [
        'is told from its namesake by the base URL that another file names',
        {
          files: {
            'home/project/.qwen/settings.json': { model: { name: 'a' } },
            'home/.qwen/settings.json': { model: { name: 'b', baseUrl: BAILIAN }, modelProviders: NAMESAKES },
          },
          environment: { OWN_KEY: key('OWNK') },
        },
        `a | ${BAILIAN} | OWNK | qwenSettings qwenSettings environment`,
      ],
      [
        'is told from its namesake by the base URL that the workspace names',
        {
          files: {
            'home/project/.qwen/settings.json': { model: { baseUrl: BAILIAN } },
            'home/.qwen/settings.json': { model: { name: 'a', baseUrl: GATEWAY }, modelProviders: NAMESAKES },
          },
          environment: { OWN_KEY: key('OWNK') },
        },
        `a | ${BAILIAN} | OWNK | qwenSettings qwenSettings environment`,
      ],
      [
        'is the one of the settings before the one of a variable, though no entry has its name',
        {
          environment: openai('PROC', GATEWAY, 'o'),
          files: { 'home/.qwen/settings.json': { model: { name: 'new' } } },
        },
        `new | ${GATEWAY} | PROC | qwenSettings environment environment`,
      ],
      [
        'that a variable names is the entry of that id, with its own key',
        {
          environment: { ...openai('PROC', BAILIAN, 'a'), OWN_KEY: key('OWNK') },
          providers: entries({ ...B, envKey: 'OWN_KEY' }, OWN),
        },
        `a | ${GATEWAY} | OWNK | settings settings environment`,
      ],
      [
        'that a variable names is an entry also where the variables have no server',
        { environment: { QWEN_MODEL: 'a', OWN_KEY: key('OWNK') }, providers: entries({ id: 'b' }, OWN) },
        `a | ${GATEWAY} | OWNK | settings settings environment`,
      ],
      [
        'that a variable names is the entry at the server of the variables, of several',
        { environment: openai('PROC', BAILIAN, 'a'), providers: entries(OWN, { id: 'a', baseUrl: BAILIAN }) },
        `a | ${BAILIAN} | PROC | settings settings environment`,
      ],
      [
        'that a variable names is at the address of the command line, where there is one',
        {
          environment: openai('PROC', BAILIAN, 'a'),
          providers: entries(OWN),
          commandLine: { '--openai-base-url': OPENAI },
        },
        `a | ${OPENAI} | PROC | environment argument environment`,
      ],
      [
        'that a variable names is at the server of the variables where its entry has no key',
        { environment: openai('PROC', BAILIAN, 'a'), providers: entries(OWN) },
        `a | ${BAILIAN} | PROC | environment environment environment`,
      ],
      [
        'is none of an entry where the key is on the command line, for which OpenAI is usual',
        { providers: entries(A), commandLine: { '--openai-api-key': key('ARGU') } },
        `gpt-4o | ${OPENAI} | ARGU | default default argument`,
      ],
      [
        'that is named beside a key on the command line is at the server of the variables',
        {
          environment: { OPENAI_BASE_URL: BAILIAN, OWN_KEY: key('OWNK') },
          providers: entries(OWN),
          commandLine: { '--openai-api-key': key('ARGU'), '--model': 'a' },
        },
        `a | ${BAILIAN} | ARGU | argument environment argument`,
      ],
      [
        'that is named on the command line is at the server of the variables where its entry has no key',
        { environment: openai('PROC', BAILIAN), providers: entries(OWN), commandLine: { '--model': 'a' } },
        `a | ${BAILIAN} | PROC | argument environment environment`,
      ],
      [
        'is none of an old sign-in where the settings say that it is by a key: an entry',
        { ...BY_KEY, accounts: [oauthAccount()], environment: { OWN_KEY: key('OWNK') }, providers: entries(B, OWN) },
        `a | ${GATEWAY} | OWNK | settings settings environment`,
      ],
      [
        'is none of an old sign-in where the settings say that it is by a key: the variables',
        { ...BY_KEY, accounts: [oauthAccount()], environment: openai('PROC', GATEWAY) },
        'no model',
      ],
      [
        'is none of an old sign-in where the settings say that it is by a key: another account',
        { ...BY_KEY, accounts: [oauthAccount(), saved('KEYC', BAILIAN)] },
        `qwen3-coder-plus | ${BAILIAN} | KEYC | catalogue catalogue keychain`,
      ],
      [
        'is that of an old sign-in where there is no key',
        { ...BY_KEY, accounts: [oauthAccount()], providers: entries(OWN) },
        'coder-model | https://portal.qwen.ai/v1 | no key | catalogue keychain keychain',
      ],
      [
        'is else the one of the variables',
        {
          providers: entries({ ...A, envKey: 'OTHER' }),
          environment: openai('PROC'),
          accounts: [saved('KEYC', BAILIAN)],
        },
        `gpt-4o | ${OPENAI} | PROC | default default environment`,
      ],
      [
        'is an entry that has a key before the usual one of a key',
        {
          providers: entries({ ...B, envKey: 'OTHER' }, OWN),
          environment: { ...openai('PROC'), OWN_KEY: key('OWNK') },
        },
        `a | ${GATEWAY} | OWNK | settings settings environment`,
      ],
      [
        'is an entry that has a key before the usual one at the address of the variables',
        { providers: entries(OWN, { id: 'q', baseUrl: BAILIAN }), environment: openai('PROC', BAILIAN) },
        `q | ${BAILIAN} | PROC | settings settings environment`,
      ],
      [
        'is the usual one at the address of the variables before an entry elsewhere',
        { providers: entries(OWN), environment: { ...openai('PROC', BAILIAN), OWN_KEY: key('OWNK') } },
        `qwen3.6-plus | ${BAILIAN} | PROC | default environment environment`,
      ],
      [
        'is else the first of an account that works',
        { providers: entries(A), accounts: [{ ...saved('GONE', GATEWAY), status: 'refused' }, saved('KEYC', BAILIAN)] },
        `qwen3-coder-plus | ${BAILIAN} | KEYC | catalogue catalogue keychain`,
      ],
      [
        'of an entry without a base URL is at the provider of its variable',
        {
          environment: { MOONSHOT_API_KEY: key('MOON') },
          providers: entries({ id: 'k', envKey: 'MOONSHOT_API_KEY' }),
        },
        'k | https://api.moonshot.ai/v1 | MOON | settings default environment',
      ],
      [
        'is else the first of the settings',
        { providers: entries(A, B) },
        `a | ${GATEWAY} | no key | settings settings missing`,
      ],
      [
        'is of the editor setting before the files',
        {
          providers: entries(A),
          files: { 'home/.qwen/settings.json': { modelProviders: entries({ ...A, envKey: 'OTHER' }) } },
        },
        `a | ${GATEWAY} | no key | settings settings missing`,
      ],
    ],
  ],
  [
    'own key for an address of the workspace',
    [
      [
        'needs a yes for the project file',
        {
          environment: openai('PROC'),
          files: { 'home/project/.env': lines({ OPENAI_BASE_URL: GATEWAY, OPENAI_MODEL: 'm' }) },
        },
        `m | ${GATEWAY} | PROC | dotenv dotenv environment | asks`,
      ],
      [
        'needs a yes for the workspace settings',
        {
          environment: openai('PROC'),
          files: { 'home/project/.qwen/settings.json': { modelProviders: entries(A) } },
          chosenHere: A,
        },
        `a | ${GATEWAY} | PROC | workspaceSettings workspaceSettings environment | asks`,
      ],
      [
        'is not to be had by quoting it',
        {
          environment: { SECRET: key('PROC') },
          files: {
            'home/project/.qwen/settings.json': {
              env: { OPENAI_API_KEY: '$SECRET', OPENAI_BASE_URL: `${GATEWAY}/$SECRET`, OPENAI_MODEL: 'm' },
            },
          },
        },
        'no model',
      ],
      [
        'is not there where the workspace quotes it as its own',
        {
          environment: { SECRET: key('PROC') },
          files: {
            'home/project/.qwen/settings.json': {
              env: { OPENAI_API_KEY: '$SECRET', OPENAI_BASE_URL: GATEWAY, OPENAI_MODEL: 'm' },
            },
            'home/.qwen/settings.json': { env: openai('USER') },
          },
        },
        `m | ${GATEWAY} | no key | workspaceSettings workspaceSettings missing`,
      ],
      [
        'needs none where the key is the projects too',
        { files: { 'home/project/.env': lines(openai('PROJ', GATEWAY, 'm')) } },
        `m | ${GATEWAY} | PROJ | dotenv dotenv dotenv`,
      ],
      [
        'needs none for the address it was saved for',
        {
          accounts: [saved('KEYC', GATEWAY)],
          files: { 'home/project/.qwen/settings.json': { modelProviders: entries(A) } },
          chosenHere: A,
        },
        `a | ${GATEWAY} | KEYC | workspaceSettings workspaceSettings keychain`,
      ],
    ],
  ],
];

describe('resolution order', () => {
  for (const [about, rows] of ROWS) {
    describe(`the ${about}`, () => {
      for (const [title, setup, expected] of rows) {
        it(title, async () => {
          assert.equal(inShort(await configured(setup)), expected);
        });
      }
    });
  }

  it('tells of a model that a variable names and nobody has, where the key is the one of an entry', async () => {
    const problemsOf = async (model: string) => {
      const { problems } = await configured({ environment: openai('PROC', undefined, model), providers: entries(A) });
      return problems.map(({ message }) => message);
    };

    assert.deepEqual(await problemsOf('o'), [
      'The environment variable OPENAI_MODEL: An entry says which server OPENAI_API_KEY is for, and none lists this ' +
        'model. Set OPENAI_BASE_URL to say where it is.',
    ]);
    assert.deepEqual(await problemsOf('a'), []);
  });
});
