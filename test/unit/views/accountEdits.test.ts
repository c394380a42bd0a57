import assert from 'node:assert/strict';
import { AccountEdits } from '../../../src/core/views/accountEdits';
import type { AccountChange } from '../../../src/core/signIn/accountChange';
import { Cancelled } from '../../../src/core/base/errors';
import { keyAccount } from '../../fakes/accounts';
import { snapshot } from '../../fakes/snapshots';

const account = keyAccount({ provider: 'custom', method: 'api-key', baseUrl: 'https://a.example.com/v1' });
const change = (name: string, baseUrl = ''): AccountChange => ({ name, baseUrl });

describe('edits of an account', () => {
  /** Edits whose questions and changes are answered by hand. */
  function edits() {
    const events: string[] = [];
    const answers: ((yes: boolean) => void)[] = [];
    const changes: (() => void)[] = [];
    const made = new AccountEdits(
      {
        session: {
          snapshot: snapshot({ accounts: [account] }),
          signIns: {
            change: async (_, { name }, signal) => {
              events.push(`begin ${name}`);
              await new Promise<void>((resolve, reject) => {
                changes.push(resolve);
                signal.addEventListener('abort', () => reject(new Cancelled()));
              }).finally(() => events.push(`end ${name}`));
              return undefined;
            },
          },
        },
        confirm: () => new Promise((resolve) => answers.push(resolve)),
      },
      { changed: () => undefined, ended: ({ text }) => events.push(text) },
    );
    return { made, events, answers, changes };
  }
  const turn = () => new Promise(setImmediate);

  it('go one after the other: the next one calls off the one that is checked', async () => {
    const { made, events, changes } = edits();
    const first = made.save(account.id, change('one'));
    await turn();
    const second = made.save(account.id, change('two'));
    await turn();
    changes.at(-1)?.();
    await Promise.all([first, second]);

    assert.deepEqual(events, ['begin one', 'end one', 'begin two', 'end two', 'Saved a.example.com.']);
    assert.equal(made.checking, undefined);
  });

  it('ask once, however often they are to be saved meanwhile', async () => {
    const { made, events, answers, changes } = edits();
    const elsewhere = change('moved', 'https://b.example.com/v1');
    const first = made.save(account.id, elsewhere);
    const second = made.save(account.id, elsewhere);
    await turn();
    assert.equal(answers.length, 1);
    answers[0]?.(true);
    await turn();
    assert.equal(made.checking, 'b.example.com');
    changes[0]?.();
    await Promise.all([first, second]);

    assert.deepEqual(events.slice(0, 2), ['begin moved', 'end moved']);
    assert.equal(events.length, 3);
  });

  it('ask nothing where they are given up while they wait for the one before', async () => {
    const { made, events, answers } = edits();
    const first = made.save(account.id, change('one'));
    await turn();
    const second = made.save(account.id, change('moved', 'https://b.example.com/v1'));
    made.stop();
    await Promise.race([Promise.all([first, second]), turn()]);

    assert.deepEqual([events, answers.length], [['begin one', 'end one'], 0]);
  });

  it('change nothing once they are given up, whatever is answered then', async () => {
    const { made, events, answers } = edits();
    const saved = made.save(account.id, change('moved', 'https://b.example.com/v1'));
    await turn();
    made.stop();
    answers[0]?.(true);
    await saved;

    assert.deepEqual(events, []);
  });
});
