import assert from 'node:assert/strict';
import { MaskedText } from '../../../src/core/plainWords/maskedText';

const SENTENCE = 'DeepSeek key: sk-0123456789abcdef, model: deepseek-v4-pro';

describe('a text with keys that is typed in the open', () => {
  it('shows keys by their last signs alone', () => {
    assert.equal(new MaskedText().shown(SENTENCE), 'DeepSeek key: ••••cdef, model: deepseek-v4-pro');
  });

  it('means what was typed', () => {
    const masked = new MaskedText();

    assert.equal(masked.whole(masked.shown(SENTENCE)), SENTENCE);
  });

  it('may be changed around a key, and go on behind it', () => {
    const masked = new MaskedText();
    const shown = masked.shown('DeepSeek key: sk-0123456789abcdef');

    assert.equal(masked.whole(`Please: ${shown}9`), 'Please: DeepSeek key: sk-0123456789abcdef9');
    assert.equal(masked.shown(`${shown}9`), 'DeepSeek key: ••••def9');
  });

  it('may be a key that is typed slowly, whose first signs were no ending to show', () => {
    const masked = new MaskedText();
    const shown = masked.shown(`${masked.shown('DeepSeek key: sk-0123456')}789abcdef`);

    assert.equal(masked.whole(shown), 'DeepSeek key: sk-0123456789abcdef');
  });

  it('is shown as it is where no key is in it', () => {
    assert.equal(new MaskedText().shown('model: qwen3-max'), 'model: qwen3-max');
  });
});
