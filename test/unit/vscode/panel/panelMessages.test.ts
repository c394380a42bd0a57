import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { anything, assert as always, dictionary, oneof, property, record, constantFrom, string } from 'fast-check';

import { Secret } from '../../../../src/core/base/secret';
import { readPanelMessage } from '../../../../src/vscode/panel/panelMessages';

const ENTRY = { file: 'user', provider: 'openai', index: 0, id: 'qwen3' };
const SIGN_IN = { type: 'signIn', method: 'api-key', provider: 'openai' };

const textsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));

describe('a message of the panel', () => {
  it('is read with its fields, and no other', () => {
    const message = { type: 'switchModel', id: 'qwen3', baseUrl: 'https://api.example.com/v1', command: 'run' };

    assert.deepEqual(readPanelMessage(message), {
      type: 'switchModel',
      id: 'qwen3',
      baseUrl: 'https://api.example.com/v1',
    });
  });

  it('has something that sends it: a page of the panel, or a button that a view offers', () => {
    const sources = ['webview', 'src/core/views'].flatMap(textsIn).join('\n');
    const declared = textsIn('src/shared').flatMap((text) => [...text.matchAll(/^ {2}\|.*\btype: '(\w+)'/gm)]);
    const types = declared.flatMap(([, type = '']) => type);

    assert.ok(types.length > 30);
    assert.deepEqual(
      types.filter((type) => !sources.includes(`'${type}'`)),
      [],
    );
  });

  it('holds a key as a secret', () => {
    const message = readPanelMessage({ ...SIGN_IN, apiKey: 'sk-0123456789' });

    assert.ok(message?.type === 'signIn' && message.apiKey instanceof Secret);
    assert.equal(message.apiKey.reveal(), 'sk-0123456789');
    assert.ok(!JSON.stringify(message).includes('sk-0123'));
  });

  it('holds a key nowhere but in a sign-in', () => {
    for (const type of ['draft', 'openConsole', 'openDocs']) {
      const message = readPanelMessage({ type, provider: 'openai', apiKey: 'sk-0123456789' });

      assert.deepEqual(message, { type, provider: 'openai' });
    }
  });

  const refused: readonly (readonly [what: string, message: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'signIn'],
    ['a list', [{ type: 'ready' }]],
    ['no type', {}],
    ['a type that is not known', { type: 'deleteEverything' }],
    ['a type that objects inherit', { type: 'constructor' }],
    ['a type of their prototype', { type: '__proto__' }],
    ['a type that is a list', { type: ['ready'] }],
    ['an unknown method', { ...SIGN_IN, method: 'password' }],
    ['a method that is an object', { ...SIGN_IN, method: { id: 'api-key' } }],
    ['a sign-out of nobody', { type: 'signOut', account: '' }],
    ['a sign-out of several', { type: 'signOut', account: ['a', 'b'] }],
    ['a model without its server', { type: 'switchModel', id: 'qwen3' }],
    ['a key sent anywhere', { type: 'sendKey', to: 'https://evil.example.com' }],
    ['a command in the place of a setting', { type: 'openSettings', setting: '"x":command' }],
    ['terminals turned "on"', { type: 'useInTerminal', on: 'on' }],
    ['a page that is not there', { type: 'showPage', page: 'admin' }],
    ['a file by its path', { type: 'openModelFile', file: '/etc/passwd' }],
    ['an entry at a negative place', { type: 'removeEntry', entry: { ...ENTRY, index: -1 } }],
    ['an entry at half a place', { type: 'removeEntry', entry: { ...ENTRY, index: 0.5 } }],
    ['an entry of a file by its path', { type: 'removeEntry', entry: { ...ENTRY, file: '/etc/passwd' } }],
    ['an entry moved far', { type: 'moveEntry', entry: ENTRY, by: 1e9 }],
    ['an entry that is saved nowhere', { type: 'saveEntry', target: { kind: 'replaceAll' }, fields: {} }],
    ['a range that is not offered', { type: 'showUsageOf', range: 1e9 }],
    ['an extension blocked "yes"', { type: 'blockExtension', extension: 'a.b', blocked: 'yes' }],
  ];
  for (const [what, message] of refused) {
    it(`does not get in with ${what}`, () => {
      assert.equal(readPanelMessage(message), undefined);
    });
  }

  it('loses what is not a text from its fields', () => {
    const message = { ...SIGN_IN, baseUrl: { toString: 'x' }, apiKey: 42, flow: 'pigeon', anyway: 'true' };

    assert.deepEqual(readPanelMessage(message), SIGN_IN);
  });

  it('loses what is not a text from the models that are added', () => {
    const message = { type: 'addModels', entry: ENTRY, ids: ['a', 1, null, { id: 'b' }] };

    assert.deepEqual(readPanelMessage(message), { type: 'addModels', entry: ENTRY, ids: ['a'] });
  });

  it('adds no more models than a list has', () => {
    const ids = Array.from({ length: 1_000_000 }, (_, at) => `m${at}`);

    const message = readPanelMessage({ type: 'addModels', entry: ENTRY, ids });
    assert.deepEqual(message, { type: 'addModels', entry: ENTRY, ids: ids.slice(0, 1000) });
  });

  it('asks nobody else but after a yes that is one', () => {
    const message = { type: 'fetchModels', entry: ENTRY, allowed: 'yes' };

    assert.deepEqual(readPanelMessage(message), { type: 'fetchModels', entry: ENTRY, allowed: false });
  });

  it('is of its own type or none, whatever comes', () => {
    const types = constantFrom('signIn', 'draft', 'saveEntry', 'addModels', 'moveEntry', 'openSettings', 'showUsageOf');
    const typed = record({ type: types, entry: anything(), target: anything(), fields: anything(), ids: anything() });
    const messages = oneof(anything(), typed, dictionary(string(), anything()));

    always(
      property(messages, (message) => {
        const read = readPanelMessage(message);
        assert.ok(read === undefined || (typeof message === 'object' && message !== null && 'type' in message));
        assert.ok(read === undefined || Reflect.get(Object(message), 'type') === read.type);
      }),
    );
  });
});
