import assert from 'node:assert/strict';

import { joinSentences } from '../../../src/language/joinSentences';

describe('sentences one after another', () => {
  it('have a space between them', () => {
    assert.equal(joinSentences('It failed.', undefined, '', 'Try again.'), 'It failed. Try again.');
  });

  it('have one behind three dots where these are not Chinese', () => {
    assert.equal(joinSentences('Please wait…', 'Check it.'), 'Please wait… Check it.');
    assert.equal(joinSentences('请稍候…', '请稍候……', '请检查。'), '请稍候…请稍候……请检查。');
  });

  it('have none behind a full-width stop', () => {
    assert.equal(joinSentences('登录失败。', 'It said: no.', '请重试。'), '登录失败。It said: no. 请重试。');
  });
});
