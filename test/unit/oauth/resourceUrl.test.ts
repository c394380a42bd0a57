import assert from 'node:assert/strict';

import { QWEN_ISSUER } from '../../../src/core/oauth/authorizationServer';
import { apiBaseUrl, isQwensDialect, namesApi } from '../../../src/core/oauth/resourceUrl';

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
    ['https://gateway.example.com/v1/qwen', 'https://gateway.example.com/v1/qwen/v1'],
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

  for (const [resourceUrl, said] of [
    ['http://portal.qwen.ai', /its sign-in names an API address that is not on https$/],
    ['me@evil.example', /its sign-in names an API address that is no base URL$/],
  ] as const) {
    it(`is refused with the reason as ${resourceUrl}`, () => {
      assert.throws(() => apiBaseUrl(resourceUrl, QWEN_ISSUER), { host: 'chat.qwen.ai', message: said });
    });
  }

  it('is for no plain http where the issuer is no address', () => {
    assert.throws(() => apiBaseUrl('http://127.0.0.1:8080', 'nonsense'), { name: 'RequestError' });
  });

  it('is a host, also where a scheme comes later', () => {
    assert.equal(apiBaseUrl('a.example.com/http://b', QWEN_ISSUER), 'https://a.example.com/http://b/v1');
  });

  it('is promised by the scope for models alone', () => {
    assert.equal(namesApi({ scopesSupported: ['openid', 'model.completion'] }), true);
    assert.equal(namesApi({ scopesSupported: ['openid'] }), false);
    assert.equal(namesApi({ scopesSupported: undefined }), false);
  });

  it("is what tells Qwen's dialect elsewhere than at Qwen", () => {
    const other = 'https://login.example.com';

    assert.equal(isQwensDialect({ resourceUrl: undefined }, QWEN_ISSUER), true);
    assert.equal(isQwensDialect({ resourceUrl: 'a.example.com' }, other), true);
    assert.equal(isQwensDialect({ resourceUrl: undefined }, other), false);
  });

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
