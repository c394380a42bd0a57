import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isRecord, stringIn } from '../../../src/core/base/json';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = readJson('package.json');
const nls = readJson('package.nls.json');
const chinese = readJson('package.nls.zh-cn.json');

const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);

/** The value with every `%name%` in it replaced by its text. */
function withTexts(value: unknown, texts: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/^%(.+)%$/, (whole, name: string) => stringIn(texts, name) ?? whole);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, texts));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member, texts)]));
}

/** The value without what people read. */
function withoutTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      typeof member === 'string' && /title|[dD]escription|Message/.test(name) ? [] : [[name, withoutTexts(member)]],
    ),
  );
}

describe('the schema of Qwen Code settings', () => {
  const [validation] = [at(manifest, 'contributes', 'jsonValidation')].flat();
  const schemaOf = (texts: unknown) => readJson(String(withTexts(at(validation, 'url'), texts)));
  const schema = schemaOf(nls);

  it('is for its settings file in every folder', () => {
    assert.equal(stringIn(validation, 'fileMatch'), '**/.qwen/settings.json');
  });

  for (const texts of [nls, chinese])
    it(`has the same modelProviders as VS Code's setting, but that an address may be a variable: ${stringIn(texts, 'command.signIn')}`, () => {
      const sections = [at(manifest, 'contributes', 'configuration')].flat();
      const [setting] = sections.flatMap((section) => at(section, 'properties', 'qwen.modelProviders') ?? []);
      assert.ok(isRecord(setting));
      const { scope: _, order: __, default: ___, ...own } = setting;

      const said = JSON.stringify(withTexts(own, texts)).replace('"^https?://"', String.raw`"^(https?://|\\$)"`);
      assert.deepEqual(at(schemaOf(texts), 'properties', 'modelProviders'), JSON.parse(said));
    });

  it('is the same in Chinese, but for every text', () => {
    const texts = (value: unknown) =>
      JSON.stringify(value).match(/"(?:title|description|markdownDescription|patternErrorMessage)":"[^"]+"/g) ?? [];
    const [english, translated] = [texts(schema), texts(schemaOf(chinese))];

    assert.deepEqual(withoutTexts(schemaOf(chinese)), withoutTexts(schema));
    assert.ok(english.length > 20);
    assert.deepEqual(
      translated.filter((text) => !/\p{Script=Han}/u.test(text)),
      [],
    );
  });

  it('describes every member of an entry that is read', () => {
    const entry = at(schema, 'properties', 'modelProviders', 'additionalProperties', 'items', 'properties');
    const [, properties = ''] =
      /ENTRY_PROPERTIES = \{\n(.+?)\n\} as const/s.exec(readFileSync('src/core/config/entryProperties.ts', 'utf8')) ??
      [];
    const read = [...properties.matchAll(/^ {2}(\w+): \{/gm)].flatMap(([, name]) => name ?? []);

    assert.ok(isRecord(entry));
    assert.deepEqual(Object.keys(entry).sort(), read.sort());
  });

  it('describes every member of generationConfig that is read', () => {
    const entry = at(schema, 'properties', 'modelProviders', 'additionalProperties', 'items', 'properties');
    const members = at(entry, 'generationConfig', 'properties');
    const source = readFileSync('src/core/providers/generationConfig.ts', 'utf8');
    const read = [...source.matchAll(/(?:(?:number|count)In\(value, |record\()'(\w+)'/g)].flatMap(
      ([, name]) => name ?? [],
    );

    assert.ok(isRecord(members));
    assert.deepEqual(Object.keys(members).sort(), read.sort());
  });
});
