import assert from 'node:assert/strict';

import { mediaIn } from '../../../src/core/chat/media';

describe('a piece of an answer', () => {
  for (const [holder, media] of [
    [{ images: [{ type: 'image_url' }] }, 'picture'],
    [{ image: { url: 'a' } }, 'picture'],
    [{ image: 'data:image/png' }, 'picture'],
    [{ images: 'a', audio: { data: 'b' } }, 'picture'],
    [{ content: [{ type: 'text' }, { type: 'image_url' }] }, 'picture'],
    [{ content: [{ inline_data: { mime_type: 'image/png' } }] }, 'picture'],
    [{ content: [{ type: 'text', inlineData: { mimeType: 'image/png' } }] }, 'picture'],
    [{ audio: { data: 'b' } }, 'sound'],
    [{ content: ['a', { type: 'input_audio' }] }, 'sound'],
    [{ content: [{ inlineData: { mimeType: 'audio/wav' } }] }, 'sound'],
    [{}, undefined],
    [{ images: [], image: '' }, undefined],
    [{ images: null, image: 1 }, undefined],
    [{ audio: { transcript: 'a' } }, undefined],
    [{ audio: { data: '' } }, undefined],
    [{ audio: 'a' }, undefined],
    [{ content: 'image' }, undefined],
    [{ content: ['image', { type: 'text', text: 'image' }, { type: 5 }] }, undefined],
    [{ content: [{ type: 'image', inline_data: {} }] }, undefined],
  ] as const) {
    it(`holds ${media ?? 'neither picture nor sound'}: ${JSON.stringify(holder)}`, () => {
      assert.equal(mediaIn(holder), media);
    });
  }
});
