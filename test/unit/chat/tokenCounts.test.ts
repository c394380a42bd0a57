import assert from 'node:assert/strict';

import { prompt } from '../../../src/core/chat/request';
import { TokenCounts } from '../../../src/core/chat/tokenCounts';
import { estimateRequestTokens, estimateTokens } from '../../../src/core/chat/tokenEstimate';

describe('token counts', () => {
  const model = { id: 'qwen3-coder-plus', baseUrl: 'https://models.example.com/v1' };
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
  const request = prompt(text);

  it('are estimates at first', () => {
    assert.equal(new TokenCounts().count(model, text), estimateTokens(text));
  });

  it('are of a message what they are of a request with nothing else', () => {
    const [message = assert.fail()] = request.messages;

    assert.equal(new TokenCounts().count(model, message), estimateRequestTokens(request));
    assert.equal(new TokenCounts().count(model, request), estimateRequestTokens(request));
  });

  it('follow what the server of a model counts', () => {
    const counts = new TokenCounts();
    const counted = Math.round(estimateRequestTokens(request) * 1.3);
    counts.learn(model, request, counted);

    assert.ok(Math.abs(counts.count(model, request) - counted) <= 1);
    assert.equal(counts.count({ ...model, id: 'another' }, text), estimateTokens(text));
  });

  it('go down little by little, as who counts too few is refused', () => {
    const counts = new TokenCounts();
    const estimated = estimateRequestTokens(request);
    const seen = Array.from({ length: 12 }, () => {
      counts.learn(model, request, estimated * 0.7);
      return counts.count(model, request);
    });

    assert.ok((seen[0] ?? 0) > estimated * 0.9);
    assert.ok(Math.abs((seen.at(-1) ?? 0) - estimated * 0.7) < estimated * 0.02);
  });

  it('learn nothing from what is small, holds images, or cannot be', () => {
    const counts = new TokenCounts();
    const image = { kind: 'image', mimeType: 'image/png', data: new Uint8Array() } as const;
    counts.learn(model, prompt('Hi'), 40);
    counts.learn(model, { messages: [...request.messages, { role: 'user', content: [image] }] }, 9000);
    counts.learn(model, request, 0);

    assert.equal(counts.count(model, text), estimateTokens(text));
    counts.learn(model, request, 1_000_000);
    assert.ok(counts.count(model, text) <= 2 * estimateTokens(text) + 1);
  });
});
