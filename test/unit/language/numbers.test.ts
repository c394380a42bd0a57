import assert from 'node:assert/strict';
import { config } from '@vscode/l10n';

import { numberText, plural } from '../../../src/language/numbers';

describe('numbers in sentences', () => {
  afterEach(() => config({ contents: {} }));

  it('choose between two sentences in English', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => plural(count, 'one', 'other')),
      ['other', 'one', 'other'],
    );
  });

  it('have one sentence in Chinese', () => {
    config({ contents: { 'en-US': 'zh-CN' } });

    assert.equal(plural(1, 'one', 'other'), 'other');
  });

  it('are written with marks between the thousands', () => {
    assert.equal(numberText(1234567), '1,234,567');
  });
});
