import assert from 'node:assert/strict';

import { accountOf, readTrashRecord } from '../../../src/core/credentials/trashRecord';
import { writeRecord } from '../../../src/core/credentials/accountStore';
import { keyAccount } from '../../fakes/accounts';

const ID = keyAccount().id;
const ENTRY = [`account/${ID}`, writeRecord(keyAccount())] as const;

describe('a record of the trash', () => {
  const record = { id: ID, until: 5, entries: [ENTRY] };

  it('is read as it was written, with its account', () => {
    const read = readTrashRecord(JSON.stringify(record));

    assert.deepEqual(read, record);
    assert.equal(read && accountOf(read)?.id, ID);
  });

  for (const text of [
    undefined,
    '',
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"id":"a"}',
    '{"until":5}',
    '{"id":"","until":5}',
  ]) {
    it(`is not ${String(text)}`, () => {
      assert.equal(readTrashRecord(text), undefined);
    });
  }

  for (const entries of [undefined, 'text', {}, [7, null, 'text', [], ['a'], ['a', 7], [7, 'a']]]) {
    it(`has no entries in ${JSON.stringify(entries)}`, () => {
      assert.deepEqual(readTrashRecord(JSON.stringify({ ...record, entries })), { ...record, entries: [] });
    });
  }

  it('has no account that is missing, or another one', () => {
    assert.equal(accountOf({ ...record, entries: [] }), undefined);
    assert.equal(accountOf({ ...record, id: 'another' }), undefined);
    assert.equal(accountOf({ ...record, entries: [[ENTRY[0], 'no JSON']] }), undefined);
  });
});
