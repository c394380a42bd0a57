import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isRecord, stringIn } from '../../../src/core/base/json';
import { endpointName, PROVIDERS } from '../../../src/core/providers/catalogue';

const readme = readFileSync('README.md', 'utf8');
const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
const contributes = isRecord(manifest) && isRecord(manifest['contributes']) ? manifest['contributes'] : {};

/** The names in the first column of a section's table. */
const table = (heading: string): readonly string[] => {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| (`[^|]+`)/gm)].flatMap(([, names]) =>
    [...(names ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
  );
};
const members = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

describe('the README', () => {
  it('lists every command that a person or another extension may run', () => {
    const ids = members(contributes['commands']).map((command) => stringIn(command, 'command') ?? '');

    // A quick fix runs this one, with what it found.
    assert.deepEqual([...table('Commands'), 'qwen.moveKey'].sort(), ids.sort());
  });

  it('lists every setting', () => {
    const names = members(contributes['configuration']).flatMap((section) =>
      isRecord(section) && isRecord(section['properties']) ? Object.keys(section['properties']) : [],
    );

    assert.deepEqual([...table('Settings')].sort(), names.sort());
  });

  it('lists every provider, and each region that has a name', () => {
    const regions = PROVIDERS.flatMap((provider) => provider.regions.map((region) => endpointName(provider, region)));

    assert.deepEqual([...table('Providers')].sort(), PROVIDERS.map(({ id }) => id).sort());
    for (const name of regions)
      assert.ok(
        name.split('/').every((part) => readme.includes(`\`${part}\``)),
        name,
      );
  });

  it('shows pictures that there are', () => {
    for (const [, file] of readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)) {
      assert.ok(readFileSync(file ?? '').length > 10_000, file);
    }
  });
});
