import assert from 'node:assert/strict';
import { RequestError, SignInRequired } from '../../../src/core/base/errors';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import { resolveCredential } from '../../../src/core/credentials/resolve';
import { withAskedModel } from '../../../src/core/views/askedModel';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';

describe('a problem of a model that was asked', () => {
  const account = keyAccount();
  const selected = model({ id: 'glm-5', baseUrl: account.baseUrl });
  const credential = resolveCredential(selected, { accounts: [account], variables: emptyConfiguration({}).variables });
  const error = new RequestError('coding.dashscope.aliyuncs.com', 'status', { status: 500 });

  it('names the model and whose key it was asked with', () => {
    const { cause } = withAskedModel({ message: 'It failed.', cause: 'It says so.' }, error, { selected, credential });

    assert.equal(cause, 'It says so. The model was glm-5, with Coding Plan · China (Beijing).');
  });

  it('names the model alone where nothing signed the request', () => {
    const { cause } = withAskedModel({ message: 'It failed.' }, error, { selected, credential: undefined });

    assert.equal(cause, 'The model was glm-5.');
  });

  it('is left as it is where no model was asked', () => {
    const problem = { message: 'You are not signed in.' };

    const signedOut = new SignInRequired({ reason: 'signedOut' });
    assert.equal(withAskedModel(problem, signedOut, { selected, credential }), problem);
    assert.equal(withAskedModel(problem, error, { selected: undefined, credential }), problem);
  });
});
