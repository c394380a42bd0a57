import assert from 'node:assert/strict';
import { diagnoseSettings } from '../../../src/core/diagnostics/diagnoseSettings';
import { Lines } from '../../../src/core/base/lines';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic';
import type { SettingsKind } from '../../../src/core/diagnostics/settingsText';

const KEY = 'sk-0123456789abcdef';

/** Each diagnostic as `line: severity code, what is marked → the fix's title`. */
const inShort = (kind: SettingsKind, text: string): readonly string[] =>
  diagnoseSettings(kind, text).map(({ offset, length, severity, code, fix }) => {
    const line = new Lines(text).positionAt(offset).line + 1;
    return `${line}: ${severity} ${code}, ${text.slice(offset, offset + length)}${fix ? ` → ${fix.title}` : ''}`;
  });

/** The text as the first fix leaves it. */
const fixed = (kind: SettingsKind, text: string): string => {
  const [fix] = diagnoseSettings(kind, text).flatMap((diagnostic: Diagnostic) => diagnostic.fix ?? []);
  assert.equal(fix?.kind, 'edit');
  return text.slice(0, fix.offset) + fix.newText + text.slice(fix.offset + fix.length);
};

const qwen = (...entries: readonly string[]): string =>
  `{\n  "modelProviders": {\n    "openai": [\n${entries.join(',\n')}\n    ]\n  }\n}\n`;

describe('diagnostics of modelProviders', () => {
  it('are of the entries with the variables in them that the file may refer to', () => {
    const text = qwen('{ "id": "a", "baseUrl": "$CORP_URL" }');
    const expand = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value).replace('$CORP_URL', 'https://llm.example.com/v1'));

    assert.deepEqual(
      diagnoseSettings('qwen', text).map(({ code }) => code),
      ['base-url'],
    );
    assert.deepEqual(diagnoseSettings('qwen', text, expand), []);
  });

  for (const [what, entry, ...expected] of [
    ['nothing for a good entry', '{ "id": "a", "envKey": "MY_KEY", "baseUrl": "https://example.com/v1" }'],
    ['an entry without an id', '{ "name": "mine" }', '4: error missing-id, { → Add "id": "mine"'],
    ['an entry that is none', '"qwen3-max"', '4: error shape, "qwen3-max"'],
    [
      'a key for a name',
      `{ "id": "a", "envKey": "${KEY}" }`,
      `4: error env-key, "${KEY}" → Move this key to the keychain`,
    ],
    ['a name that is none, and no key', '{ "id": "a", "envKey": "MY KEY" }', '4: error env-key, "MY KEY"'],
    ['an address that is none', '{ "id": "a", "baseUrl": "nowhere" }', '4: error base-url, "nowhere"'],
    [
      'a name that looks like the right one',
      '{ "id": "a", "base_url": "https://example.com/v1" }',
      '4: error unknown-property, "base_url" → Rename to "baseUrl"',
    ],
    [
      'a member that looks like the right one',
      '{ "id": "a", "generationConfig": { "contextWindow": 4096 } }',
      '4: error unknown-property, "contextWindow" → Rename to "contextWindowSize"',
    ],
    ['a value of another type', '{ "id": "a", "baseUrl": null }', '4: error base-url, null'],
    ['a member of another type', '{ "id": "a", "generationConfig": { "timeout": "long" } }', '4: error type, "long"'],
    ['what belongs elsewhere', '{ "id": "a", "temperature": 1 }', '4: warning misplaced, "temperature"'],
    [
      'a key in an entry',
      `{ "id": "a", "baseUrl": "https://example.com/v1", "apiKey": "${KEY}" }`,
      `4: error key-in-entry, "${KEY}" → Move this key to the keychain`,
    ],
    [
      'a reference in the place of a name',
      '{ "id": "a", "baseUrl": "https://example.com/v1", "apiKey": "$MY_KEY" }',
      '4: error unknown-property, "apiKey"',
    ],
    ['an entry whose key has no server', '{ "id": "a", "envKey": "MY_KEY" }', '4: error base-url, {'],
    [
      'an address with its operation',
      '{ "id": "a", "baseUrl": "https://example.com/v1/chat/completions" }',
      '4: hint long-address, "https://example.com/v1/chat/completions" → Cut it off',
    ],
    [
      "an address of Azure's, which names the model",
      '{ "id": "a", "baseUrl": "https://a.openai.azure.com/openai/deployments/b" }',
    ],
  ] as const) {
    it(`are on the line of ${what}`, () => assert.deepEqual(inShort('qwen', qwen(entry)), expected));
  }

  it('tell all bad entries, and the key in one that has no id', () => {
    assert.deepEqual(inShort('qwen', qwen('{}', '{ "id": "good" }', `{ "envKey": "${KEY}" }`)), [
      '4: error missing-id, { → Add "id": "qwen3-coder-plus"',
      '6: error missing-id, { → Add "id": "qwen3-coder-plus"',
      `6: error env-key, "${KEY}" → Move this key to the keychain`,
    ]);
  });

  it('inform of a protocol that is not spoken', () => {
    const text = '{\n  "modelProviders": {\n    "gemini": [{ "id": "a" }]\n  }\n}';

    assert.deepEqual(inShort('qwen', text), ['3: information protocol, "gemini"']);
  });

  it("know what protocol a provider of the person's own speaks", () => {
    const text = '{ "providerProtocol": { "mine": "openai" }, "modelProviders": { "mine": [{}] } }';

    assert.deepEqual(inShort('qwen', text), ['1: error missing-id, { → Add "id": "qwen3-coder-plus"']);
  });

  it('are told whatever stands in the place of such a protocol', () => {
    for (const odd of ['{}', '[{}]', 'null', '{ "toString": 1 }', '1']) {
      const text = `{ "providerProtocol": { "mine": ${odd} }, "modelProviders": { "openai": [{}] } }`;

      assert.deepEqual(inShort('qwen', text), ['1: error missing-id, { → Add "id": "qwen3-coder-plus"']);
    }
  });

  it("are found in VS Code's setting, comments and trailing commas included", () => {
    const text = '{\r\n  // mine\r\n  "qwen.modelProviders": {\r\n    "openai": {},\r\n  },\r\n}';

    assert.deepEqual(inShort('vscode', text), ['4: error shape, "openai"']);
  });

  it("leave a folder's setting alone, as it does not count", () => {
    assert.deepEqual(inShort('folder', '{ "qwen.modelProviders": { "openai": {} } }'), []);
  });

  for (const text of ['', '[]', '{', '"text"', '['.repeat(50_000)]) {
    it(`are none in ${text.slice(0, 8) || 'nothing'}`, () => assert.deepEqual(inShort('qwen', text), []));
  }
});

