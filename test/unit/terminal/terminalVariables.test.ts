import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

import { QWEN_CODE_SETTINGS } from '../../../src/core/config/qwenSettings';
import { ConfigurationError, SignInRequired } from '../../../src/core/base/errors';
import { accessInUse, terminalVariables } from '../../../src/core/terminal/terminalVariables';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { configured, type Setup } from '../../fakes/configured';

const NOW = 1_000_000;
const BASE_URL = 'https://coding.dashscope.aliyuncs.com/v1';
const USER = 'home/.qwen/settings.json';
const WORKSPACE = 'home/project/.qwen/settings.json';
const THREE = {
  OPENAI_API_KEY: 'sk-sp-0123456789-abcd',
  OPENAI_BASE_URL: BASE_URL,
  OPENAI_MODEL: 'qwen3-coder-plus',
};
const OURS = { id: 'qwen3-coder-plus', baseUrl: `${BASE_URL}/`, envKey: 'PLAN_KEY' };

/** Signed in to a plan, with its model chosen. */
const plan = async (setup: Setup = {}) =>
  await configured({
    accounts: [keyAccount()],
    chosenHere: { id: 'qwen3-coder-plus', baseUrl: BASE_URL },
    ...setup,
  });
const settings = (...entries: readonly object[]) => ({ $version: 4, modelProviders: { openai: entries } });
const variablesOf = async (setup: Setup) => {
  const snapshot = await plan(setup);
  const inUse = accessInUse(snapshot, NOW);
  return inUse && terminalVariables(inUse, snapshot);
};
const refused = (where: { readonly file: RegExp } | { readonly part: string }) => (error: unknown) => {
  assert.ok(error instanceof ConfigurationError);
  if ('part' in where) return isDeepStrictEqual(error.where, where);
  return 'file' in error.where && where.file.test(error.where.file);
};

