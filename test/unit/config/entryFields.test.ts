import assert from 'node:assert/strict';
import {
  type EntryFields,
  entryErrors,
  entryFields,
  listedIn,
  newEntry,
  NO_FIELDS,
} from '../../../src/core/config/entryFields';
import { readModelProviders } from '../../../src/core/config/modelProviders';

const fields = (changes: Partial<EntryFields> = {}): EntryFields => ({ ...NO_FIELDS, id: 'qwen3-max', ...changes });

describe('the fields of an entry', () => {
  const others = [{ id: 'a', baseUrl: 'https://example.com/v1/' }, { id: 'b' }, { name: 'of no id' }];
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
    ['blanks for the base URL of what is listed by default', { id: 'b', baseUrl: ' ' }, 'id', /already/],
    ['a listed id at another base URL', { id: 'a' }, undefined, /^$/],
    ['an entry that is listed with another variable', { id: 'b', envKey: 'MY_KEY' }, 'id', /already/],
    ['what is no address for a listed id', { id: 'b', baseUrl: 'nonsense' }, 'baseUrl', /is not a web address/],
    [
      'no id at the address of one that is listed',
      { id: '', baseUrl: 'https://example.com/v1' },
      'id',
      /^Enter the id/,
    ],
    ['blanks around everything', { id: ' c ', baseUrl: ' ', envKey: ' MY_KEY ', timeout: ' 5 ' }, undefined, /^$/],
    ['blanks for everything else', { envKey: ' ', contextWindow: ' ', timeout: ' ', headers: ' ' }, undefined, /^$/],
    ...['131072', ' 131 072 ', '131_072', '1', '999999999'].map(
      (contextWindow) => [`${contextWindow} tokens`, { contextWindow }, undefined, /^$/] as const,
    ),
    ...['0', '-1', '1.5', '1,00', '1e5', '1234567890', '12 tokens'].map(
      (contextWindow) => [`${contextWindow} tokens`, { contextWindow }, 'contextWindow', /whole number/] as const,
    ),
    ...['0', '0.125', '9999999'].map((timeout) => [`${timeout} seconds`, { timeout }, undefined, /^$/] as const),
    ...['-1', '1.2345', '12345678', '1.', '.5', '5s', 's5'].map(
      (timeout) => [`${timeout} seconds`, { timeout }, 'timeout', /number of seconds/] as const,
    ),
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

  it('make an entry of what is filled in alone', () => {
    assert.deepEqual(newEntry(fields({ id: ' a ', name: ' ', headers: ' ' })), { id: 'a' });
    assert.deepEqual(
      newEntry({
        id: 'a',
        name: ' A ',
        envKey: ' A_KEY ',
        baseUrl: ' https://example.com/v1/models ',
        contextWindow: '131,072',
        timeout: '1.005',
        headers: 'X-Team: blue\nX-Token: (hidden)',
      }),
      {
        id: 'a',
        name: 'A',
        envKey: 'A_KEY',
        baseUrl: 'https://example.com/v1',
        generationConfig: { contextWindowSize: 131_072, timeout: 1005, customHeaders: { 'X-Team': 'blue' } },
      },
    );
  });

  it('show an entry as it stands in its file', () => {
    const generationConfig = { contextWindowSize: 131_072, timeout: 1500, customHeaders: { 'X-Team': 'blue' } };
    const texts = { id: 'a', name: 'A', baseUrl: 'https://example.com/v1/', envKey: 'A_KEY' };

    assert.deepEqual(entryFields({ ...texts, generationConfig }), {
      ...texts,
      contextWindow: '131072',
      timeout: '1.5',
      headers: 'X-Team: blue',
    });
    for (const nothing of [undefined, null, 'a', [], {}, { id: 7, generationConfig: [] }])
      assert.deepEqual(entryFields(nothing), NO_FIELDS);
  });

  it('show no key, wherever somebody has put it', () => {
    const key = 'sk-0123456789abcdef';
    const shown = entryFields({ id: key, name: key, baseUrl: `https://example.com/${key}`, envKey: key });

    assert.deepEqual(shown, NO_FIELDS);
    assert.equal(entryFields({ envKey: 'a0123456789abcdef0123456789abcdef' }).envKey, '');
    // A name may be long and have digits.
    assert.equal(entryFields({ name: 'a0123456789abcdef0123456789abcdef' }).name.length, 33);
  });
});