describe('the fix of an entry', () => {
  for (const [before, after] of [
    ['{ "name": "a" }', '{ "id": "a", "name": "a" }'],
    ['{}', '{"id": "qwen3-coder-plus"}'],
    ['{\n    "name": "a"\n  }', '{\n    "id": "a",\n    "name": "a"\n  }'],
    ['{ "id": "", "name": "a" }', '{ "id": "a", "name": "a" }'],
    ['{ "id": 4 }', '{ "id": "qwen3-coder-plus" }'],
    ['{ "id": "a", "baseURL": "https://example.com/v1" }', '{ "id": "a", "baseUrl": "https://example.com/v1" }'],
    [
      '{ "id": "a", "baseUrl": "https://example.com/v1/chat/completions/" }',
      '{ "id": "a", "baseUrl": "https://example.com/v1" }',
    ],
  ] as const) {
    it(`makes ${after} of ${before}`, () => {
      assert.equal(fixed('qwen', qwen(before)), qwen(after));
      assert.deepEqual(inShort('qwen', qwen(after)), []);
    });
  }
});

describe('a key in plain text', () => {
  for (const [kind, setting] of [
    ['vscode', '"qwen-code.apiKey": "secret-0123"'],
    ['vscode', `"other.thing": "${KEY}"`],
    ['folder', `"deep": { "list": [1, "${KEY}"] }`],
    ['folder', '"terminal.integrated.env.linux": { "OPENAI_API_KEY": "secret-0123" }'],
    ['qwen', '"env": { "MY_API_KEY": "secret-0123" }'],
    ['qwen', '"security": { "auth": { "apiKey": "secret-0123" } }'],
  ] as const) {
    it(`is found in ${setting}`, () => {
      const [found, ...more] = inShort(kind, `{ ${setting} }`);

      assert.match(found ?? '', /^1: warning plain-key, ".*" → Move this key to the keychain$/);
      assert.deepEqual(more, []);
    });
  }

  for (const [kind, setting] of [
    ['vscode', '"wakatime.apiKey": "0123456789abcdef"'],
    ['vscode', '"terminal.integrated.env.linux": { "MAPS_API_KEY": "secret-0123" }'],
    ['vscode', '"qwen-code.apiKey": ""'],
    ['folder', '"qwen-code.apiKey": "sk-xxxxxxxx"'],
    ['qwen', '"env": { "MY_API_KEY": "$OTHER_API_KEY" }'],
    ['qwen', '"env": { "OPENAI_BASE_URL": "https://example.com/v1" }'],
  ] as const) {
    it(`is not what stands in ${setting}`, () => assert.deepEqual(inShort(kind, `{ ${setting} }`), []));
  }

  it('is never repeated in a message', () => {
    const text = qwen(`{ "id": "a", "envKey": "${KEY}" }`, `{ "name": "${KEY}" }`);

    assert.ok(diagnoseSettings('qwen', text).every(({ message }) => !message.includes(KEY)));
  });
});
