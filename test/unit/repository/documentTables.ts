import { readFileSync } from 'node:fs';
import { isRecord, parseJson, stringIn } from '../../../src/core/base/json';
import { endpointName, PROVIDERS } from '../../../src/core/providers/catalogue';
import type { Provider } from '../../../src/core/providers/provider';

/** A table of a document, which stands between `<!-- name: … -->` and `<!-- end -->`. */
interface Table {
  readonly name: string;
  readonly file: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the manifest contributes. */
export const contributes = recordIn(readJson('package.json'), 'contributes');
const texts = readJson('package.nls.json');

/** A document with its tables as manifest and catalogue have them. */
export function withTables(file: string, text: string): string {
  return tables()
    .filter((table) => table.file === file)
    .reduce((page, { name, head, rows }) => {
      const begin = `<!-- ${name}: written by npm run documents -->`;
      const [from, to] = [page.indexOf(begin), page.indexOf('<!-- end -->', page.indexOf(begin))];
      if (from < 0 || to < from) throw new Error(`${file} has no place for its table: "${begin}" to "<!-- end -->".`);
      const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
      return `${page.slice(0, from)}${begin}\n\n${lines.join('\n')}\n\n${page.slice(to)}`;
    }, text);
}

/** The documents that have tables of manifest and catalogue. */
export const documentsWithTables: readonly string[] = ['providers', 'settings', 'commands'].map(
  (name) => `docs/${name}.md`,
);

function tables(): readonly Table[] {
  return [
    {
      name: 'providers',
      file: 'docs/providers.md',
      head: ['provider', 'name', 'places', 'key', 'variable of the key'],
      rows: PROVIDERS.map((provider) => [
        code(provider.id),
        provider.label,
        placesOf(provider),
        keyOf(provider),
        code(provider.envKey),
      ]),
    },
    {
      name: 'places',
      file: 'docs/providers.md',
      head: ['place', 'where', 'base URL', 'get a key'],
      rows: PROVIDERS.flatMap((provider) =>
        provider.regions.map((region) => [
          code(endpointName(provider, region)),
          [provider.label, region.label].filter(Boolean).join(', '),
          region.baseUrl ? code(region.baseUrl) : 'you name it',
          region.consoleUrl ? `[page](${region.consoleUrl})` : '',
        ]),
      ),
    },
    {
      name: 'settings',
      file: 'docs/settings.md',
      head: ['setting', 'default', 'what it is'],
      rows: settings().map(([name, setting]) => [code(name), code(JSON.stringify(setting['default'])), about(setting)]),
    },
    {
      name: 'commands',
      file: 'docs/commands.md',
      head: ['command', 'title', 'in the palette'],
      rows: commandIds().map((id) => [code(id), titleOf(id), whenInPalette(id)]),
    },
  ];
}

/** The ids of all commands, in their order in the manifest. */
export function commandIds(): readonly string[] {
  return records(contributes['commands']).map((command) => stringIn(command, 'command') ?? '');
}

/** Every setting with its schema, in the order of the Settings editor. */
export function settings(): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return records(contributes['configuration']).flatMap((section) =>
    Object.entries(recordIn(section, 'properties'))
      .map(([name, schema]) => [name, isRecord(schema) ? schema : {}] as const)
      .sort(([, one], [, other]) => Number(one['order']) - Number(other['order'])),
  );
}

function placesOf({ regions }: Provider): string {
  return regions
    .filter(({ id }) => id !== '')
    .map(({ id }) => code(id))
    .join(', ');
}

function keyOf({ keyHint, baseUrl }: Provider): string {
  const hint = keyHint.endsWith('…') ? code(keyHint) : keyHint;
  return baseUrl === 'required' ? `${hint}; name the base URL` : hint;
}

/** What a setting is, with what each of its values means. */
function about(setting: Readonly<Record<string, unknown>>): string {
  const values: readonly unknown[] = Array.isArray(setting['enum']) ? setting['enum'] : [];
  const words = [setting['markdownEnumDescriptions'], setting['enumDescriptions']].find(Array.isArray) ?? [];
  const meanings = values.map((value, at) => `${code(JSON.stringify(value))}: ${textNamed(words[at])}`);
  return [textNamed(setting['markdownDescription']), ...meanings].join('<br>');
}

/** The title of a command, as the palette has it. */
export function titleOf(id: string): string {
  const command = records(contributes['commands']).find((one) => one['command'] === id);
  return `${stringIn(command, 'category')}: ${textNamed(command?.['title'])}`;
}

function whenInPalette(id: string): string {
  const palette = records(recordIn(contributes, 'menus')['commandPalette']);
  const when = palette.find((item) => item['command'] === id)?.['when'];
  // The palette leaves out a command that is not enabled.
  const condition = when ?? records(contributes['commands']).find((one) => one['command'] === id)?.['enablement'];
  if (condition === undefined) return 'yes';
  const words = PALETTE_CONDITIONS.get(condition);
  if (words === undefined) throw new Error(`The condition of ${id} has no words in PALETTE_CONDITIONS.`);
  return words;
}

/** A text of `package.nls.json` by its `%name%`, in one line; a link to a command is its words and its title. */
function textNamed(name: unknown): string {
  const words = stringIn(texts, String(name).replaceAll('%', '')) ?? '';
  const link = (_: string, label: string, id: string) => `${label} (*${titleOf(id)}*)`;
  return words
    .replaceAll(/\[([^\]]+)\]\(command:([^)]+)\)/g, link)
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
}

/** When a command is in the palette, by the conditions of the manifest. */
const PALETTE_CONDITIONS: ReadonlyMap<unknown, string> = new Map([
  ['false', 'no'],
  ['workspaceFolderCount > 1', 'where several folders are open'],
  ['qwen.hasModels', 'once there is a model'],
  ['qwen.hasStored', 'once something is stored'],
]);

const code = (words: string) => (words === '' ? '' : `\`${words}\``);

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function recordIn(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const member = isRecord(value) ? value[name] : undefined;
  return isRecord(member) ? member : {};
}

function readJson(file: string): unknown {
  return parseJson(readFileSync(file, 'utf8'));
}
