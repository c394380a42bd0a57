import assert from 'node:assert/strict';
import { anything, type Arbitrary, array, constantFrom, json, nat, oneof, string, tuple } from 'fast-check';

import { isRecord, parseJson } from '../../src/core/base/json';
import { Secret } from '../../src/core/base/secret';
import { readPanelMessage } from '../../src/vscode/panel/panelMessages';
import { holds } from './property';

const KEY = 'sk-0123456789-of-somebody';
const ENTRY = { file: 'user', provider: 'openai', index: 0, id: 'qwen3' };
const FIELDS = {
  id: 'qwen3',
  name: 'Qwen',
  baseUrl: 'https://api.example.com/v1',
  envKey: 'KEY',
  contextWindow: '8192',
  timeout: '30',
  headers: 'X-Team: us',
};

/** One message of each shape, as the panel sends it. */
const MESSAGES: readonly object[] = [
  { type: 'ready' },
  { type: 'signIn', method: 'api-key', provider: 'openai', region: 'beijing', apiKey: KEY, anyway: true },
  {
    type: 'signInAtServer',
    issuer: 'https://id.example.com',
    clientId: 'us',
    api: 'https://api.example.com',
    scopes: 'a b',
  },
  { type: 'pasteRedirect', text: 'http://127.0.0.1/callback?code=a&state=b' },
  { type: 'signOut', account: 'openai' },
  { type: 'tryAgain', account: 'openai' },
  { type: 'switchModel', id: 'qwen3', baseUrl: 'https://api.example.com/v1' },
  { type: 'sendKey', to: 'here' },
  { type: 'draft', provider: 'custom', baseUrl: 'https://api.example.com/v1' },
  { type: 'openConsole', provider: 'bailian', region: 'beijing' },
  { type: 'openSettings', setting: 'qwen.oauth.issuer' },
  { type: 'useInTerminal', on: true },
  { type: 'showPage', page: 'usage' },
  { type: 'openModelFile', file: 'settings' },
  { type: 'testModel', id: 'qwen3', baseUrl: 'https://api.example.com/v1' },
  { type: 'saveEntry', target: { kind: 'edit', entry: ENTRY }, fields: FIELDS },
  { type: 'draftEntry', target: { kind: 'add', file: 'workspace', provider: 'openai' }, fields: FIELDS },
  { type: 'moveEntry', entry: ENTRY, by: 1 },
  { type: 'fetchModels', entry: ENTRY, allowed: true },
  { type: 'addModels', entry: ENTRY, ids: ['a', 'b'] },
  { type: 'showUsageOf', range: 30 },
  { type: 'blockExtension', extension: 'a.b', blocked: true },
];

/**
 * Values that have fooled readers: names that objects inherit, addresses, commands, control
 * characters, numbers that are none.
 */
const ODD: Arbitrary<unknown> = oneof(
  anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  constantFrom<unknown>(
    '__proto__',
    'constructor',
    'toString',
    'command:workbench.action.quit',
    '../../etc/passwd',
    'https://evil.example.com',
    '\u202Etxt.exe',
    'a\0b',
    'x'.repeat(70_000),
    -1,
    0.5,
    NaN,
    2 ** 53,
    true,
    null,
    undefined,
    [],
    {},
  ),
  json().map(parseJson),
  string({ unit: 'binary' }),
);

/** One change of a message: a member that is replaced, removed, added, moved down or taken from elsewhere. */
const CHANGES = tuple(nat(), constantFrom('replace', 'remove', 'add', 'wrap', 'type'), ODD, string());

/** The message with a change at one of its members, however deep that is. */
function changed(message: unknown, [at, how, value, name]: readonly [number, string, unknown, string]): unknown {
  if (!isRecord(message)) return value;
  const names = Object.keys(message);
  const member = names[at % (names.length || 1)] ?? name;
  const old = message[member];
  if (isRecord(old) && at % 2 === 1) return { ...message, [member]: changed(old, [at >> 1, how, value, name]) };
  switch (how) {
    case 'remove':
      return Object.fromEntries(Object.entries(message).filter(([key]) => key !== member));
    case 'add':
      return { ...message, [name]: value };
    case 'wrap':
      return { ...message, [member]: [old] };
    case 'type':
      return { ...message, type: value };
    default:
      return { ...message, [member]: value };
  }
}

const MUTATED: Arbitrary<unknown> = oneof(
  ODD,
  tuple(constantFrom(...MESSAGES), array(CHANGES, { minLength: 1, maxLength: 3 })).map(([message, changes]) =>
    changes.reduce<unknown>(changed, message),
  ),
);

/** Every name of a member that a message of the panel may have. */
const KNOWN = new Set(MESSAGES.flatMap(namesIn));

function namesIn(value: unknown): readonly string[] {
  return isRecord(value) ? Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)]) : [];
}

/** What may come out of a reader: texts, whole numbers, yes and no, secrets, and lists and records of them. */
function isPlain(value: unknown): boolean {
  if (value instanceof Secret || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isInteger(value);
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return isRecord(value) && Object.entries(value).every(([name, member]) => KNOWN.has(name) && isPlain(member));
}

describe('a message of a panel that somebody has taken over', () => {
  it('is of its own type or none, holds what is known of it alone, and its key only as a secret', async () => {
    await holds(MUTATED, { short: 10_000, thorough: 100_000 }, (message) => {
      const read = readPanelMessage(message);
      if (read === undefined) return;

      assert.equal(isRecord(message) && message['type'], read.type);
      assert.ok(isPlain({ ...read }), JSON.stringify(read));
      if ('apiKey' in read) assert.ok(read.apiKey === undefined || read.apiKey instanceof Secret);
    });
  });

  it('means the same whatever is written beside what is known', async () => {
    await holds(
      tuple(constantFrom(...MESSAGES), string(), ODD),
      { short: 2000, thorough: 20_000 },
      ([message, name, value]) => {
        if (KNOWN.has(name) || ['model', 'flow', 'entry', 'target', 'fields', 'ids'].includes(name)) return;

        assert.deepEqual(readPanelMessage({ ...message, [name]: value }), readPanelMessage(message));
      },
    );
  });
});
