import assert from 'node:assert/strict';

import { parseJson } from '../../../src/core/base/json';
import { shownSettings } from '../../../src/core/config/shownSettings';

const FILE = '/home/me/.qwen/settings.json';

describe("what is shown of Qwen Code's settings", () => {
  it('holds no key that is there, whatever it looks like', () => {
    const text =
      '{ "env": { "AZURE_OPENAI_API_KEY": "0123456789abcdefABCDEF", "LANG": "de_DE.UTF-8" } } // sk-012345678';

    assert.equal(
      shownSettings(FILE, text),
      '{ "env": { "AZURE_OPENAI_API_KEY": "[redacted]", "LANG": "de_DE.UTF-8" } } // [redacted]',
    );
    assert.equal(
      shownSettings(FILE, '{ "security": { "auth": { "apiKey": "hunter-and-hunter", "selectedType": "openai" } } }'),
      '{ "security": { "auth": { "apiKey": "[redacted]", "selectedType": "openai" } } }',
    );
    assert.equal(shownSettings(FILE, ''), '');
    assert.equal(shownSettings(FILE, ' \n'), ' \n');
    assert.equal(shownSettings(FILE, '{ "env": [], "a": "hunter2-hunter" }'), '{ "env": [], "a": "hunter2-hunter" }');
    assert.equal(shownSettings(FILE, '{ "env": { "KEY": 1 } }'), '{ "env": { "KEY": 1 } }');
  });

  it('holds no secret of whatever else the file is for', () => {
    const servers = {
      github: {
        command: 'npx',
        args: [
          '--api-key',
          'hunter-and-hunter',
          '--token=hunter-of-hunters',
          '--header',
          'Cookie: of-the-hunter-alone',
          '-password',
          'of-another-hunter',
          'Token:of-a-third-hunter\nand-his-dogs',
          'token',
          'no-secret-of-anybody',
          'see the token: nowhere-to-be-found',
          'not-a-token',
          'neither-of-these-two',
        ],
        env: {
          GITHUB_PAT: 'pat-of-mine-alone',
          PAT: 'another-one-of-mine',
          DB_PASSWD: 'horse-and-battery',
          ONE_COMPAT: 'what-all-may-see',
        },
      },
      search: {
        httpUrl:
          'https://mcp.example.com/?mode=of-all-who-hunt&myApiKey=fox-of-the-forest&pat=owl-of-all-the-night#part-of-a-page',
        headers: { Authorization: 'Basic aHVudGVyOmh1bnRlcg==', 'X-Api-Key': '$MY_KEY' },
      },
    };
    const entry = {
      id: 'a',
      envKey: 'MY_SERVERS_SECRET',
      generationConfig: { customHeaders: { Cookie: 'session=of-mine-alone' } },
    };
    const proxies = {
      one: 'http://me-and-others:badger-by-night@proxy.example.com',
      other: 'http://me:$PROXY_PASSWORD@proxy.example.com',
    };
    const settings = { mcpServers: servers, modelProviders: { openai: [entry] }, proxies };
    const shown = shownSettings(FILE, JSON.stringify(settings));

    assert.deepEqual(parseJson(shown), {
      mcpServers: {
        github: {
          command: 'npx',
          args: [
            '--api-key',
            '[redacted]',
            '--token=[redacted]',
            '--header',
            'Cookie: [redacted]',
            '-password',
            '[redacted]',
            'Token:[redacted]\n[redacted]',
            'token',
            'no-secret-of-anybody',
            'see the token: nowhere-to-be-found',
            'not-a-token',
            'neither-of-these-two',
          ],
          env: { GITHUB_PAT: '[redacted]', PAT: '[redacted]', DB_PASSWD: '[redacted]', ONE_COMPAT: 'what-all-may-see' },
        },
        search: {
          httpUrl: 'https://mcp.example.com/?mode=of-all-who-hunt&myApiKey=[redacted]&pat=[redacted]#part-of-a-page',
          headers: { Authorization: '[redacted]', 'X-Api-Key': '$MY_KEY' },
        },
      },
      modelProviders: { openai: [{ ...entry, generationConfig: { customHeaders: { Cookie: '[redacted]' } } }] },
      proxies: { ...proxies, one: 'http://me-and-others:[redacted]@proxy.example.com' },
    });
  });
});
