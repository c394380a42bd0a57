import assert from 'node:assert/strict';
import { chatView } from '../../../src/core/views/chatView';

const usual = { isSwitchedOff: false, isTrusted: true, isSetUp: false };

describe('the button to the chat', () => {
  it('sets the chat up, and opens it from then on', () => {
    assert.deepEqual(chatView(usual), { label: 'Use Qwen in Chat', intent: { type: 'useInChat' } });
    assert.deepEqual(chatView({ ...usual, isSetUp: true }), { label: 'Open chat', intent: { type: 'useInChat' } });
  });

  it('leads to what keeps the chat away, and says what that is', () => {
    const [off, untrusted] = [{ isSwitchedOff: true }, { isTrusted: false }].map((one) =>
      chatView({ ...usual, ...one }),
    );

    assert.deepEqual(off?.intent, { type: 'openSettings', setting: 'chat.disableAIFeatures' });
    assert.match((off && 'note' in off && off.note) || '', /switched off/);
    assert.deepEqual(untrusted?.intent, { type: 'manageTrust' });
    assert.match((untrusted && 'note' in untrusted && untrusted.note) || '', /\.env, are not read/);
  });
});
