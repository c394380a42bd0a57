import assert from 'node:assert/strict';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import { elsewhere } from '../../../src/core/views/elsewhere';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const account = keyAccount();
const used = model({ id: 'gpt', baseUrl: 'https://api.openai.com/v1' });
const first = model({ id: 'qwen3.5-plus', baseUrl: account.baseUrl });
const forCode = model({ id: 'qwen3-coder-plus', baseUrl: account.baseUrl, isBestForCode: true });

/** The model that the button takes, where the one in use has that name. */
const offered = (id: string) => {
  const selected = { ...used, id };
  const about = snapshot({
    accounts: [account],
    models: [selected, first, forCode],
    selected,
    configuration: emptyConfiguration({}),
  });
  const intent = elsewhere(used.baseUrl, about)?.intent;
  return intent?.type === 'switchModel' ? intent.id : undefined;
};

describe('the button to another account', () => {
  it('takes the same model where the account has it', () => {
    assert.equal(offered('qwen3.5-plus'), 'qwen3.5-plus');
  });

  it('takes the model that a sign-in to the account chooses where it has not', () => {
    assert.equal(offered('gpt'), 'qwen3-coder-plus');
  });
});