describe('the variables of a terminal', () => {
  it('are the three usual ones', async () => {
    assert.deepEqual(await variablesOf({}), THREE);
  });

  it("are the one that Qwen Code's own entry names, and the model", async () => {
    assert.deepEqual(await variablesOf({ files: { [USER]: settings(OURS) } }), {
      PLAN_KEY: 'sk-sp-0123456789-abcd',
      OPENAI_MODEL: 'qwen3-coder-plus',
    });
  });

  it('say that no key is needed where none is', async () => {
    const none = keyAccount({ key: undefined });

    assert.deepEqual(await variablesOf({ accounts: [none] }), { ...THREE, OPENAI_API_KEY: 'none' });
  });

  it('hold an access token while it is good, and nothing afterwards', async () => {
    const at = (expiresAt: number): Setup => ({
      accounts: [oauthAccount({}, expiresAt)],
      chosenHere: { id: 'coder-model', baseUrl: 'https://portal.qwen.ai/v1' },
    });

    assert.equal((await variablesOf(at(NOW + 1)))?.['OPENAI_API_KEY'], 'access-token-0123456789');
    assert.equal(await variablesOf(at(NOW)), undefined);
  });

  it('name the way to sign in alone where Qwen Code has the sign-in itself', async () => {
    const shared = oauthAccount({ file: '/home/me/.qwen/oauth_creds.json' });
    const setup = { accounts: [shared], chosenHere: { id: 'coder-model', baseUrl: 'https://portal.qwen.ai/v1' } };

    assert.deepEqual(await variablesOf(setup), { QWEN_OAUTH: 'true' });
  });

  const AZURE = 'https://me.openai.azure.com/openai';
  const UNKNOWN = {
    'whose address has a query at its end': `${AZURE}/deployments/gpt-4o?api-version=2024-10-21`,
    'which takes its key in the header api-key': `${AZURE}/v1`,
  };
  for (const [what, baseUrl] of Object.entries(UNKNOWN)) {
    it(`are none for a server ${what}`, async () => {
      const account = keyAccount({ method: 'api-key', provider: 'azure', baseUrl, keyHeader: 'api-key' });
      const setup = { accounts: [account], chosenHere: { id: 'gpt-4o', baseUrl } };

      await assert.rejects(variablesOf(setup), {
        name: 'ConfigurationError',
        message: `Qwen Code cannot ask me.openai.azure.com, ${what}. Choose another model for the terminal.`,
      });
    });
  }

  it('are none where nobody is signed in', async () => {
    await assert.rejects(variablesOf({ accounts: [] }), SignInRequired);
  });

  it('are none before a workspace may have the key', async () => {
    const entry = { id: 'team', baseUrl: 'https://team.example.com/v1', envKey: 'MY_KEY' };
    const setup = {
      files: { [WORKSPACE]: settings(entry) },
      environment: { MY_KEY: 'sk-of-the-person-1234' },
      chosenHere: entry,
    };

    await assert.rejects(variablesOf(setup), { name: 'SignInRequired', reason: 'notAllowed' });
  });

  const elsewhere = 'https://elsewhere.example.com/v1';
  const MIXED: Readonly<Record<string, readonly [file: string, entry: object, own?: object]>> = {
    'falls back to the key for': [USER, { id: 'other', baseUrl: elsewhere, envKey: 'UNSET' }],
    'would read the key for': [USER, { id: 'other', baseUrl: elsewhere, envKey: 'OPENAI_API_KEY' }],
    'would ask in the place of the model at': [
      USER,
      { id: 'qwen3-coder-plus', baseUrl: elsewhere, envKey: 'OTHER_KEY' },
    ],
    'would send its key to our address for': [USER, { id: 'other', envKey: 'OTHER_KEY' }],
    'would read the variable of our entry for': [USER, { id: 'other', baseUrl: elsewhere, envKey: 'PLAN_KEY' }, OURS],
    'is sent elsewhere by a variable for': [USER, { id: 'other', baseUrl: '$ELSEWHERE', envKey: 'UNSET' }],
    'is told by a workspace to read the key for': [WORKSPACE, { id: 'other', baseUrl: elsewhere, envKey: 'UNSET' }],
  };
  for (const [what, [file, entry, own]] of Object.entries(MIXED)) {
    it(`are none where Qwen Code ${what} another entry`, async () => {
      const files = { [file]: settings(entry, ...(own ? [own] : [])) };
      const where = file === USER ? { part: QWEN_CODE_SETTINGS } : { file: /project/ };

      await assert.rejects(variablesOf({ files, environment: { OTHER_KEY: 'sk-other-0123456789' } }), refused(where));
    });
  }

  it('are none where another protocol would read the key', async () => {
    const anthropic = [{ id: 'other', baseUrl: elsewhere, envKey: 'OPENAI_API_KEY' }];

    await assert.rejects(
      variablesOf({ files: { [WORKSPACE]: { modelProviders: { anthropic } } } }),
      refused({ file: /project/ }),
    );
  });

  const APART = {
    'that has a key of its own': { id: 'other', baseUrl: elsewhere, envKey: 'OTHER_KEY' },
    'at the same server': { id: 'other', baseUrl: BASE_URL, envKey: 'UNSET' },
    'that leaves address and key to the variables': { id: 'other' },
  };
  for (const [what, entry] of Object.entries(APART)) {
    it(`do not mind an entry ${what}`, async () => {
      const files = { [USER]: settings(entry) };

      assert.deepEqual(await variablesOf({ files, environment: { OTHER_KEY: 'sk-other-0123456789' } }), THREE);
    });
  }

  it('have no name of a workspace that steers the shell', async () => {
    for (const envKey of ['BASH_ENV', 'PATH=/project/bin:A_KEY', 'A KEY', 'A\nBASH_ENV=x\nKEY', '1KEY', '`](x)KEY']) {
      const files = { [WORKSPACE]: settings({ ...OURS, envKey }) };

      await assert.rejects(variablesOf({ files }), /may only name one that ends in KEY, TOKEN or SECRET/, envKey);
    }
  });
});
