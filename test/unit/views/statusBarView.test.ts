import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import type { Account, AccountStatus } from '../../../src/core/credentials/account';
import { credentialOf, resolveCredential } from '../../../src/core/credentials/resolve';
import { ConfigurationError, RequestError } from '../../../src/core/base/errors';
import type { Snapshot } from '../../../src/core/session/snapshot';
import { statusBarView } from '../../../src/core/views/statusBarView';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { configured } from '../../fakes/configured';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

/** A snapshot in which a model of the account is in use. */
function using(account: Account, changes: Partial<Snapshot> = {}): Snapshot {
  const selected = model({ id: 'qwen3.5-plus', baseUrl: account.baseUrl });
  const credential = resolveCredential(selected, { accounts: [account], variables: emptyConfiguration({}).variables });
  return snapshot({ accounts: [account], models: [selected], selected, credential, ...changes });
}
const key = (status: AccountStatus) => using(keyAccount({ status }));
const qwen = (status: AccountStatus) => using(oauthAccount({ status }));
const running = {
  kind: 'running',
  request: { method: 'qwen-oauth' },
  step: undefined,
  others: [],
  overdue: false,
} as const;
const failed = {
  kind: 'failed',
  request: { method: 'api-key' },
  error: new RequestError('api.example.com', 'timeout'),
  others: [],
} as const;

