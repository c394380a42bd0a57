import assert from 'node:assert/strict';

import { patientFetch } from '../../../src/core/network/patientFetch';

describe('fetch for a server that is silent for long', () => {
  const fetch = patientFetch(
    async () => new Response('usual'),
    async () => new Response('patient'),
  );
  const way = async (path: string): Promise<string> => await (await fetch(`https://a.example.com${path}`, {})).text();

  it('is patient with chats alone', async () => {
    assert.equal(await way('/v1/chat/completions'), 'patient');
    assert.equal(await way('/openai/deployments/x/chat/completions?api-version=1'), 'patient');
    assert.equal(await way('/v1/responses'), 'patient');
    assert.equal(await way('/v1/models'), 'usual');
    assert.equal(await way('/v1/responses/7'), 'usual');
    assert.equal(await way('/v1/models?next=/completions'), 'usual');
  });
});
