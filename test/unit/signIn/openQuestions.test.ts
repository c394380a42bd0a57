import assert from 'node:assert/strict';
import { Secret } from '../../../src/core/base/secret';
import { createSettings } from '../../../src/core/config/settings';
import { countOpenQuestions, openQuestion, requestOf, type SignInDraft } from '../../../src/core/signIn/openQuestions';
import { Emitter } from '../../../src/core/base/events';
import { TypedSignIn } from '../../../src/core/signIn/typedSignIn';
import { createMemorySettings } from '../../fakes/memorySettings';

const settings = createSettings(createMemorySettings());
const key = new Secret('sk-0123456789');
const open = (draft: SignInDraft) => openQuestion(draft, settings);
const count = (draft: SignInDraft) => countOpenQuestions(draft, settings);

describe('the questions of a sign-in', () => {
  const rows: readonly (readonly [title: string, draft: SignInDraft, question: ReturnType<typeof open>])[] = [
    ['begin with the way', {}, 'way'],
    ['are none in the browser', { method: 'qwen-oauth' }, undefined],
    ['are for a plan with its region', { method: 'coding-plan' }, 'plan'],
    ['are for the region of a plan that is named', { method: 'coding-plan', provider: 'token-plan' }, 'region'],
    ['are for the key of a plan', { method: 'coding-plan', region: 'china' }, 'key'],
    ['are for the provider of a key', { method: 'api-key' }, 'provider'],
    ['are for the key of a provider with one place', { method: 'api-key', provider: 'openai' }, 'key'],
    ['are for the region of a provider with several', { provider: 'bailian' }, 'region'],
    ['are how to sign in where the browser brings a key', { provider: 'openrouter' }, 'flow'],
    ['are none once that is the browser', { provider: 'openrouter', flow: 'loopback' }, undefined],
    ['are for the key once it is that', { provider: 'openrouter', flow: 'key' }, 'key'],
    ['are for the address of a server of one’s own', { provider: 'ollama' }, 'baseUrl'],
    ['are for its key then', { provider: 'ollama', hasUsualAddress: true }, 'key'],
    [
      'are none of an address that is known, with a key that is none',
      { provider: 'ollama', apiKey: new Secret('') },
      undefined,
    ],
    ['are for the address that nobody knows, though the key is there', { provider: 'custom', apiKey: key }, 'baseUrl'],
    ['are none where nothing is open', { provider: 'openai', apiKey: key }, undefined],
  ];
  for (const [title, draft, question] of rows)
    it(title, () => {
      assert.equal(open(draft), question);
    });

  it('are not asked of a provider that nobody knows', () => {
    for (const draft of [{ method: 'api-key', provider: 'nobody' }, { provider: 'nobody' }] as const)
      assert.throws(() => open(draft), {
        where: { field: 'provider' },
        message: /"nobody" is not a provider that is known/,
      });
  });

  for (const [title, draft, question] of [
    ['are for the way where only a region is named', { region: 'china' }, 'way'],
    ['are for the region of a plan that is named without one', { provider: 'coding-plan' }, 'region'],
    [
      'are for the key of a server of one’s own at an address',
      { provider: 'custom', baseUrl: 'https://a.b/v1' },
      'key',
    ],
    ['are none once the browser of a provider has brought a key', { provider: 'openrouter', apiKey: key }, undefined],
  ] as const)
    it(title, () => {
      assert.equal(open(draft), question);
    });

  it('are counted as far as they can be told', () => {
    assert.equal(count({}), 3);
    assert.equal(count({ method: 'coding-plan' }), 2);
    assert.equal(count({ provider: 'bailian' }), 2);
    assert.equal(count({ provider: 'custom' }), 2);
    assert.equal(count({ provider: 'openai', apiKey: key }), 0);
    assert.equal(count({ method: 'api-key' }), 2);
    assert.equal(count({ method: 'api-key', providers: ['custom'] }), 3);
    assert.equal(count({ provider: 'openrouter' }), 2);
  });

  it('come to a request', () => {
    assert.deepEqual(requestOf({ provider: 'openai', apiKey: key, providers: ['openai'] }), {
      method: 'api-key',
      provider: 'openai',
      apiKey: key,
    });
    assert.deepEqual(requestOf({ method: 'coding-plan', region: 'china', apiKey: key }), {
      method: 'coding-plan',
      provider: 'coding-plan',
      region: 'china',
      apiKey: key,
    });
    assert.deepEqual(requestOf({ provider: 'ollama', hasUsualAddress: true, apiKey: key }), {
      method: 'api-key',
      provider: 'ollama',
      apiKey: key,
    });
    assert.deepEqual(requestOf({ method: 'qwen-oauth', region: 'china' }), { method: 'qwen-oauth', region: 'china' });
    assert.deepEqual(requestOf({ apiKey: key }), { method: 'api-key', apiKey: key });
    for (const flow of ['loopback', 'key'] as const)
      assert.deepEqual(requestOf({ provider: 'openrouter', flow }), {
        method: 'api-key',
        provider: 'openrouter',
        flow,
      });
    assert.deepEqual(requestOf({ provider: 'coding-plan', apiKey: key }), {
      method: 'coding-plan',
      provider: 'coding-plan',
      region: 'china',
      apiKey: key,
    });
    assert.deepEqual(requestOf({ provider: 'bailian', region: 'singapore', apiKey: key }), {
      method: 'api-key',
      provider: 'bailian',
      region: 'singapore',
      apiKey: key,
    });
  });
});

describe('what was typed in a sign-in that was left', () => {
  const openai: SignInDraft = { provider: 'openai' };

  it('is there for the next one', () => {
    const typed = new TypedSignIn(new Emitter<void>().event);
    typed.noteKey(openai, key);
    typed.noteAddress({ provider: 'custom' }, 'https://a.example/v1');
    typed.noteChoice('provider', 'OpenAI');

    assert.equal(typed.key(openai)?.reveal(), 'sk-0123456789');
    assert.equal(typed.address({ provider: 'custom' }), 'https://a.example/v1');
    assert.equal(typed.choice('provider'), 'OpenAI');
  });

  it('is no key for another place', () => {
    const typed = new TypedSignIn(new Emitter<void>().event);
    typed.noteKey({ provider: 'custom', baseUrl: 'https://a.example/v1' }, key);

    assert.equal(typed.key({ provider: 'custom', baseUrl: 'https://b.example/v1' }), undefined);
    typed.noteKey({ provider: 'bailian', region: 'beijing' }, key);
    assert.equal(typed.key(openai), undefined);
    assert.equal(typed.key({ provider: 'bailian', region: 'singapore' }), undefined);
    assert.equal(typed.address({ provider: 'custom' }), undefined);
    assert.equal(typed.choice('provider'), undefined);
    assert.deepEqual([typed.key({}), typed.address({})], [undefined, undefined]);
  });

  it('is forgotten once somebody is signed in', () => {
    const signedIn = new Emitter<void>();
    const typed = new TypedSignIn(signedIn.event);
    typed.noteKey(openai, key);
    typed.noteAddress(openai, 'x');
    typed.noteChoice('way', 'API key');

    signedIn.fire();

    assert.deepEqual(
      [typed.key(openai), typed.address(openai), typed.choice('way')],
      [undefined, undefined, undefined],
    );
  });
});
