import assert from 'node:assert/strict';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import { chatView, isSwitched } from '../../../src/core/views/chatView';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

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

describe('the model in use', () => {
  const using = (id: string | undefined, folder = '/home/me/a') =>
    snapshot({
      ...(id !== undefined && { selected: model({ id }) }),
      configuration: { ...emptyConfiguration({}), folder },
    });

  it('was switched where it is another one in the same folder, and not where the folder is another one', () => {
    assert.equal(isSwitched(using('a'), using('b')), true);
    assert.equal(isSwitched(using('a'), using('a')), false);
    assert.equal(isSwitched(using('a'), using('b', '/home/me/b')), false);
    assert.equal(isSwitched(using('a'), using(undefined)), false);
  });
});
