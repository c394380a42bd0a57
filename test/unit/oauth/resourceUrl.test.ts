import assert from 'node:assert/strict';

import { QWEN_ISSUER } from '../../../src/core/oauth/authorizationServer';
import { apiBaseUrl } from '../../../src/core/oauth/resourceUrl';

describe('resource_url of a token response', () => {
  for (const [resourceUrl, baseUrl] of [
    [undefined, 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
    ['', 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
    ['portal.qwen.ai', 'https://portal.qwen.ai/v1'],
    ['portal.qwen.ai/', 'https://portal.qwen.ai/v1'],
    ['portal.qwen.ai/v1', 'https://portal.qwen.ai/v1'],
    ['portal.qwen.ai/v1//', 'https://portal.qwen.ai/v1'],
    ['https://portal.qwen.ai', 'https://portal.qwen.ai/v1'],
    ['HTTPS://Portal.Qwen.ai/v1', 'https://portal.qwen.ai/v1'],
    ['https://gateway.example.com/qwen/api/', 'https://gateway.example.com/qwen/api/v1'],
  ] as const) {
    it(`stands for ${baseUrl} as ${JSON.stringify(resourceUrl)}`, () => {
      assert.equal(apiBaseUrl(resourceUrl, QWEN_ISSUER), baseUrl);
    });
  }

  for (const resourceUrl of [
    'http://portal.qwen.ai',
    'http://192.168.1.5/v1',
    'http://127.0.0.1:8080/v1',
    'https://',
    'not a host',
    'me:secret@evil.example',
    'me@evil.example',
    'https://:secret@evil.example',
    'evil.example/v1?x=',
    'evil.example/v1#x',
  ]) {
    it(`is refused as ${JSON.stringify(resourceUrl)}`, () => {
      assert.throws(() => apiBaseUrl(resourceUrl, QWEN_ISSUER), { name: 'RequestError', failure: 'unreadable' });
    });
  }

  for (const issuer of ['http://127.0.0.1:9000', 'https://localhost:9443']) {
    it(`may be plain http on this machine where the issuer is ${issuer}`, () => {
      assert.equal(apiBaseUrl('http://127.0.0.1:8080', issuer), 'http://127.0.0.1:8080/v1');
      assert.throws(() => apiBaseUrl('http://192.168.1.5', issuer), { name: 'RequestError' });
    });
  }

  it("is required of any other issuer than Qwen's", () => {
    assert.throws(() => apiBaseUrl(undefined, 'https://login.example.com'), {
      name: 'ConfigurationError',
      message:
        'login.example.com does not say which API its sign-in is for. ' +
        'Name the base URL of the API in qwen.endpoints, as "qwen-oauth".',
      where: { setting: 'qwen.endpoints' },
    });
  });
});
