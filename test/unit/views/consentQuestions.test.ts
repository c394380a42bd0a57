import assert from 'node:assert/strict';

import type { HeldKey } from '../../../src/core/base/errors';
import { readBaseUrl } from '../../../src/core/config/baseUrl';
import { oauthServerSettings } from '../../../src/core/signIn/oauthServer';
import { consentQuestions, otherServerQuestion } from '../../../src/core/views/consentQuestions';
import { configured } from '../../fakes/configured';
import { heldKey } from '../../../src/core/session/heldKey';
import { keyAccount } from '../../fakes/accounts';

/** What is held back where a workspace's settings have this entry. */
async function held(entry: object, setup: Parameters<typeof configured>[0] = {}): Promise<HeldKey> {
  const settings = { modelProviders: { openai: [{ id: 'a', baseUrl: 'https://evil.example/v1', ...entry }] } };
  const files = { 'home/project/.qwen/settings.json': settings };
  const chosenHere = { id: 'a', baseUrl: 'https://evil.example/v1' };
  return heldKey(await configured({ chosenHere, ...setup, files: { ...files, ...setup.files } }));
}

const asked = (key: HeldKey): readonly string[] =>
  consentQuestions(key).map(({ title, detail, yes }) =>
    [title, detail, yes].join(' | ').replace(/\S*qwen-auth-files-[^/\\]*[/\\]/, ''),
  );

describe('questions before a key goes where a workspace sends it', () => {
  it('name the key, where it comes from and where it would go', async () => {
    const key = await held({ envKey: 'OPENAI_API_KEY' }, { environment: { OPENAI_API_KEY: 'sk-0123456789-01fb' } });

    assert.deepEqual(asked(key), [
      'This workspace wants to send your key that ends in 01fb to evil.example. | ' +
        'The key comes from the environment variable OPENAI_API_KEY, ' +
        'the address from modelProviders in home/project/.qwen/settings.json, line 4. Nothing was sent. | ' +
        'Allow for this workspace',
    ]);
  });

  it('are two where the variable is no provider’s', async () => {
    const key = await held({ envKey: 'GITHUB_TOKEN' }, { environment: { GITHUB_TOKEN: 'ghp_0123456789abcd01fb' } });

    assert.deepEqual(asked(key).slice(1), [
      'GITHUB_TOKEN is no variable for the key of a model provider. | ' +
        'If it opens something else, evil.example could use it there, in your name. Send it all the same? | ' +
        'Send GITHUB_TOKEN',
    ]);
  });

  it('are one for the variable of any provider', async () => {
    const key = await held({ envKey: 'DEEPSEEK_API_KEY' }, { environment: { DEEPSEEK_API_KEY: 'sk-0123456789-01fb' } });

    assert.equal(asked(key).length, 1);
  });

  it('name both paths for a stored key', async () => {
    const baseUrl = 'https://gw.example.com/tenant-b/v1';
    const accounts = [keyAccount({ baseUrl: 'https://gw.example.com/tenant-a/v1' })];
    const key = await held({ baseUrl }, { accounts, chosenHere: { id: 'a', baseUrl } });

    assert.match(asked(key).join(), /to gw\.example\.com\/tenant-b\/v1\..*saved for gw\.example\.com\/tenant-a\/v1,/);
    assert.equal(asked(key).length, 1);
  });
});

describe('the question before another authorization server is named in the settings', () => {
  it('names both hosts to which something goes', () => {
    const fields = { issuer: 'login.example.com/', clientId: 'me', api: 'https://api.example.org/v1', scopes: '' };

    assert.deepEqual(otherServerQuestion(fields), {
      title: 'Sign in at login.example.com?',
      detail:
        'The settings of VS Code will name login.example.com as the server to sign in at, and its tokens go to api.example.org.',
      yes: 'Change settings',
    });
  });

  for (const api of [
    'https://api.example.org/.well-known/openid-configuration.example.com',
    'api.example.org/.well-known/openid-configuration:\\',
    '\\api.example.org',
  ]) {
    it(`names the host to which tokens go, however its address is written: ${api}`, () => {
      const fields = { issuer: 'https://login.example.com', clientId: 'me', api, scopes: '' };

      assert.deepEqual(oauthServerSettings(fields, undefined)['endpoints'], {
        'qwen-oauth': readBaseUrl(api).baseUrl,
      });
      assert.match(otherServerQuestion(fields).detail, /its tokens go to api\.example\.org\.$/);
    });
  }

  it("names Qwen's where the form is empty", () => {
    const { title } = otherServerQuestion({ issuer: '', clientId: '', api: '', scopes: '' });

    assert.equal(title, 'Sign in at chat.qwen.ai?');
  });
});
