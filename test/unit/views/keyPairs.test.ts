import assert from 'node:assert/strict';

import { modelFiles } from '../../../src/core/config/modelFiles';
import type { EntryFields } from '../../../src/core/config/providerEdits';
import { pairQuestions } from '../../../src/core/views/keyPairs';
import { snapshot } from '../../fakes/snapshots';

const OWN = { id: 'own', envKey: 'GITHUB_TOKEN', baseUrl: 'https://models.example.com/v1' };

describe('a variable and a host that an entry brings together', () => {
  const { configuration } = snapshot();
  const files = modelFiles(configuration, { path: undefined, modelProviders: { openai: [OWN] } });
  const fields = (changes: Partial<EntryFields>): EntryFields => ({
    id: 'new',
    name: '',
    baseUrl: '',
    envKey: '',
    contextWindow: '',
    ...changes,
  });
  const asked = (...entries: readonly Partial<EntryFields>[]): readonly string[] =>
    pairQuestions(
      { kind: 'add', provider: 'openai', entries: entries.map(fields) },
      files,
      configuration.variables,
    ).map(({ title }) => title);

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

  it("is not asked about where it is a provider's variable and a provider", () => {
    assert.deepEqual(asked({ baseUrl: 'https://api.openai.com/v1' }), []);
  });

  it('is not asked about where an entry is moved or removed', () => {
    const at = { provider: 'openai', index: 0, id: 'own' };

    assert.deepEqual(pairQuestions({ kind: 'remove', at }, files, configuration.variables), []);
    assert.deepEqual(pairQuestions({ kind: 'move', at, by: 1 }, files, configuration.variables), []);
  });
});
