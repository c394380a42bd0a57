import assert from 'node:assert/strict';
import { createSettings } from '../../../src/core/config/settings';
import { openQuestion } from '../../../src/core/signIn/openQuestions';
import { signInWays } from '../../../src/core/views/signInWays';
import { createMemorySettings } from '../../fakes/memorySettings';

describe('the first list of a sign-in', () => {
  const settingsOf = (values: Readonly<Record<string, unknown>> = {}) => createSettings(createMemorySettings(values));
  const ways = signInWays(settingsOf());

  it('has what works for most people first, and what is discontinued last', () => {
    assert.deepEqual(
      ways.map(({ id }) => id),
      ['coding-plan', 'api-key', 'ollama', 'lm-studio', 'own-server', 'openrouter', 'paste', 'qwen-oauth'],
    );
    assert.match(ways.at(-1)?.detail ?? '', /discontinued on 2026-04-15/);
  });

  it('begins with another authorization server where the settings name one', () => {
    const other = signInWays(settingsOf({ 'oauth.issuer': 'https://login.example.com', 'oauth.clientId': 'me' }));

    assert.deepEqual([other[0]?.id, other.at(-1)?.id], ['qwen-oauth', 'paste']);
  });

  it('asks nothing more of a server on this computer, unless its pencil is taken', () => {
    const ollama = ways.find(({ id }) => id === 'ollama') ?? assert.fail();
    assert.ok(ollama.start !== 'paste' && ollama.change);

    assert.equal(openQuestion(ollama.start, settingsOf()), undefined);
    assert.equal(openQuestion(ollama.change, settingsOf()), 'baseUrl');
  });

  it('begins the sign-in in the browser at once where a provider has one', () => {
    const { start } = ways.find(({ id }) => id === 'openrouter') ?? assert.fail();

    assert.equal(start !== 'paste' && openQuestion(start, settingsOf()), undefined);
  });
});
