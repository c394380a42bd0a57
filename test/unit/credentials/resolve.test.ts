import assert from 'node:assert/strict';

import type { Account } from '../../../src/core/credentials/account';
import { credentialOf, resolveCredential, resolveCredentials } from '../../../src/core/credentials/resolve';
import { describeSource, type Source } from '../../../src/core/providers/source';
import { readArguments } from '../../../src/core/config/readArguments';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';

const china = keyAccount();
const elsewhere = keyAccount({ id: 'openai', baseUrl: 'https://api.openai.com/v1' });
const keyless = keyAccount({ id: 'ollama', baseUrl: 'http://localhost:11434/v1', key: undefined });
const qwen = oauthAccount();
const variable = { OPENAI_API_KEY: ' sk-of-the-environment ' };

describe('credential resolution', () => {
  const host = 'https://coding.dashscope.aliyuncs.com';
  const rows: readonly [string, string, readonly Account[], Record<string, string>, string | undefined][] = [
    ['the key of that base URL', `${host}/v1`, [elsewhere, china], variable, 'keychain coding-plan/china'],
    ['a key of the same origin', `${host}/apps/v1`, [elsewhere, china], variable, 'keychain coding-plan/china'],
    ['the variable where the keychain has none', `${host}/v1`, [elsewhere], variable, 'environment OPENAI_API_KEY'],
    ['the sign-in at its own base URL', 'https://portal.qwen.ai/v1', [china, qwen], variable, 'keychain qwen-oauth'],
    ['nothing where no source has one', `${host}/v1`, [elsewhere], {}, undefined],
    ['nothing for a variable that is empty', `${host}/v1`, [], { OPENAI_API_KEY: '  ' }, undefined],
    ['no key for a server that needs none', 'http://localhost:11434/v1', [keyless], variable, 'none'],
    ['another port as another origin', `${host}:8443/v1`, [china], {}, undefined],
    ['another scheme as another origin', 'http://coding.dashscope.aliyuncs.com/v1', [china], {}, undefined],
    ['a subdomain as another origin', 'https://x.coding.dashscope.aliyuncs.com/v1', [china], {}, undefined],
  ];
  for (const [what, baseUrl, accounts, environment, expected] of rows) {
    it(`takes ${what}`, () => {
      const credential = resolveCredential(model({ baseUrl }), {
        accounts,
        variables: emptyConfiguration(environment).variables,
      });

      assert.equal(credential && [credential.source.kind, credential.source.name].filter(Boolean).join(' '), expected);
    });
  }

  it('prefers the key of that very base URL', () => {
    const other = keyAccount({ id: 'a', baseUrl: `${host}/apps/v1` });
    const credential = resolveCredential(model({ baseUrl: `${host}/v1` }), {
      accounts: [other, china],
      variables: emptyConfiguration({}).variables,
    });

    assert.equal(credential?.account?.id, 'coding-plan/china');
  });

  it('guesses none of several keys that were saved for other paths of a server', () => {
    const keys = ['a', 'b'].map((id) => keyAccount({ id, baseUrl: `${host}/${id}/v1` }));
    const found = (accounts: readonly Account[]) =>
      resolveCredential(model({ baseUrl: `${host}/v1` }), { accounts, variables: emptyConfiguration({}).variables });

    assert.equal(found(keys), undefined);
    assert.equal(found(keys.slice(0, 1))?.account?.id, 'a');
    assert.equal(found([...keys, china])?.account?.id, 'coding-plan/china');
  });

  it('prefers a key that works to one that was refused, and has the other behind it', () => {
    const refused = keyAccount({ id: 'a', status: 'refused' });
    const found = resolveCredentials(model({ baseUrl: `${host}/v1` }), {
      accounts: [refused, china],
      variables: emptyConfiguration({}).variables,
    });

    assert.deepEqual(
      found.map(({ account }) => account?.id),
      ['coding-plan/china', 'a'],
    );
  });

  it('never sends an access token to another base URL', () => {
    const places = { accounts: [qwen], variables: emptyConfiguration({}).variables };

    for (const baseUrl of [
      'https://portal.qwen.ai/other/v1',
      'https://portal.qwen.ai/v1/',
      'https://chat.qwen.ai/v1',
    ]) {
      assert.equal(resolveCredential(model({ baseUrl }), places), undefined);
    }
  });

  it('asks a command for the key of exactly the base URL that the person has named it for', () => {
    const command = { baseUrl: `${host}/v1`, command: ['pass', 'a'], source: { kind: 'settings' } } as const;
    const variables = { ...emptyConfiguration({}).variables, keyCommands: [command] };
    const kinds = (baseUrl: string, accounts: readonly Account[] = []) =>
      resolveCredentials(model({ baseUrl }), { accounts, variables }).map(({ kind }) => kind);

    assert.deepEqual(kinds(`${host}/v1`), ['command']);
    assert.deepEqual(kinds(`${host}/v1`, [china]), ['key', 'command']);
    assert.deepEqual(kinds(`${host}/apps/v1`), []);
    assert.deepEqual(kinds('https://evil.example/v1'), []);
  });

  it('takes the key that was given with the command before all others', () => {
    const commandLine = readArguments({ '--openai-api-key': 'sk-of-the-command', '--model': 'a-model' });
    const [first, ...shadowed] = resolveCredentials(model({ baseUrl: china.baseUrl }), {
      accounts: [china],
      variables: { ...emptyConfiguration(variable).variables, commandLine },
    });

    assert.deepEqual([first?.source, first?.account], [{ kind: 'argument', name: '--openai-api-key' }, undefined]);
    assert.ok(first?.kind === 'key' && first.key?.equals(new Secret('sk-of-the-command')));
    assert.ok(shadowed.some(({ account }) => account === china));
  });

  it('is nothing, in the usual header, for a server of this machine', () => {
    const [found] = resolveCredentials(model({ baseUrl: 'http://127.0.0.1:8080/v1' }), {
      accounts: [],
      variables: emptyConfiguration({}).variables,
    });

    assert.deepEqual(found, {
      kind: 'key',
      account: undefined,
      key: undefined,
      keyHeader: 'authorization',
      source: { kind: 'none' },
      side: 'person',
    });
  });

  it('is a sign-in or a key, as the account is', () => {
    assert.deepEqual(
      [qwen, china].map((account) => credentialOf(account).kind),
      ['oauth', 'key'],
    );
  });

  it('names the file of an account that lies in one', () => {
    const found = (account: Account) =>
      resolveCredential(model({ baseUrl: qwen.baseUrl }), {
        accounts: [account],
        variables: emptyConfiguration({}).variables,
      })?.source;

    assert.deepEqual(found(qwen), { kind: 'keychain', name: 'qwen-oauth' });
    assert.deepEqual(found({ ...qwen, file: '/a/file' }), { kind: 'keychain', name: 'qwen-oauth', file: '/a/file' });
  });

  it('sends nothing to this machine in the place of a key that was meant for it and cannot be used', () => {
    const found = (OPENAI_API_KEY: string) =>
      resolveCredentials(model({ baseUrl: 'http://127.0.0.1:8080/v1' }), {
        accounts: [],
        variables: emptyConfiguration({ OPENAI_API_KEY }).variables,
      }).map((credential) => [credential.source.kind, credential.kind === 'key' && credential.key?.reveal()]);

    assert.deepEqual(found(''), [['none', undefined]]);
    assert.deepEqual(found('0123456789abcdef'), [
      ['environment', '0123456789abcdef'],
      ['none', undefined],
    ]);
    assert.deepEqual(found('0123456789\nabcdef'), []);
  });

  it('reads a variable without the blanks around it', () => {
    const credential = resolveCredential(model(), { accounts: [], variables: emptyConfiguration(variable).variables });

    assert.ok(credential?.kind === 'key');
    assert.ok(new Secret('sk-of-the-environment').equals(credential.key));
  });

  it('keeps the header that the key was saved with', () => {
    const azure = keyAccount({ keyHeader: 'api-key' });
    const credential = resolveCredential(model({ baseUrl: azure.baseUrl }), {
      accounts: [azure],
      variables: emptyConfiguration({}).variables,
    });

    assert.ok(credential?.kind === 'key');
    assert.equal(credential.keyHeader, 'api-key');
  });
});

describe('source of a value', () => {
  const rows: readonly [Source, string][] = [
    [{ kind: 'argument' }, 'an id that was typed'],
    [{ kind: 'keychain', name: 'openai' }, 'the keychain (openai)'],
    [{ kind: 'keychain' }, 'the keychain'],
    [{ kind: 'environment', name: 'OPENAI_API_KEY' }, 'the environment variable OPENAI_API_KEY'],
    [{ kind: 'settings', name: 'qwen.endpoints' }, 'the setting qwen.endpoints'],
    [{ kind: 'catalogue', name: 'OpenAI' }, 'the catalogue (OpenAI)'],
    [{ kind: 'catalogue' }, 'the catalogue'],
    [{ kind: 'default' }, 'a default'],
    [{ kind: 'none' }, 'no key is needed'],
  ];
  for (const [source, text] of rows) {
    it(`reads "${text}"`, () => {
      assert.equal(describeSource(source), text);
    });
  }
});
