import assert from 'node:assert/strict';

import { modelInUse } from '../../../src/core/session/snapshot';
import { newKeyName } from '../../../src/core/terminal/newKeyName';
import { keyAccount } from '../../fakes/accounts';
import { configured, type Setup } from '../../fakes/configured';

const BASE_URL = 'https://coding.dashscope.aliyuncs.com/v1';
const USER = 'home/.qwen/settings.json';
const OURS = { id: 'qwen3-coder-plus', baseUrl: `${BASE_URL}/`, envKey: 'PLAN_KEY' };
const PLAN: Setup = { accounts: [keyAccount()], chosenHere: { id: 'qwen3-coder-plus', baseUrl: BASE_URL } };
const settings = (...entries: readonly object[]) => ({ $version: 4, modelProviders: { openai: entries } });

describe('the variable for a key in new settings', () => {
  const nameOf = async (setup: Setup = {}) => {
    const snapshot = await configured({ ...PLAN, ...setup });
    return newKeyName(modelInUse(snapshot).model, snapshot);
  };

  it("is the provider's own", async () => {
    assert.equal(await nameOf(), 'BAILIAN_CODING_PLAN_API_KEY');
  });

  it('is the one that the entry has', async () => {
    assert.equal(await nameOf({ files: { [USER]: settings(OURS) } }), 'PLAN_KEY');
  });

  it('is one of its own where another server has that', async () => {
    const china = { id: 'x', baseUrl: 'https://elsewhere.example.com/v1', envKey: 'BAILIAN_CODING_PLAN_API_KEY' };

    assert.equal(await nameOf({ files: { [USER]: settings(china) } }), 'QWEN_AUTH_CODING_DASHSCOPE_ALIYUNCS_COM_KEY');
  });

  it('is not the one that Qwen Code falls back to, where it would', async () => {
    const provider = { openai: [{ id: 'm', baseUrl: 'https://own.example.com/v1' }] };
    const other = { id: 'x', baseUrl: 'https://elsewhere.example.com/v1', envKey: 'UNSET' };
    const own = { id: 'm', baseUrl: 'https://own.example.com/v1' };
    const setup = { providers: provider, environment: { OPENAI_API_KEY: 'sk-0123456789' }, chosenHere: own };

    assert.equal(await nameOf(setup), 'OPENAI_API_KEY');
    assert.equal(await nameOf({ ...setup, files: { [USER]: settings(other) } }), 'QWEN_AUTH_OWN_EXAMPLE_COM_KEY');
  });
});
