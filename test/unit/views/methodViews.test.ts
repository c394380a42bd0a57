import assert from 'node:assert/strict';
import { createSettings } from '../../../src/core/config/settings';
import { methodViews } from '../../../src/core/views/methodViews';
import { createMemorySettings } from '../../fakes/memorySettings';

const views = (values: Readonly<Record<string, unknown>> = {}) =>
  methodViews(createSettings(createMemorySettings(values)));

describe('the ways to sign in', () => {
  it('begin with what most people can use, and end with what has ended', () => {
    const offered = views();

    assert.deepEqual(
      offered.map(({ id }) => id),
      ['coding-plan', 'api-key', 'own-server', 'openrouter', 'qwen-oauth'],
    );
    assert.match(offered.at(-1)?.notice ?? '', /discontinued on 2026-04-15/);
  });

  it('begin with the authorization server that the settings name', () => {
    const [first] = views({ 'oauth.issuer': 'https://login.example.com', 'oauth.clientId': 'me' });

    assert.equal(first?.id, 'qwen-oauth');
    assert.equal(first.description, 'Sign in with your login.example.com account in the browser.');
    assert.equal(first.notice, undefined);
  });

  it('offer each of them its providers', () => {
    const of = (id: string) => views().find((view) => view.id === id)?.providers;

    assert.deepEqual(of('openrouter'), ['openrouter']);
    assert.ok(of('own-server')?.includes('ollama') && of('api-key')?.includes('ollama'));
    assert.ok(!of('own-server')?.includes('openai'));
  });
});
