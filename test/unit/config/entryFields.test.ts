import assert from 'node:assert/strict';
import { type EntryFields, entryErrors, listedIn, newEntry, NO_FIELDS } from '../../../src/core/config/entryFields';
import { readModelProviders } from '../../../src/core/config/modelProviders';

const fields = (changes: Partial<EntryFields> = {}): EntryFields => ({ ...NO_FIELDS, id: 'qwen3-max', ...changes });

describe('the fields of an entry', () => {
  const others = [{ id: 'a', baseUrl: 'https://example.com/v1/' }, { id: 'b' }];
  const table: readonly (readonly [
    what: string,
    typed: Partial<EntryFields>,
    field: keyof EntryFields | undefined,
    message: RegExp,
  ])[] = [
    ['nothing but an id', {}, undefined, /^$/],
    ['no id', { id: ' ' }, 'id', /^Enter the id/],
    ['what is no address', { baseUrl: 'not an address' }, 'baseUrl', /is not a web address/],
    ['plain http to elsewhere', { baseUrl: 'http://example.com' }, 'baseUrl', /plain http/],
    ['a key for the name of a variable', { envKey: 'sk-1234567890abcdef' }, 'envKey', /never the key itself/],
    ['words for a number', { contextWindow: 'many' }, 'contextWindow', /whole number of tokens/],
    ['words for seconds', { timeout: 'long' }, 'timeout', /number of seconds/],
    ['half a second', { timeout: '0.5' }, undefined, /^$/],
    ['a header without a name', { headers: 'X-Team: blue\nred' }, 'headers', /each header in a line of its own/],
    ['a header for a key', { headers: 'Authorization: Bearer x' }, 'headers', /sets this header itself/],
    ['a number of three thousands', { contextWindow: '1,000,000' }, undefined, /^$/],
    ['an entry that is listed', { id: 'a', baseUrl: 'https://example.com/v1' }, 'id', /at this base URL already/],
    ['an entry that is listed by default', { id: 'b', baseUrl: 'https://api.openai.com/v1' }, 'id', /already/],
    ['a listed id at another base URL', { id: 'a' }, undefined, /^$/],
  ];
  for (const [what, typed, field, message] of table) {
    it(`${field ? 'refuse' : 'take'} ${what}`, () => {
      const errors = entryErrors(fields(typed), listedIn(others));

      assert.deepEqual(Object.keys(errors), field ? [field] : []);
      assert.match(field ? (errors[field] ?? '') : '', message);
    });
  }

  it('make an entry that is read as it was meant', () => {
    const entry = newEntry(
      fields({ name: 'Max', envKey: 'MAX_KEY', baseUrl: 'example.com/v1/', contextWindow: '1000' }),
    );

    const { entries, problems } = readModelProviders({ openai: [entry] });

    assert.deepEqual(problems, []);
    const [read] = entries;
    assert.deepEqual(
      [read?.id, read?.name, read?.envKey, read?.baseUrl, read?.generationConfig.contextWindowSize],
      ['qwen3-max', 'Max', 'MAX_KEY', 'https://example.com/v1', 1000],
    );
  });
});
