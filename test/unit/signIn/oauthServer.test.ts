import assert from 'node:assert/strict';

import { createSettings } from '../../../src/core/config/settings';
import { oauthServerFields, oauthServerSettings } from '../../../src/core/signIn/oauthServer';
import { createMemorySettings } from '../../fakes/memorySettings';

const FIELDS = {
  issuer: ' login.example.com/ ',
  clientId: ' me ',
  api: 'https://api.example.com/v1/',
  scopes: 'openid, api',
};

describe('another authorization server', () => {
  it('becomes settings, beside the endpoints that are there', () => {
    assert.deepEqual(oauthServerSettings(FIELDS, { openai: 'https://gw.example.com/v1' }), {
      'oauth.issuer': 'https://login.example.com',
      'oauth.clientId': 'me',
      'oauth.scopes': ['openid', 'api'],
      endpoints: { openai: 'https://gw.example.com/v1', 'qwen-oauth': 'https://api.example.com/v1' },
    });
  });

  it('needs neither an API nor scopes, and replaces the API that was named before', () => {
    const left = { 'oauth.issuer': 'https://login.example.com', 'oauth.clientId': 'me', 'oauth.scopes': undefined };
    const fields = { ...FIELDS, api: ' ', scopes: ' , ' };

    for (const endpoints of [undefined, null, 'text', [], {}, { 'qwen-oauth': 'https://api.example.com/v1' }])
      assert.deepEqual(oauthServerSettings(fields, endpoints), { ...left, endpoints: undefined });
    const openai = { openai: 'https://gw.example.com/v1' };
    assert.deepEqual(oauthServerSettings(fields, openai), { ...left, endpoints: openai });
  });

  for (const issuer of ['', 'https://chat.qwen.ai']) {
    it(`leaves no setting behind for ${JSON.stringify(issuer)}`, () => {
      assert.deepEqual(oauthServerSettings({ ...FIELDS, issuer }, { 'qwen-oauth': 'https://api.example.com/v1' }), {
        'oauth.issuer': undefined,
        'oauth.clientId': undefined,
        'oauth.scopes': undefined,
        endpoints: undefined,
      });
    });
  }

  for (const [field, changes, message] of [
    ['issuer', { issuer: 'http://login.example.com' }, /cannot be used as an authorization server/],
    ['issuer', { issuer: 'nonsense' }, /cannot be used as an authorization server/],
    ['clientId', { clientId: ' ' }, 'Enter the client ID by which the server knows this extension.'],
    ['api', { api: 'nonsense' }, /is not a web address/],
  ] as const) {
    it(`is refused for its ${field}: ${JSON.stringify(changes)}`, () => {
      assert.throws(() => oauthServerSettings({ ...FIELDS, ...changes }, undefined), {
        name: 'ConfigurationError',
        where: { field },
        message,
      });
    });
  }

  it('does not repeat a key that stands in the place of its address', () => {
    assert.throws(() => oauthServerSettings({ ...FIELDS, issuer: 'sk-0123456789abcdef' }, undefined), {
      message: /^This cannot be used as an authorization server\./,
    });
  });

  const fieldsOf = (values: Readonly<Record<string, unknown>>) =>
    oauthServerFields(createSettings(createMemorySettings(values)));

  it('comes back as it was named', () => {
    const { endpoints, ...oauth } = oauthServerSettings(FIELDS, undefined);

    assert.deepEqual(fieldsOf({ ...oauth, endpoints }), {
      issuer: 'https://login.example.com',
      clientId: 'me',
      api: 'https://api.example.com/v1',
      scopes: 'openid api',
    });
  });

  it('has empty fields for what cannot be read', () => {
    const values = { 'oauth.issuer': 'https://login.example.com', endpoints: { 'qwen-oauth': 'nonsense' } };

    assert.deepEqual(fieldsOf(values), { issuer: 'https://login.example.com', clientId: '', api: '', scopes: '' });
  });

  it('is none where the settings name none', () => {
    assert.equal(fieldsOf({}), undefined);
  });
});
