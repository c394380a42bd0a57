import assert from 'node:assert/strict';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

import { isRecord, parseJson, stringIn } from '../../../src/core/base/json';
import {
  createKey,
  idOfKey,
  openNote,
  readKey,
  type Records,
  seal,
  sealNote,
  unseal,
  unwrapKey,
  wrapKey,
  writeKey,
} from '../../../src/core/credentials/sealedRecords';

const RECORDS: Records = {
  id: 'the id',
  version: 7,
  entries: new Map([
    ['one', 'a token'],
    ['two', 'ein Schlüssel 钥匙'],
  ]),
  changed: ['two', 'one'],
};
const NOTE = { version: 7, key: 'one', value: 'another token' };

/** A sealed text with other fields. */
function changed(text: string, change: (fields: Readonly<Record<string, unknown>>) => object): string {
  const fields = parseJson(text);
  assert.ok(isRecord(fields));
  return JSON.stringify({ ...fields, ...change(fields) });
}

/** A field of base64 with its bytes changed. */
function withBytes(name: string, change: (bytes: Buffer) => Uint8Array) {
  return (fields: Readonly<Record<string, unknown>>): object => ({
    [name]: Buffer.from(change(Buffer.from(stringIn(fields, name) ?? '', 'base64'))).toString('base64'),
  });
}

function flipped(bytes: Buffer): Buffer {
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return bytes;
}

describe('sealed records', () => {
  const key = createKey();

  it('are the same once they are opened', () => {
    assert.deepEqual(unseal(key, seal(key, RECORDS)), RECORDS);
  });

  it('hold nothing that can be read without the key', () => {
    const text = seal(key, RECORDS);
    const bytes = Buffer.from(stringIn(parseJson(text), 'sealed') ?? '', 'base64').toString('latin1');

    for (const word of ['the id', 'one', 'token']) assert.ok(!`${text} ${bytes}`.includes(word), word);
  });

  it('never use a nonce twice', () => {
    const nonces = Array.from({ length: 50 }, () => stringIn(parseJson(seal(key, RECORDS)), 'nonce') ?? '');

    assert.equal(new Set(nonces).size, 50);
    for (const nonce of nonces) assert.equal(Buffer.from(nonce, 'base64').length, 12);
  });

  for (const [what, change] of Object.entries<(fields: Readonly<Record<string, unknown>>) => object>({
    'another version': () => ({ version: 8 }),
    'another format': () => ({ format: 2 }),
    'no version': () => ({ version: undefined }),
    'a tag of four bytes': withBytes('tag', (tag) => tag.subarray(0, 4)),
    'no tag': () => ({ tag: '' }),
    'a changed tag': withBytes('tag', flipped),
    'a changed nonce': withBytes('nonce', flipped),
    'a changed text': withBytes('sealed', flipped),
    'a text that is cut short': withBytes('sealed', (bytes) => bytes.subarray(0, -1)),
    'nothing in it': () => ({ sealed: '' }),
  })) {
    it(`are not opened with ${what}`, () => {
      assert.equal(unseal(key, changed(seal(key, RECORDS), change)), undefined);
      assert.equal(openNote(key, 'the id', changed(sealNote(key, 'the id', NOTE), change)), undefined);
    });
  }

  for (const text of ['', 'null', '[]', '{}', '"text"'])
    it(`are not ${JSON.stringify(text)}`, () => {
      assert.equal(unseal(key, text), undefined);
    });

  /** A text that this key has sealed as version 7 of a vault, or of a note. */
  function sealed(content: unknown, head = 'qwen-auth 1 7'): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(head));
    const data = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
    const [text, nonce, tag] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
    return JSON.stringify({ format: 1, version: 7, nonce, tag, sealed: text });
  }

  for (const content of [{}, 'text', ['one'], [['one']], [['one', 2]], [[1, 'two']], [null]]) {
    it(`are not ${JSON.stringify(content)}, whoever has sealed it`, () => {
      assert.equal(unseal(key, sealed(content)), undefined);
      assert.equal(openNote(key, 'the id', sealed(content, 'qwen-auth note 1 the id 7')), undefined);
    });
  }

  it('of version 0.1 have no id, and those that it has written since tell no changes', () => {
    const about = (version: number, names: unknown = ['one', 2]) => [
      'vault',
      JSON.stringify({ id: 'the id', version, changed: names }),
    ];
    const entries = new Map([['one', 'a token']]);
    const open = (content: unknown) => unseal(key, sealed(content));

    assert.deepEqual(open([['one', 'a token']]), { id: '', version: 7, entries, changed: [] });
    assert.deepEqual(open([['one', 'a token'], about(6)]), { id: 'the id', version: 7, entries, changed: [] });
    assert.deepEqual(open([['one', 'a token'], about(7, 'one')]), { id: 'the id', version: 7, entries, changed: [] });
    assert.deepEqual(open([['one', 'a token'], about(7)]), { id: 'the id', version: 7, entries, changed: ['one'] });
  });

  it('are opened by their own key alone', () => {
    assert.equal(unseal(createKey(), seal(key, RECORDS)), undefined);
    assert.equal(openNote(createKey(), 'the id', sealNote(key, 'the id', NOTE)), undefined);
  });

  it('are no note, and a note is not them, nor one of another vault', () => {
    assert.deepEqual(openNote(key, 'the id', sealNote(key, 'the id', NOTE)), NOTE);
    assert.equal(openNote(key, 'another id', sealNote(key, 'the id', NOTE)), undefined);
    assert.equal(openNote(key, 'the id', seal(key, RECORDS)), undefined);
    assert.equal(unseal(key, sealNote(key, 'the id', NOTE)), undefined);
  });
});

