import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { isRecord, stringIn } from '../../../src/core/base/json';

const manifestText = readFileSync('package.json', 'utf8');
const manifest: unknown = JSON.parse(manifestText);
const nls: unknown = JSON.parse(readFileSync('package.nls.json', 'utf8'));

/** The value at a path of the manifest. */
const at = (...names: readonly string[]): unknown =>
  names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), manifest);
const listAt = (...names: readonly string[]): readonly unknown[] => {
  const list = at(...names);
  return Array.isArray(list) ? list : [];
};
const keysOf = (value: unknown): readonly string[] => (isRecord(value) ? Object.keys(value) : []);
const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join('src', file), 'utf8'))
  .join('\n');

/** The names at the left of a const table in a file that only VS Code can load. */
function tableIn(file: string, name: string): readonly string[] {
  const [, table = ''] =
    new RegExp(`export const ${name} = \\{\\n(.*?)\\n\\}`, 's').exec(readFileSync(file, 'utf8')) ?? [];
  return [...table.matchAll(/^ {2}'([^']+)':/gm)].flatMap(([, key]) => key ?? []);
}

const commands = listAt('contributes', 'commands').map((command) => stringIn(command, 'command') ?? '');
const settings = listAt('contributes', 'configuration').flatMap((section) =>
  Object.entries((isRecord(section) && isRecord(section['properties']) && section['properties']) || {}),
);
const views = keysOf(at('contributes', 'views')).flatMap((container) =>
  listAt('contributes', 'views', container).map((view) => stringIn(view, 'id') ?? ''),
);
const contextKeys = tableIn('src/vscode/status/contextKeys.ts', 'CONTEXT_KEYS');

const languages = readdirSync('.').filter((file) => /^package\.nls\.[\w-]+\.json$/.test(file));
/** Members of a manifest that people read. */
const TEXTS = /^(?:title|displayName|contents|altText|fullName|label)$|(?:[dD]escriptions?|Message|Labels)$/;
/** What is called so in every language. */
const NAMES: readonly string[] = ['openai'];
/** What a text has in every language, in whatever order: links, code, and the ends of lines. */
const fixedParts = (text: string): readonly string[] =>
  (text.match(/\]\([^)]+\)|`+[^`]+`+|#[\w.]+#|\{\w+\}|\n/g) ?? []).sort();

describe('manifest', () => {
  it('contributes exactly the commands that are registered', () => {
    assert.ok(commands.length > 0);
    assert.deepEqual([...commands].sort(), [...tableIn('src/vscode/commands.ts', 'COMMANDS')].sort());
  });

  it('gives every command category, title and icon', () => {
    for (const command of listAt('contributes', 'commands')) {
      assert.equal(stringIn(command, 'category'), 'Qwen');
      assert.match(stringIn(command, 'title') ?? '', /^%command\.\w+%$/);
      assert.match(stringIn(command, 'icon') ?? '', /^\$\([\w-]+\)$/);
    }
  });

  it('offers no command in a menu that it does not have', () => {
    const menus = keysOf(at('contributes', 'menus')).flatMap((menu) => listAt('contributes', 'menus', menu));

    for (const item of menus) assert.ok(commands.includes(stringIn(item, 'command') ?? ''));
  });

  it('has every text in package.nls.json, and no other', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].flatMap(([, key]) => key ?? []);

    assert.deepEqual([...new Set(used)].sort(), [...keysOf(nls)].sort());
  });

  it('writes no text into the manifest itself', () => {
    // Conditions have blanks in them and are no texts, and neither is what a snippet writes.
    const texts = (value: unknown, name = ''): readonly string[] => {
      if (typeof value === 'string')
        return TEXTS.test(name) || (/ /.test(value) && !/^(?:when|enablement)$/.test(name)) ? [value] : [];
      if (Array.isArray(value)) return value.flatMap((one) => texts(one, name));
      return isRecord(value) ? Object.entries(value).flatMap(([member, one]) => texts(one, member)) : [];
    };
    const shown = [at('displayName'), at('description'), at('capabilities'), at('contributes')];

    const found = shown.flatMap((value) => texts(value, 'title'));

    assert.ok(found.length > 80);
    assert.deepEqual(
      found.filter((text) => !/^%[\w.]+%$/.test(text) && !NAMES.includes(text)),
      [],
    );
  });

  it('has no text that is empty', () => {
    for (const key of keysOf(nls)) assert.ok(stringIn(nls, key), key);
  });

  for (const file of languages) {
    const texts: unknown = JSON.parse(readFileSync(file, 'utf8'));

    it(`has the same texts in every language: ${file}`, () => {
      assert.deepEqual(keysOf(texts), keysOf(nls));
      for (const key of keysOf(texts)) assert.ok(stringIn(texts, key), key);
    });

    it(`has the same links, code, variables and lines in them: ${file}`, () => {
      for (const key of keysOf(nls)) {
        const [own, english] = [stringIn(texts, key) ?? '', stringIn(nls, key) ?? ''];
        assert.deepEqual(fixedParts(own), fixedParts(english), key);
      }
    });

    it(`names pictures and schemas that there are: ${file}`, () => {
      for (const named of [nls, texts].flatMap((one) => JSON.stringify(one).match(/(?:\.\/)?media\/[\w./-]+/g) ?? []))
        assert.ok(existsSync(named), named);
    });
  }

  it('links to commands that exist', () => {
    const linked = [...JSON.stringify(nls).matchAll(/command:([\w.]+)/g)].flatMap(([, id]) => id ?? []);

    assert.ok(linked.length > 0);
    for (const id of linked) assert.ok(commands.includes(id) || id.startsWith('workbench.'), id);
  });

  it('asks only for context keys of the table', () => {
    const clauses = [...manifestText.matchAll(/"(?:when|enablement)": "([^"]+)"|"onContext:([^"]+)"/g)];
    const asked = clauses.flatMap(([, clause = '', key = '']) => `${clause} ${key}`.match(/qwen\.\w+/g) ?? []);

    assert.ok(asked.length > 0);
    for (const key of asked) assert.ok(contextKeys.includes(key), key);
  });

  it('declares only settings that are read', () => {
    assert.ok(settings.length > 0);
    for (const [name] of settings) assert.ok(source.includes(`'${name.replace(/^qwen\./, '')}'`), name);
  });

  it('mentions only names of its own in the source', () => {
    const others = ['qwen.authPanel', 'qwen.ai', ...views];
    const names = [...commands, ...settings.map(([name]) => name), ...contextKeys, ...others];
    const mentioned = [...source.matchAll(/'(qwen\.[\w.]+)'/g)].flatMap(([, name]) => name ?? []);

    assert.deepEqual(
      mentioned.filter((name) => !names.includes(name)),
      [],
    );
  });

  for (const [name, setting] of settings) {
    it(`lets no workspace set ${name}`, () => {
      assert.equal(stringIn(setting, 'scope'), 'application');
      assert.ok(listAt('capabilities', 'untrustedWorkspaces', 'restrictedConfigurations').includes(name));
    });

    it(`describes ${name} and gives it a default`, () => {
      assert.match(stringIn(setting, 'markdownDescription') ?? '', /^%config\.[\w.]+%$/);
      assert.ok(isRecord(setting) && 'default' in setting && 'order' in setting);
    });
  }

  it('completes each walkthrough step by something of its own', () => {
    const events = [...manifestText.matchAll(/"on(Context|Command):([^"]+)"/g)];

    assert.equal(events.length, 4);
    for (const [, kind, name = ''] of events)
      assert.ok((kind === 'Context' ? contextKeys : commands).includes(name), name);
  });
});
