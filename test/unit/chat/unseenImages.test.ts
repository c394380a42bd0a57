import assert from 'node:assert/strict';

import type { ChatMessage, UserContent } from '../../../src/core/chat/request';
import { UnseenImages, withoutImages } from '../../../src/core/chat/unseenImages';

const image: UserContent = { kind: 'image', mimeType: 'image/png', data: Uint8Array.of(1) };
const user = (...content: readonly UserContent[]): ChatMessage => ({ role: 'user', content });
const assistant: ChatMessage = { role: 'assistant', text: 'Hello', toolCalls: [] };
const tool = (...content: readonly UserContent[]): ChatMessage => ({ role: 'tool', toolCallId: 'a', content });

describe('images that a model does not see', () => {
  let images: UnseenImages;
  beforeEach(() => (images = new UnseenImages()));

  it('are news when they come, and not with every step of an agent', () => {
    assert.equal(images.isNews([user(image)], 'a'), true);
    assert.equal(images.isNews([user(image), assistant, tool()], 'a'), false);
    assert.equal(images.isNews([user(image), assistant, tool(), assistant, tool()], 'a'), false);
  });

  it('are news again where a tool brings another', () => {
    assert.equal(images.isNews([user(image)], 'a'), true);
    assert.equal(images.isNews([user(image), assistant, tool(image)], 'a'), true);
  });

  it('are news again in a new chat', () => {
    assert.equal(images.isNews([user(image)], 'a'), true);
    assert.equal(images.isNews([user(image)], 'a'), true);
  });

  it('are news to a conversation that goes on with a model that does not see them', () => {
    assert.equal(images.isNews([user(image), assistant, user()], 'a'), true);
    assert.equal(images.isNews([user(image), assistant, user()], 'a'), false);
    assert.equal(images.isNews([user(image), assistant, user()], 'b'), true);
  });

  it('are forgotten once there are many conversations, and no sooner', () => {
    const goesOn = (whose: string): boolean => images.isNews([user(image), assistant, user()], whose);
    goesOn('a');
    for (let at = 0; at < 990; at += 1) goesOn(`${at}`);
    assert.equal(goesOn('a'), false);
    for (let at = 990; at < 1010; at += 1) goesOn(`${at}`);

    assert.equal(goesOn('a'), true);
  });

  it('have a word in their place, and nothing else has', () => {
    const said: readonly ChatMessage[] = [{ role: 'system', text: 'Be kind.' }, assistant];
    const look: UserContent = { kind: 'text', text: 'Look' };
    const word: UserContent = { kind: 'text', text: '[An image was left out: this model does not read images.]' };

    assert.deepEqual(withoutImages([...said, user(look, image), tool(image)]), [...said, user(look, word), tool(word)]);
  });
});