describe('status bar', () => {
  const rows: readonly [string, Snapshot, string, string, string, RegExp][] = [
    [
      'the keychain is not yet read',
      snapshot({ loaded: false }),
      '$(sync~spin) Qwen',
      'qwen.openPanel',
      'normal',
      /keychain/,
    ],
    ['nobody is signed in', snapshot(), '$(key) Qwen: Sign in', 'qwen.signIn', 'normal', /Sign in with a Coding Plan/],
    [
      'a model has no key',
      snapshot({ selected: model() }),
      '$(key) qwen3-coder-plus',
      'qwen.switchModel',
      'warning',
      /No key is known for models\.example\.com/,
    ],
    [
      'no model is chosen',
      snapshot({ accounts: [keyAccount()], credential: credentialOf(keyAccount()) }),
      '$(list-selection) Choose a model',
      'qwen.switchModel',
      'normal',
      /no model is chosen/,
    ],
    [
      'a sign-in is under way',
      snapshot({ signInAttempt: running }),
      '$(sync~spin) Signing in…',
      'qwen.openPanel',
      'normal',
      /Waiting/,
    ],
    [
      'the first sign-in failed',
      snapshot({ signInAttempt: failed }),
      '$(key) Qwen: Sign in',
      'qwen.signIn',
      'normal',
      /took too long/,
    ],
    [
      'the key is verified',
      key('verified'),
      '$(sparkle) qwen3.5-plus',
      'qwen.switchModel',
      'normal',
      /with Coding Plan · China \(Beijing\)\. Click/,
    ],
    [
      'the key is not verified',
      key('unverified'),
      '$(question) qwen3.5-plus',
      'qwen.switchModel',
      'normal',
      /\. Not verified: the server has not answered a request with this key in this window yet\. Click/,
    ],
    [
      'the key was refused',
      key('refused'),
      '$(error) qwen3.5-plus',
      'qwen.openPanel',
      'error',
      /refused the Coding Plan key that ends in abcd/,
    ],
    [
      'the account is Qwen',
      qwen('verified'),
      '$(sparkle) qwen3.5-plus',
      'qwen.switchModel',
      'normal',
      /at portal\.qwen\.ai, with Qwen OAuth/,
    ],
    [
      'the session is offline',
      qwen('offline'),
      '$(warning) qwen3.5-plus',
      'qwen.openPanel',
      'warning',
      /its server did not do so/,
    ],
    ['the session has ended', qwen('ended'), '$(warning) qwen3.5-plus', 'qwen.openPanel', 'warning', /has ended/],
  ];
  for (const [when, state, text, command, tone, tooltip] of rows) {
    it(`shows ${text} when ${when}`, () => {
      const view = statusBarView(state);

      assert.deepEqual([view.text, view.command, view.tone], [text, command, tone]);
      assert.match(view.tooltip, tooltip);
    });
  }

  it('shows a problem of the settings, unless everything works with it', () => {
    const tones = (['error', 'warning', 'information'] as const).map(
      (severity) =>
        statusBarView(
          snapshot({ problems: [new ConfigurationError({ file: 'settings.json' }, 'It says something.', severity)] }),
        ).tone,
    );

    assert.deepEqual(tones, ['warning', 'warning', 'normal']);
  });

  it('says why a key that is there is not used', async () => {
    const env = { OPENAI_API_KEY: '$SECRET', OPENAI_MODEL: 'm' };
    const view = statusBarView(await configured({ files: { 'home/project/.qwen/settings.json': { env } } }));

    assert.equal(view.tone, 'warning');
    assert.match(view.tooltip, /line 3, refers to another variable, which a workspace may not read/);
  });

  it('reads aloud without the name of an icon', () => {
    for (const [, state] of rows) assert.match(statusBarView(state).label, /^Qwen: [^$(]/);
  });

  it('keeps its model when another sign-in fails', () => {
    assert.equal(statusBarView(using(keyAccount(), { signInAttempt: failed })).text, '$(sparkle) qwen3.5-plus');
  });

  it('says in its tooltip, and aloud, what is known of limits', () => {
    const row = { label: 'Last 24 hours', text: '7 requests', source: 'counted here', tone: 'normal' } as const;
    const { tooltip, label } = statusBarView(qwen('verified'), { host: 'portal.qwen.ai', rows: [row] });

    assert.match(tooltip, /Click to switch the model\.\n\nLast 24 hours: 7 requests \(counted here\)$/);
    assert.match(label, / Last 24 hours: 7 requests \(counted here\)$/);
  });

  it('says in its tooltip, and aloud, why terminals get nothing', () => {
    const { tooltip, label } = statusBarView(qwen('verified'), undefined, 'New terminals get nothing.');

    assert.match(tooltip, /\.\n\nNew terminals get nothing\.$/);
    assert.match(label, / New terminals get nothing\.$/);
  });

  it('names the variable that the key is from', () => {
    const selected = model();
    const credential = resolveCredential(selected, {
      accounts: [],
      variables: emptyConfiguration({ OPENAI_API_KEY: 'sk-0123456789' }).variables,
    });

    assert.match(
      statusBarView(snapshot({ selected, credential })).tooltip,
      /with the variable OPENAI_API_KEY\. Not verified/,
    );
  });

  for (const [what, account, expected] of [
    ['an error that is known', keyAccount({ status: 'unverified' }), /Not verified: api\.example\.com took too long/],
    [
      'a sign-in',
      oauthAccount({ status: 'unverified' }),
      /Not verified: the server has not answered a request in this/,
    ],
  ] as const) {
    it(`says why nobody knows, for ${what}`, () => {
      const doubts = new Map([[keyAccount().id, new RequestError('api.example.com', 'timeout')]]);

      assert.match(statusBarView(using(account, { doubts })).tooltip, expected);
    });
  }

  it('says that no key goes to a server that needs none', () => {
    const selected = model({ id: 'qwen3:8b', baseUrl: 'http://localhost:11434/v1' });
    const credential = resolveCredential(selected, { accounts: [], variables: emptyConfiguration({}).variables });

    assert.match(
      statusBarView(snapshot({ selected, credential })).tooltip,
      /^qwen3:8b at localhost:11434, with no key\. Not verified: the server has not answered a request in this window yet\./,
    );
  });

  it('names the folder that is worked in, where several are open', () => {
    const configuration = { ...emptyConfiguration({}), folderLabel: 'api' };
    const { tooltip, label } = statusBarView(snapshot({ configuration }));

    assert.match(tooltip, /\n\nFolder: api$/);
    assert.match(label, / Folder: api$/);
  });

  it('shows nothing as known before the keychain was read, whatever the variables say', () => {
    const { text, tone } = statusBarView(snapshot({ loaded: false, selected: model() }));

    assert.deepEqual([text, tone], ['$(sync~spin) Qwen', 'normal']);
  });
});
