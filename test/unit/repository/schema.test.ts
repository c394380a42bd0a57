import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isRecord, stringIn } from '../../../src/core/base/json';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = readJson('package.json');
const nls = readJson('package.nls.json');

const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);

/** The value with every `%name%` in it replaced by its text. */
function withTexts(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/^%(.+)%$/, (whole, name: string) => stringIn(nls, name) ?? whole);
  if (Array.isArray(value)) return value.map(withTexts);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member)]));
}

describe('the schema of Qwen Code settings', () => {
  const [validation] = [at(manifest, 'contributes', 'jsonValidation')].flat();
  const schema = readJson(stringIn(validation, 'url') ?? '');

  it('is for its settings file in every folder', () => {
    assert.equal(stringIn(validation, 'fileMatch'), '**/.qwen/settings.json');
  });

  it("has the same modelProviders as VS Code's setting", () => {
    const sections = [at(manifest, 'contributes', 'configuration')].flat();
    const [setting] = sections.flatMap((section) => at(section, 'properties', 'qwen.modelProviders') ?? []);
    assert.ok(isRecord(setting));
    const { scope: _, order: __, default: ___, ...own } = setting;

    assert.deepEqual(at(schema, 'properties', 'modelProviders'), withTexts(own));
  });

  it('describes every member of generationConfig that is read', () => {
    const entry = at(schema, 'properties', 'modelProviders', 'additionalProperties', 'items', 'properties');
    const members = at(entry, 'generationConfig', 'properties');
    const source = readFileSync('src/core/providers/generationConfig.ts', 'utf8');
    const read = [...source.matchAll(/(?:numberIn\(value, |record\()'(\w+)'/g)].flatMap(([, name]) => name ?? []);

    assert.ok(isRecord(members));
    assert.deepEqual(Object.keys(members).sort(), read.sort());
  });
});
