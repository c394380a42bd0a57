import assert from 'node:assert/strict';

import { operationUrl } from '../../../src/core/providers/access';
import { deploymentAt, deploymentsUrl, keyHeaderAt } from '../../../src/core/providers/azure';

const OLDER = 'https://acme.openai.azure.com/openai/deployments/my%20gpt?api-version=2024-10-21';
const NEWER = 'https://acme.openai.azure.com/openai/v1';

describe('Azure', () => {
  it('has the operation before the version', () => {
    assert.equal(
      operationUrl({ baseUrl: OLDER }, 'chat/completions'),
      'https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21',
    );
    assert.equal(operationUrl({ baseUrl: NEWER }, 'models'), `${NEWER}/models`);
  });

  it('names one deployment in the address of its older API, and none in that of the newer', () => {
    assert.deepEqual([deploymentAt(OLDER), deploymentAt(NEWER)], ['my gpt', undefined]);
    assert.equal(deploymentAt('https://example.com/v1?x=1'), undefined);
  });

  it('lists the deployments of the resource', () => {
    const listed = 'https://acme.openai.azure.com/openai/deployments?api-version=2023-03-15-preview';
    assert.equal(deploymentsUrl(NEWER), listed);
  });

  for (const [baseUrl, header] of [
    [OLDER, 'api-key'],
    [NEWER, 'api-key'],
    ['https://acme.services.ai.azure.com/openai/v1', 'api-key'],
    ['https://gateway.example.com/openai/deployments/x?api-version=2024-10-21', 'api-key'],
    ['https://gateway.example.com/openai/deployments/x', 'authorization'],
    ['https://openai.azure.com.example.com/v1', 'authorization'],
    ['https://api.openai.com/v1', 'authorization'],
  ] as const) {
    it(`takes a key in ${header} at ${baseUrl}`, () => {
      assert.equal(keyHeaderAt(baseUrl), header);
    });
  }
});