describe('a key on its way to another window', () => {
  const key = createKey();
  const id = idOfKey(key);
  const head = Buffer.from('qwen-auth key 1');
  const wrappingOf = (name: string): KeyObject =>
    createSecretKey(createHash('sha256').update(`qwen-auth key 1 ${name}`).digest());

  it('is sealed as every version opens it, with its id alone', () => {
    const fields = parseJson(wrapKey(key));
    const [iv, tag, data] = ['nonce', 'tag', 'sealed'].map((name) =>
      Buffer.from(stringIn(fields, name) ?? '', 'base64'),
    );
    assert.ok(iv && tag && data);
    const open = (name: string): string => {
      const decipher = createDecipheriv('aes-256-gcm', wrappingOf(name), iv, { authTagLength: 16 });
      return decipher.setAAD(head).setAuthTag(tag).update(data).toString('utf8') + decipher.final('utf8');
    };

    assert.equal(open(id), writeKey(key));
    for (const name of ['', idOfKey(createKey())]) assert.throws(() => open(name));
  });

  it('is none where another one lies under its seal', () => {
    const wrap = (text: string): string => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', wrappingOf(id), iv).setAAD(head);
      const data = Buffer.concat([cipher.update(text), cipher.final()]);
      const [sealed, nonce, tag] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
      return JSON.stringify({ format: 1, version: 1, nonce, tag, sealed });
    };

    assert.ok(unwrapKey(id, wrap(writeKey(key)))?.equals(key));
    assert.equal(unwrapKey(id, wrap(writeKey(createKey()))), undefined);
  });
});

describe('the key of a vault', () => {
  it('is another one each time, of 256 bits', () => {
    assert.equal(createKey().symmetricKeySize, 32);
    assert.ok(!createKey().equals(createKey()));
  });

  it('is read as it was written, and from nothing else', () => {
    const key = createKey();

    assert.ok(readKey(writeKey(key))?.equals(key));
    for (const text of [undefined, '', 'key', writeKey(key).slice(4), `${writeKey(key).slice(0, -1)}AAAA`])
      assert.equal(readKey(text), undefined);
  });

  it('has an id that tells nothing of it', () => {
    const key = createKey();

    assert.match(idOfKey(key), /^[0-9a-f]{32}$/);
    assert.notEqual(idOfKey(key), idOfKey(createKey()));
    assert.ok(!key.export().toString('hex').includes(idOfKey(key).slice(0, 8)));
  });
});
