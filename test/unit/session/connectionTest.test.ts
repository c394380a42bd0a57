import assert from 'node:assert/strict';

import { prompt } from '../../../src/core/chat/request';
import { saveAccount } from '../../../src/core/credentials/accountStore';
import { sessionState } from '../../../src/core/session/snapshot';
import { keyAccount } from '../../fakes/accounts';
import { type Bench, openBench } from '../../fakes/bench';
import { hang } from '../../fakes/hang';
import { Secret } from '../../../src/core/base/secret';
import { problemOf } from '../../../src/core/views/problem';

const CHAT = '/v1/chat/completions';
const TOKEN = '/api/v1/oauth2/token';
const CHAT_OF_OPENAI = '/openai/v1/chat/completions';

describe('test of the connection', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const test = (text?: string) => bench.session.testConnection(text);
  const sent = (path: string) => bench.sandbox.requests.filter((request) => request.path === path);
  const state = () => sessionState(bench.session.snapshot);

  it('answers with text, time, model and sources', async () => {
    await bench.signInWithKey('coding-plan/china');
    const { text, firstTokenMs, model, sources } = await test('How are you?');

    assert.equal(text, 'Hello from qwen3-coder-plus in the sandbox. You said: How are you?');
    assert.equal(typeof firstTokenMs, 'number');
    assert.equal(model.id, 'qwen3-coder-plus');
    assert.deepEqual(sources, {
      model: { kind: 'catalogue', name: 'Coding Plan · China (Beijing)' },
      baseUrl: { kind: 'settings', name: 'qwen.endpoints' },
      key: { kind: 'keychain', name: 'coding-plan/china' },
    });
  });

  it('sends a small prompt of its own', async () => {
    await bench.signInWithKey('openai');

    assert.match((await test()).text, /You said: Reply with one short friendly sentence\.$/);
  });

  it('shows the text as it streams', async () => {
    await bench.signInWithKey('openai');
    const texts: string[] = [];
    bench.session.onDidChange(() => {
      const { connection } = bench.session.snapshot;
      if (connection.kind === 'running') texts.push(connection.text);
    });
    const { text } = await test('x');

    assert.deepEqual([texts[0], texts[1], texts.at(-1)], ['', 'Hello ', text]);
    assert.equal(bench.session.snapshot.connection.kind, 'answered');
  });

  it('measures the time to the first words', async () => {
    const slow = await openBench({
      wrap: (send, clock) => async (url, init) => {
        const response = await send(url, init);
        clock.advance(120);
        return response;
      },
    });
    await slow.signInWithKey('openai');
    const { firstTokenMs } = await slow.session.testConnection();
    await slow.stop();

    assert.equal(firstTokenMs, 120);
  });

  it('works with every endpoint of the catalogue', async () => {
    for (const endpoint of ['azure', 'bailian/singapore', 'openrouter', 'modelscope', 'ollama']) {
      await bench.signInWithKey(endpoint);

      assert.match((await test()).text, /^Hello from /);
    }
  });

  it('names the variable that the key came from', async () => {
    bench.environment['MY_KEY'] = 'sk-sandbox-openai';
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;
    bench.reader.set('modelProviders', { openai: [{ id: 'gpt-4o', envKey: 'MY_KEY', baseUrl }] });
    const { sources } = await test();

    assert.deepEqual(sources.key, { kind: 'environment', name: 'MY_KEY' });
    assert.deepEqual(state(), { state: 'signedIn', method: 'api-key', verified: true });
  });

  it('names the variable of a key that was refused', async () => {
    bench.environment['MY_KEY'] = 'sk-wrong-0123456789';
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;
    bench.reader.set('modelProviders', { openai: [{ id: 'gpt-4o', envKey: 'MY_KEY', baseUrl }] });

    await assert.rejects(test(), (error: { readonly about?: object }) => {
      assert.deepEqual(error.about, {
        reason: 'refused',
        method: 'api-key',
        host: new URL(bench.sandbox.origin).host,
        keyLast4: '6789',
        envKey: 'MY_KEY',
        said: 'Incorrect API key provided: [redacted].',
      });
      return true;
    });
    assert.equal(state().state, 'failed');
  });

  describe('of a key in a variable', () => {
    const GOOD = 'sk-sandbox-openai';
    const WRONG = 'sk-wrong-0123456789';
    const UNTRIED = { state: 'signedIn', method: 'api-key', verified: false };
    const VERIFIED = { ...UNTRIED, verified: true };
    /** The person sets the variable, and the settings that name it are read. */
    const set = (key: string, changed: object = {}, others: readonly object[] = []) => {
      bench.environment['MY_KEY'] = key;
      const entry = { id: 'gpt-4o', envKey: 'MY_KEY', baseUrl: `${bench.sandbox.origin}/openai/v1` };
      const openai = [{ ...entry, ...changed }, { ...entry, id: 'gpt-4o-mini' }, ...others];
      bench.reader.set('modelProviders', { openai });
    };
    /** Another part of the editor asks a model, by default that of the test, and reads the answer. */
    const chat = async ({ id = 'gpt-4o', baseUrl = `${bench.sandbox.origin}/openai/v1` } = {}) => {
      const request = { model: { id, baseUrl }, chat: prompt('Hi'), initiator: 'acme.ai' };
      for await (const _ of bench.session.chat(request, new AbortController().signal));
    };
    const shown = () => bench.session.snapshot.connection.kind;
    const failing = () => assert.rejects(test(), { name: 'SignInRequired', reason: 'refused' });

    it('says nothing of the key that takes its place', async () => {
      set(WRONG);
      await failing();
      set(GOOD);

      assert.deepEqual([state(), shown()], [UNTRIED, 'none']);
    });

    it('does not verify the key that takes its place', async () => {
      set(GOOD);
      await test();
      set(WRONG);

      assert.deepEqual([state(), shown()], [UNTRIED, 'none']);
    });

    it('says nothing of the same key at another address', async () => {
      set(GOOD);
      await test();
      set(GOOD, { baseUrl: `${bench.sandbox.origin}/openrouter/v1` });

      assert.deepEqual([state(), shown()], [UNTRIED, 'none']);
    });

    it('shows nothing of a model that is no longer in use, whose key is still good', async () => {
      set(GOOD);
      await test();
      set(GOOD, { id: 'gpt-4.1' });

      assert.deepEqual([state(), shown()], [VERIFIED, 'none']);
    });

    it('holds for the key that was there before, once it is back', async () => {
      set(GOOD);
      await test();
      set(WRONG);
      set(GOOD);

      assert.deepEqual(state(), VERIFIED);
    });

    it('says nothing of a key that came while it was under way', async () => {
      set(WRONG);
      const changing = bench.session.onDidChange(() => {
        if (shown() !== 'running') return;
        changing.dispose();
        set(GOOD);
      });
      await failing();

      assert.deepEqual([state(), shown()], [UNTRIED, 'none']);
    });

    it('stays where it was answered, whoever is answered then', async () => {
      set(GOOD);
      await test();
      await chat();

      assert.deepEqual([state(), shown()], [VERIFIED, 'answered']);
    });

    for (const [by, id] of [
      ['its model', 'gpt-4o'],
      ['another model of the server', 'gpt-4o-mini'],
    ] as const) {
      it(`is forgotten where the key was refused, once a chat is answered by ${by}`, async () => {
        set(GOOD);
        bench.sandbox.faults.add({ on: CHAT_OF_OPENAI, reply: { status: 401, body: '{}' } });
        await failing();
        assert.deepEqual([state().state, shown()], ['failed', 'failed']);
        await chat({ id });

        assert.deepEqual([state(), shown()], [VERIFIED, 'none']);
      });
    }

    for (const [becomes, id, expected] of [
      ['is forgotten', 'gpt-4o', 'none'],
      ['stays', 'gpt-4o-mini', 'failed'],
    ] as const) {
      it(`${becomes} where its model had no answer, once ${id} has answered`, async () => {
        set(GOOD);
        bench.sandbox.faults.add({ on: CHAT_OF_OPENAI, reply: { status: 503, body: '' } });
        await assert.rejects(test(), { name: 'RequestError' });
        assert.deepEqual([state(), shown()], [UNTRIED, 'failed']);
        await chat({ id });

        assert.deepEqual([state(), shown()], [VERIFIED, expected]);
      });
    }

    it('stays where another key was accepted by the same server', async () => {
      bench.environment['OTHER_KEY'] = GOOD;
      const other = { id: 'gpt-5.5', envKey: 'OTHER_KEY', baseUrl: `${bench.sandbox.origin}/openai/v1` };
      set(WRONG, {}, [other]);
      await failing();
      await chat(other);

      assert.deepEqual([state().state, shown()], ['failed', 'failed']);
    });

    it('stays where a chat of another server was answered', async () => {
      bench.environment['OTHER_KEY'] = bench.sandbox.keys['openrouter'] ?? '';
      const other = { id: 'qwen/qwen3-coder', envKey: 'OTHER_KEY', baseUrl: `${bench.sandbox.origin}/openrouter/v1` };
      set(WRONG, {}, [other]);
      await failing();
      await chat(other);

      assert.deepEqual([state().state, shown()], ['failed', 'failed']);
    });
  });

  it('names host and last four of a key refused', async () => {
    await bench.signInWithKey('openai');
    bench.sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 401, body: '{}' } });

    await assert.rejects(test(), (error: { readonly about?: object }) => {
      const { host } = new URL(bench.sandbox.origin);
      assert.deepEqual(error.about, {
        reason: 'refused',
        method: 'api-key',
        provider: 'openai',
        region: '',
        host,
        keyLast4: 'enai',
      });
      return true;
    });
    assert.equal(state().state, 'failed');
    assert.equal(bench.session.snapshot.accounts[0]?.status, 'refused');
  });

  it('takes a wrong key for one, though the server calls it a bad request', async () => {
    await bench.signInWithKey('openai');
    const body = '[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key."}}]';
    bench.sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 400, body } });

    await assert.rejects(test(), (error: unknown) => {
      const { message = '', cause = '' } = problemOf(error, { during: 'test' }) ?? {};
      assert.match(message, / refused the OpenAI key that ends in enai \(400\)\.$/);
      assert.match(
        cause,
        /^It says: API key not valid\. Please pass a valid API key\. The key is mistyped or revoked, or/,
      );
      return true;
    });
  });

  it('verifies a key that was not verified before', async () => {
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;
    const key = new Secret('sk-sandbox-openai');
    await saveAccount(
      bench.secrets,
      keyAccount({ id: 'openai', provider: 'openai', baseUrl, key, status: 'unverified' }),
    );
    await bench.session.load();
    await test();

    assert.equal(bench.session.snapshot.accounts[0]?.status, 'verified');
  });

  it('refreshes an access token that is due first', async () => {
    await bench.signInWithDevice();
    bench.clock.advance(6 * 60 * 60 * 1000);
    await test();

    assert.equal(sent(TOKEN).at(-1)?.form['grant_type'], 'refresh_token');
    assert.equal(bench.session.snapshot.accounts[0]?.status, 'verified');
  });

  it('answers a 401 with one refresh and one retry', async () => {
    await bench.signInWithDevice();
    const before = sent(CHAT).length;
    bench.sandbox.expireAccessTokens();
    const { text } = await test();

    assert.match(text, /^Hello/);
    assert.equal(sent(CHAT).length - before, 2);
    assert.equal(sent(TOKEN).filter(({ form }) => form['grant_type'] === 'refresh_token').length, 1);
  });

  it('gives up at the second 401', async () => {
    await bench.signInWithDevice();
    const before = sent(CHAT).length;
    bench.sandbox.faults.add({ on: CHAT, times: Infinity, reply: { status: 401, body: '{}' } });

    await assert.rejects(test(), { name: 'SignInRequired', reason: 'refused' });
    assert.equal(sent(CHAT).length - before, 2);
    assert.equal(bench.session.snapshot.accounts[0]?.status, 'refused');
  });

  it('keeps the renewed tokens when it gives up', async () => {
    await bench.signInWithDevice();
    bench.sandbox.faults.add({ on: CHAT, times: 2, reply: { status: 401, body: '{}' } });
    await assert.rejects(test());

    assert.match((await test()).text, /^Hello/);
    assert.deepEqual(state(), { state: 'signedIn', method: 'qwen-oauth', verified: true });
  });

  it('ends the session when the refresh token is dead', async () => {
    await bench.signInWithDevice();
    bench.sandbox.revokeAll();

    await assert.rejects(test(), { name: 'SignInRequired', reason: 'ended' });
    assert.deepEqual(state(), { state: 'expired', method: 'qwen-oauth', reason: 'ended' });
    assert.equal(bench.secrets.entries.size, 1);
  });

  it('goes on after the authorization server was down', async () => {
    await bench.signInWithDevice();
    bench.clock.advance(6 * 60 * 60 * 1000);
    bench.sandbox.faults.add({ on: TOKEN, reply: 'reset' });
    await assert.rejects(test(), { name: 'RequestError', failure: 'cut' });
    assert.deepEqual(state(), { state: 'expired', method: 'qwen-oauth', reason: 'offline' });

    assert.match((await test()).text, /^Hello/);
    assert.equal(state().state, 'signedIn');
  });

  it('keeps its place when a newer test begins', async () => {
    await bench.signInWithKey('openai');
    const arrived = hang(bench.sandbox, '/openai/v1/chat/completions');
    const first = test();
    await arrived;
    const second = test('newer');

    await assert.rejects(first, { name: 'Cancelled' });
    assert.match((await second).text, /newer$/);
    assert.equal(bench.session.snapshot.connection.kind, 'answered');
  });

  it('is called off by another model', async () => {
    await bench.signInWithKey('openai');
    const arrived = hang(bench.sandbox, '/openai/v1/chat/completions');
    const first = test();
    await arrived;
    await bench.session.switchModel({ id: 'gpt-4o-mini' });

    await assert.rejects(first, { name: 'Cancelled' });
    assert.equal(bench.session.snapshot.connection.kind, 'none');
  });

  it('is called off by a sign-in that ends well', async () => {
    await bench.signInWithKey('openai');
    const arrived = hang(bench.sandbox, '/openai/v1/chat/completions');
    const first = test();
    await arrived;
    await bench.signInWithKey('azure');

    await assert.rejects(first, { name: 'Cancelled' });
    assert.equal(bench.session.snapshot.connection.kind, 'none');
  });

  it('is called off by a sign-in while a server is asked for its models', async () => {
    bench.environment['OPENAI_BASE_URL'] = `${bench.sandbox.origin}/local/v1`;
    const arrived = hang(bench.sandbox, '/local/v1/models');
    const first = test();
    await arrived;
    await bench.signInWithKey('openai');

    await assert.rejects(first, { name: 'Cancelled' });
    assert.equal(bench.session.snapshot.connection.kind, 'none');
  });

  it('stays called off while its answer is noted', async () => {
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;
    const key = new Secret('sk-sandbox-openai');
    const account = keyAccount({ id: 'openai', provider: 'openai', baseUrl, key, status: 'unverified' });
    await saveAccount(bench.secrets, account);
    await bench.session.load();
    bench.secrets.onDidChange(() => void bench.session.switchModel({ id: 'gpt-4o-mini' }));

    await assert.rejects(test(), { name: 'Cancelled' });
    assert.equal(bench.session.snapshot.connection.kind, 'none');
  });

  it('says that a key was refused though the keychain is locked', async () => {
    bench.environment['OPENAI_API_KEY'] = 'sk-wrong-0123456789';
    bench.environment['OPENAI_BASE_URL'] = `${bench.sandbox.origin}/openai/v1`;
    bench.environment['OPENAI_MODEL'] = 'gpt-4o';
    bench.secrets.mood = 'locked';

    await assert.rejects(test(), { name: 'SignInRequired', reason: 'refused' });
  });

  it('does not blame the key for an outage', async () => {
    await bench.signInWithKey('openai');
    bench.sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 503, body: '' } });

    await assert.rejects(test(), { name: 'RequestError', failure: 'status' });
    assert.equal(bench.session.snapshot.connection.kind, 'failed');
    assert.deepEqual(state(), { state: 'signedIn', method: 'api-key', verified: true });
  });

  it('has nothing read anew for each part of an answer', async () => {
    await bench.signInWithKey('openai');
    const seen: (readonly unknown[])[] = [];
    bench.session.onDidChange(() => {
      const { connection, models } = bench.session.snapshot;
      if (connection.kind === 'running' && connection.text !== '') seen.push(models);
    });
    await test();

    assert.ok(seen.length > 1);
    assert.equal(new Set(seen).size, 1);
  });

  it('asks to sign in where nobody has', async () => {
    await assert.rejects(test(), { name: 'SignInRequired', reason: 'signedOut' });
  });

  it('names the variable that nobody set', async () => {
    bench.reader.set('modelProviders', {
      openai: [{ id: 'mine', envKey: 'MY_KEY', baseUrl: 'https://llm.example.com/v1' }],
    });

    await assert.rejects(test(), { about: { reason: 'noKey', host: 'llm.example.com', envKey: 'MY_KEY' } });
  });

  it('asks for a model where the server names none', async () => {
    bench.sandbox.faults.add({ on: '/local/v1/models', reply: { body: '{"data":[]}' } });
    await bench.signInWithKey('vllm');

    await assert.rejects(test(), { name: 'SignInRequired', reason: 'noModel' });
  });

  it('is about the folder that it was made in alone', async () => {
    await bench.signInWithKey('openai');
    await test();
    const { configuration, connection } = bench.session.snapshot;
    const elsewhere = bench.session.snapshotOf({ ...configuration, folder: '/elsewhere' });

    assert.deepEqual([connection.kind, elsewhere.connection.kind], ['answered', 'none']);
  });
});
