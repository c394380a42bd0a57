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

  it('have a word in their place', () => {
    const [shown, given] = withoutImages([user({ kind: 'text', text: 'Look' }, image), tool(image)]);

    assert.doesNotMatch(JSON.stringify([shown, given]), /"image"/);
    assert.match(JSON.stringify(given), /An image was left out/);
  });
});
