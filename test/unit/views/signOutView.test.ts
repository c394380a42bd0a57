import assert from 'node:assert/strict';

import { ConfigurationError } from '../../../src/core/base/errors';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import type { Account } from '../../../src/core/credentials/account';
import { resolveCredential } from '../../../src/core/credentials/resolve';
import { Secret } from '../../../src/core/base/secret';
import type { Snapshot } from '../../../src/core/session/snapshot';
import {
  notDestroyedText,
  restoredText,
  signedOutText,
  signOutQuestion,
  signOutRows,
} from '../../../src/core/views/signOutView';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const PLAN = keyAccount();
const QWEN = oauthAccount();
const LOCAL = keyAccount({
  id: 'ollama',
  method: 'api-key',
  provider: 'ollama',
  region: '',
  key: undefined,
  baseUrl: 'http://127.0.0.1:11434/v1',
});

/** These accounts, with a model of the last one in use. */
function using(...accounts: readonly Account[]): Snapshot {
  const selected = model({ id: 'qwen3.5-plus', baseUrl: accounts.at(-1)?.baseUrl ?? '' });
  const credential = resolveCredential(selected, { accounts, variables: emptyConfiguration({}).variables });
  return snapshot({ accounts, selected, credential });
}

describe('the list to sign out of', () => {
  it('begins with the account in use, and ends with all of them', () => {
    assert.deepEqual(
      signOutRows(using(PLAN, QWEN)).map(({ label, description }) => `${label} | ${description}`),
      [
        'Qwen OAuth | portal.qwen.ai/v1 · in use',
        'Coding Plan · China (Beijing) | coding.dashscope.aliyuncs.com/v1 · key ends in abcd',
        'All of them | 2 sign-ins',
      ],
    );
  });

  it('has entries that cannot be read', () => {
    const rows = signOutRows(snapshot({ accounts: [PLAN], unreadable: ['newer'] }));

    assert.deepEqual(
      rows.map(({ ids }) => ids),
      [['coding-plan/china'], ['newer'], ['coding-plan/china', 'newer']],
    );
  });

  it('has no row for all where there is one', () => {
    assert.equal(signOutRows(using(PLAN)).length, 1);
  });
});

describe('the question before a sign-out', () => {
  it('is of a key, which only the person has', () => {
    assert.deepEqual(signOutQuestion([PLAN.id], using(PLAN)), {
      title: 'Sign out of Coding Plan · China (Beijing)?',
      detail:
        'This removes the Coding Plan · China (Beijing) key that ends in abcd from the keychain. ' +
        'You can undo it for half a minute. After that, signing in again needs the key.',
    });
  });

  it('is not of what a browser or no key brings back', () => {
    assert.equal(signOutQuestion([QWEN.id, LOCAL.id], using(QWEN, LOCAL)), undefined);
  });

  it('names each key where there are several', () => {
    const { title, detail } = signOutQuestion([PLAN.id, QWEN.id, 'newer'], {
      accounts: [PLAN, QWEN],
      unreadable: ['newer'],
    }) ?? { title: '', detail: '' };

    assert.equal(title, 'Sign out of everything?');
    assert.match(detail, /:\n\n• the Coding Plan .* abcd\n• the unreadable entry newer\n\nYou can undo/);
  });

  it('never holds the key', () => {
    const { detail = '' } = signOutQuestion([PLAN.id], using(PLAN)) ?? {};

    assert.ok(!detail.includes('sk-sp'));
  });
});

describe('what is said of a sign-out', () => {
  it('names the account that takes over', () => {
    assert.equal(
      signedOutText([QWEN.id], using(PLAN, QWEN), using(PLAN)),
      'Forgotten: the sign-in at chat.qwen.ai. In use now: ' +
        'qwen3.5-plus at coding.dashscope.aliyuncs.com, with Coding Plan · China (Beijing).',
    );
  });

  it('says so where no model is left', () => {
    assert.equal(
      signedOutText([PLAN.id], using(PLAN), snapshot()),
      'Forgotten: the Coding Plan · China (Beijing) key that ends in abcd. No model is in use now.',
    );
  });

  it('says nothing of a model that stays in use', () => {
    assert.equal(signedOutText([LOCAL.id], using(LOCAL, PLAN), using(PLAN)), 'Forgotten: the server 127.0.0.1:11434.');
  });

  it('says that Qwen Code is signed out with a sign-in that it shares', () => {
    const shared = oauthAccount({ file: '/home/me/.qwen/oauth_creds.json' });

    assert.match(
      signedOutText([shared.id], using(shared), snapshot()),
      /^Forgotten: the sign-in at chat\.qwen\.ai, which Qwen Code shared: it is signed out too\./,
    );
  });

  it('says that nothing was stored', () => {
    assert.match(signedOutText([], snapshot(), snapshot()), /^Nothing was stored/);
  });
});

describe('what is said of an undo', () => {
  it('names what is back', () => {
    assert.equal(restoredText([{ account: QWEN, replaced: undefined }]), 'Back again: the sign-in at chat.qwen.ai.');
  });

  it('names what that replaced', () => {
    const replaced = { name: 'n', account: keyAccount({ key: new Secret('sk-sp-0123456789-new2') }) };

    assert.match(restoredText([{ account: PLAN, replaced }]), /abcd, in the place of the .* that ends in new2\.$/);
  });

  it('says that it came too late', () => {
    assert.match(restoredText([undefined]), /^The time to undo is over/);
  });
});

describe('what is said where what was signed out of could not be destroyed', () => {
  it('names why, and that it is tried again', () => {
    const why = new ConfigurationError({ file: '/v' }, '/v cannot be written: the disk is read-only.');

    assert.match(
      notDestroyedText(why),
      /not be destroyed yet\. \/v cannot be written: .* read-only\. It is tried again/,
    );
    assert.doesNotMatch(notDestroyedText(new Error('odd')), /odd/);
  });
});
