import assert from 'node:assert/strict';
import { putEntries } from '../../../src/core/config/putEntries';

const entry = (id: string, more: object = {}) => ({ id, baseUrl: 'https://a.example.com/v1', ...more });

describe('entries that are put into modelProviders', () => {
  it('come before those that are there, and leave other lists as they are', () => {
    const before = { openai: [entry('mine')], gemini: [entry('other')] };

    assert.deepEqual(putEntries(before, { openai: [entry('new'), entry('newer')] }), {
      openai: [entry('new'), entry('newer'), entry('mine')],
      gemini: [entry('other')],
    });
  });

  it('are the first where there is none', () => {
    assert.deepEqual(putEntries(undefined, { openai: [entry('new')] }), { openai: [entry('new')] });
  });

  for (const [what, earlier, later] of [
    ['model', entry('fast', { name: 'Earlier' }), entry('fast', { name: 'Later' })],
    ['address, written in another way', entry('fast', { baseUrl: 'https://A.example.com/v1/' }), entry('fast')],
    ['address, which none of them says', { id: 'fast' }, { id: 'fast', name: 'Later' }],
    ['unusable entry', { id: 7 }, { id: 7 }],
  ] as const) {
    it(`take the place of the one with the same ${what}`, () => {
      assert.deepEqual(putEntries({ openai: [entry('mine'), earlier] }, { openai: [later] }), {
        openai: [later, entry('mine')],
      });
    });
  }

  for (const [what, other] of [
    ['another address', entry('fast', { baseUrl: 'https://b.example.com/v1' })],
    ['another id', entry('slow')],
    ['no id that can be read', { baseUrl: 'https://a.example.com/v1' }],
  ] as const) {
    it(`leave one with ${what} where it is`, () => {
      const added = entry('fast');

      assert.deepEqual(putEntries({ openai: [other] }, { openai: [added] }), { openai: [added, other] });
    });
  }

  it('take the place of what is no list', () => {
    assert.deepEqual(putEntries({ openai: 'none' }, { openai: [entry('new')] }), { openai: [entry('new')] });
  });
});
