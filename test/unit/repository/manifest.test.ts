import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
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

  it('has no text that is empty', () => {
    for (const key of keysOf(nls)) assert.ok(stringIn(nls, key), key);
  });

  it('has the same texts in every language', () => {
    const languages = readdirSync('.').filter((file) => /^package\.nls\.[\w-]+\.json$/.test(file));

    for (const file of languages) {
      const texts: unknown = JSON.parse(readFileSync(file, 'utf8'));
      assert.deepEqual(keysOf(texts), keysOf(nls), file);
      for (const key of keysOf(texts)) assert.ok(stringIn(texts, key), `${file}: ${key}`);
    }
  });

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
