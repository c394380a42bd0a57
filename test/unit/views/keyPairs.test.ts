import assert from 'node:assert/strict';

import { modelFiles } from '../../../src/core/config/modelFiles';
import { type EntryFields, NO_FIELDS } from '../../../src/core/config/entryFields';
import type { ProviderEdit } from '../../../src/core/config/providerEdits';
import { pairQuestions } from '../../../src/core/views/keyPairs';
import { snapshot } from '../../fakes/snapshots';

const OWN = { id: 'own', name: 'Of ${TEAM}', envKey: 'GITHUB_TOKEN', baseUrl: 'https://models.example.com/v1' };
/** The form shows no address that looks like a key. */
const HIDDEN = { id: 'hidden', envKey: 'NPM_TOKEN', baseUrl: 'https://other.example.org/sk-0123456789abcdef/v1' };

describe('a variable and a host that an entry brings together', () => {
  const { configuration } = snapshot();
  const files = modelFiles(configuration, { path: undefined, modelProviders: { openai: [OWN, HIDDEN] } });
  const fields = (changes: Partial<EntryFields>): EntryFields => ({
    ...NO_FIELDS,
    id: 'new',
    ...changes,
  });
  const askedBy = (edit: ProviderEdit): readonly string[] => {
    const [file] = files;
    assert.ok(file);
    return pairQuestions(file, edit, files, configuration.variables).map(({ title }) => title);
  };
  const asked = (...entries: readonly Partial<EntryFields>[]): readonly string[] =>
    askedBy({ kind: 'add', provider: 'openai', entries: entries.map(fields) });

  for (const [what, changes, title] of [
    [
      'of another host',
      { envKey: 'GITHUB_TOKEN', baseUrl: 'https://evil.example.org/v1' },
      'GITHUB_TOKEN to evil.example.org',
    ],
    [
      'of another port',
      { envKey: 'GITHUB_TOKEN', baseUrl: 'https://models.example.com:8443' },
      'GITHUB_TOKEN to models.example.com:8443',
    ],
    ['of another variable', { envKey: 'NPM_TOKEN', baseUrl: OWN.baseUrl }, 'NPM_TOKEN to models.example.com'],
    [
      'of the variable that counts where none is named',
      { baseUrl: 'https://evil.example.org' },
      'OPENAI_API_KEY to evil.example.org',
    ],
    [
      "of a variable that is no provider's, at one of them",
      { envKey: 'GITHUB_TOKEN', baseUrl: 'https://api.openai.com/v1' },
      'GITHUB_TOKEN to api.openai.com',
    ],
    [
      'to which its id refers',
      { id: 'the-$DB_PASSWORD', baseUrl: 'https://api.openai.com/v1' },
      'DB_PASSWORD to api.openai.com',
    ],
    [
      'to which its name refers',
      { name: 'The ${DB_PASSWORD}', baseUrl: 'https://api.openai.com/v1' },
      'DB_PASSWORD to api.openai.com',
    ],
    [
      'of an entry that cannot be used as it is written',
      { id: 'x'.repeat(257), envKey: 'GITHUB_TOKEN', baseUrl: 'https://evil.example.org' },
      'GITHUB_TOKEN to evil.example.org',
    ],
    [
      'to which its address refers',
      { envKey: 'GITHUB_TOKEN', baseUrl: 'https://models.example.com/$DB_PASSWORD/v1' },
      'DB_PASSWORD to models.example.com',
    ],
  ] as const) {
    it(`is asked about: one ${what}`, () => {
      assert.deepEqual(asked(changes), [`Send the key in ${title}?`]);
    });
  }

  it('is asked about once for many models', () => {
    const pair = { envKey: 'NPM_TOKEN', baseUrl: 'https://evil.example.org/v1' };

    assert.equal(asked({ ...pair, id: 'a' }, { ...pair, id: 'b' }).length, 1);
  });

  it('is not asked about where an entry of the person brings them together', () => {
    assert.deepEqual(asked({ envKey: 'GITHUB_TOKEN', baseUrl: 'https://models.example.com/v2' }), []);
  });

  it('is not asked about where an entry of the person refers to it there', () => {
    assert.deepEqual(asked({ name: '${TEAM}', envKey: 'GITHUB_TOKEN', baseUrl: 'https://models.example.com/v2' }), []);
  });

  it("is not asked about where it is a provider's variable and a provider", () => {
    assert.deepEqual(asked({ baseUrl: 'https://api.openai.com/v1' }), []);
  });

  it('is asked about where an edit leaves an address that the form does not show', () => {
    const at = { provider: 'openai', index: 1, id: 'hidden' };

    assert.deepEqual(askedBy({ kind: 'edit', at, fields: fields({ id: 'hidden', envKey: 'GITHUB_TOKEN' }) }), [
      'Send the key in GITHUB_TOKEN to other.example.org?',
    ]);
  });

  it('is not asked about where an entry is moved or removed', () => {
    const at = { provider: 'openai', index: 0, id: 'own' };

    assert.deepEqual(askedBy({ kind: 'remove', at }), []);
    assert.deepEqual(askedBy({ kind: 'move', at, by: 1 }), []);
  });
});
