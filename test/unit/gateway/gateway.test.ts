import assert from 'node:assert/strict';
import http from 'node:http';
import { connect } from 'node:net';

import { isRecord, stringIn } from '../../../src/core/base/json';
import { Secret } from '../../../src/core/base/secret';
import type { ChatOutcome } from '../../../src/core/chat/authorizedChat';
import { skip } from '../../skip';
import { Gateway, type GatewayAccess } from '../../../src/core/gateway/gateway';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { type Bench, openBench } from '../../fakes/bench';
import { type Answered, type Asked, askGateway, chatWith } from '../../fakes/gatewayClient';
import { eventually } from '../../eventually';
import { hang } from '../../fakes/hang';
import { otherAddressesAt } from '../../fakes/otherAddresses';

const CHAT = '/openai/v1/chat/completions';

const sentenceOf = (error: unknown): string => {
  const problem = problemOf(error, { during: 'test' });
  return problem ? problemText(problem) : 'Cancelled.';
};
const errorIn = ({ json }: Answered) => (isRecord(json) && isRecord(json['error']) ? json['error'] : {});
const textIn = ({ text }: Answered) =>
  [...text.matchAll(/"content":"([^"]*)"/g)].map(([, piece]) => piece ?? '').join('');

describe('the gateway', () => {
  let bench: Bench;
  let gateway: Gateway;
  let access: GatewayAccess;
  let ended: ChatOutcome[];
  let blocked: readonly string[];

  beforeEach(async () => {
    bench = await openBench();
    ended = [];
    blocked = [];
    bench.session.onDidEndChat((outcome) => ended.push(outcome));
    gateway = new Gateway({
      session: bench.session,
      describe: sentenceOf,
      refusalOf: async (who) => (blocked.includes(who) ? `You have blocked ${who}.` : undefined),
    });
    access = await gateway.open(() => bench.session.snapshot);
  });
  afterEach(async () => {
    gateway.dispose();
    await bench.stop();
  });

  const ask = (asked: Asked, who: GatewayAccess = access) => askGateway(who, asked);
  const chat = (model: string, more: object = {}, said = 'Hi there') =>
    ask({ path: '/chat/completions', body: chatWith(model, said, more) });
  /** What the gateway writes to a connection until it ends that. */
  const raw = async (text: string): Promise<string> => {
    const socket = connect(Number(new URL(access.baseUrl).port), '127.0.0.1');
    socket.write(text);
    let read = '';
    for await (const chunk of socket) read += String(chunk);
    return read;
  };
  const own = () => `Host: ${new URL(access.baseUrl).host}\r\nAuthorization: Bearer ${access.token.reveal()}\r\n`;
  const sent = (path: string) => bench.sandbox.requests.filter((request) => request.path === path);

  describe('passes a chat on', () => {
    it('to the model in use, with its key in the place of the token', async () => {
      await bench.signInWithKey('openai');
      const answer = await chat('qwen-auth');

      assert.equal(answer.status, 200);
      assert.match(answer.text, /Hello from gpt-5\.5 in the sandbox\. You said: Hi there/);
      assert.equal(sent(CHAT).at(-1)?.headers.authorization, 'Bearer sk-sandbox-openai');
    });

    it('byte by byte, as the server writes it', async () => {
      await bench.signInWithKey('openai');
      const body = [
        'data: {"choices":[{"delta":{"content":"Grü',
        '\u00df dich"}}]}\n\n',
        ': ping\r\n\r\ndata: [DONE]\n\n',
      ];
      bench.sandbox.faults.add({ on: CHAT, reply: { headers: { 'Content-Type': 'text/event-stream' }, body } });
      const answer = await chat('gpt-4o', { stream: true });

      assert.equal(answer.text, body.join(''));
      assert.equal(answer.headers['content-type'], 'text/event-stream');
    });

    it('without the headers of an answer that show the key', async () => {
      await bench.signInWithKey('openai');
      const headers = {
        'Content-Type': 'application/json',
        'X-Request-Id': 'of Bearer sk-sandbox-openai',
        'OpenAI-Organization': Buffer.from('Bearer sk-sandbox-openai').toString('base64'),
        'OpenAI-Version': '2020-10-01',
      };
      bench.sandbox.faults.add({ on: CHAT, reply: { headers, body: ['{}'] } });
      const { status, headers: passed } = await chat('gpt-4o');

      assert.equal(status, 200);
      assert.deepEqual(
        [passed['x-request-id'], passed['openai-organization'], passed['openai-version']],
        [undefined, undefined, '2020-10-01'],
      );
    });

    it('as the very text where nothing has to be changed', async () => {
      await bench.signInWithKey('openai');
      const body = '{ "model": "gpt-4o", "seed": 12345678901234567890, "messages": [{"role":"user","content":"Hi"}] }';
      await ask({ path: '/chat/completions', body });

      assert.equal(sent(CHAT).at(-1)?.text, body);
    });

    it('to each model by its id, and by the name of its provider', async () => {
      await bench.signInWithKey('azure');
      await bench.signInWithKey('openai');
      const models = ['team-mini', 'gpt-4o-mini', 'azure/gpt-4o', 'openai/gpt-4o', 'gpt-4o', 'openai/gpt-5.2'];
      for (const model of models) assert.equal((await chat(model)).status, 200, model);

      const asked = bench.sandbox.requests
        .filter(({ path }) => path.endsWith('/chat/completions'))
        .slice(-models.length);
      assert.deepEqual(
        asked.map(({ path, json }) => `${path.split('/')[1]} ${stringIn(json, 'model')}`),
        ['azure team-mini', 'openai gpt-4o-mini', 'azure gpt-4o', 'openai gpt-4o', 'openai gpt-4o', 'openai gpt-5.2'],
      );
    });

    it("to a deployment of Azure's older API, with its header and version", async () => {
      const older = `${bench.sandbox.origin}/azure/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21`;
      const request = { method: 'api-key', provider: 'azure', apiKey: new Secret('azure-sandbox-key') } as const;
      await bench.session.signIns.signIn({ ...request, baseUrl: older });
      const answer = await chat('qwen-auth', { stream: true });

      const last = bench.sandbox.requests.at(-1);
      assert.equal(textIn(answer), 'Hello from gpt-4o in the sandbox. You said: Hi there');
      assert.deepEqual([last?.query['api-version'], last?.headers['api-key']], ['2024-10-21', 'azure-sandbox-key']);
      assert.equal(last?.headers.authorization, undefined);
    });

    it('to another model as soon as one is chosen', async () => {
      await bench.signInWithKey('openai');
      await bench.session.switchModel({ id: 'gpt-4o-mini' });
      const first = await chat('qwen-auth');
      await bench.session.switchModel({ id: 'gpt-4o' });

      assert.match(first.text, /Hello from gpt-4o-mini/);
      assert.match((await chat('qwen-auth')).text, /Hello from gpt-4o in/);
    });

    it('once more after one refresh where the token is refused', async () => {
      await bench.signInWithDevice();
      bench.sandbox.expireAccessTokens();
      const before = sent('/v1/chat/completions').length;

      assert.match((await chat('qwen-auth')).text, /Hello from coder-model/);
      assert.equal(sent('/v1/chat/completions').length - before, 2);
    });

    it('as Qwen Code does to the API of a Qwen account', async () => {
      await bench.signInWithDevice();
      await ask({
        path: '/chat/completions',
        body: chatWith('coder-model', 'Hi', { stream: true }),
        headers: { 'user-agent': 'QwenCode/0.24.4 (linux; x64)' },
      });

      const { headers, json } = sent('/v1/chat/completions').at(-1) ?? assert.fail();
      assert.deepEqual(
        ['user-agent', 'x-dashscope-useragent', 'x-dashscope-cachecontrol', 'x-dashscope-authtype'].map(
          (one) => headers[one],
        ),
        ['QwenCode/0.24.4 (linux; x64)', 'QwenCode/0.24.4 (linux; x64)', 'enable', 'qwen-oauth'],
      );
      const metadata = isRecord(json) ? json['metadata'] : undefined;
      for (const name of ['sessionId', 'promptId']) assert.match(stringIn(metadata, name) ?? '', /^[\da-f-]{36}$/);
      assert.deepEqual(json, {
        metadata,
        ...chatWith('coder-model', '', { stream: true, preserve_thinking: true, vl_high_resolution_images: true }),
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] }],
      });
    });

    it('and ends the request of one who goes', async () => {
      await bench.signInWithKey('openai');
      const arrived = hang(bench.sandbox, CHAT);
      const { port } = new URL(access.baseUrl);
      const headers = { authorization: `Bearer ${access.token.reveal()}` };
      const request = http.request({ host: '127.0.0.1', port, path: '/v1/chat/completions', method: 'POST', headers });
      request.on('error', () => undefined);
      request.end(JSON.stringify(chatWith('gpt-4o', 'Hi')));
      await arrived;
      request.destroy();

      while (sent(CHAT).at(-1)?.outcome !== 'aborted') await new Promise(setImmediate);
      while (ended.length === 0) await new Promise(setImmediate);
      assert.equal(ended[0]?.outcome, 'cancelled');
    });

    it('no faster than it is read', async () => {
      await bench.signInWithKey('openai');
      const piece = `data: ${'x'.repeat(256 * 1024)}\n\n`;
      let given = 0;
      const source = http.createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const give = (): void => {
          given += 1;
          if (given < 400) response.write(piece, give);
          else response.end();
        };
        give();
      });
      await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
      const address = source.address();
      const place = `http://127.0.0.1:${isRecord(address) ? String(address['port']) : ''}/v1`;
      bench.environment['OPENAI_API_KEY'] = 'sk-any';
      Object.assign(bench.environment, { OPENAI_BASE_URL: place, OPENAI_MODEL: 'slow' });
      await bench.session.load();
      const reader = connect(Number(new URL(access.baseUrl).port), '127.0.0.1');
      const body = JSON.stringify(chatWith('slow', 'Hi'));
      reader.pause();
      reader.write(
        `POST /v1/chat/completions HTTP/1.1\r\nHost: ${new URL(access.baseUrl).host}\r\n` +
          `Authorization: Bearer ${access.token.reveal()}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      // Until nothing more is taken in a hundred turns.
      for (let [last, still] = [-1, 0]; still < 100; still = given === last && given > 0 ? still + 1 : 0, last = given)
        await new Promise((resolve) => setTimeout(resolve, 2));

      assert.ok(given < 200, `${given} pieces of 400 were taken`);
      reader.destroy();
      source.closeAllConnections();
      source.close();
    });
  });

  it('passes other operations on where the provider has them', async () => {
    await bench.signInWithKey('openai');
    for (const operation of ['embeddings', 'completions', 'responses']) {
      const body = { model: 'openai/gpt-4o', input: 'Hi' };
      const answer = await ask({ path: `/${operation}`, body });

      assert.deepEqual(
        [answer.status, answer.json],
        [
          200,
          { operation, asked: { model: 'gpt-4o', input: 'Hi' }, usage: { prompt_tokens: 3, completion_tokens: 4 } },
        ],
      );
    }
  });

  it('says which operation a provider does not have', async () => {
    await bench.signInWithKey('openai');
    await bench.signInWithKey('azure');
    for (const operation of ['embeddings', 'completions', 'responses']) {
      const answer = await ask({ path: `/${operation}`, body: { model: 'azure/gpt-4o', input: 'Hi' } });

      assert.deepEqual([answer.status, errorIn(answer)['code']], [404, 'unsupported_operation']);
      assert.match(
        String(errorIn(answer)['message']),
        new RegExp(String.raw`^127.*has no /${operation} \(404\)\. It says`),
      );
    }
    const unknown = await ask({ path: '/embeddings', body: { model: 'openai/nope', input: 'Hi' } });
    assert.equal(unknown.status, 200);
  });

  it('shows one model by any of its names, and says which there are', async () => {
    await bench.signInWithKey('openai');
    for (const name of ['qwen-auth', 'gpt-4o', 'openai/gpt-4o', 'openai%2Fgpt-4o', 'openai/any']) {
      const answer = await ask({ path: `/models/${name}` });
      assert.deepEqual([answer.status, stringIn(answer.json, 'id')], [200, decodeURIComponent(name)]);
    }
    const unknown = await ask({ path: '/models/gpt-17' });
    assert.deepEqual([unknown.status, errorIn(unknown)['code']], [404, 'model_not_found']);
    assert.equal((await ask({ path: '/models', method: 'HEAD' })).status, 200);
  });

  it('answers a program that writes a slash too many, or a mark before its body', async () => {
    await bench.signInWithKey('openai');
    const body = `\uFEFF${JSON.stringify(chatWith('qwen-auth', 'Hi there'))}`;

    assert.equal((await ask({ path: '//chat/completions/', body })).status, 200);
    assert.equal((await ask({ path: '/models/' })).status, 200);
  });

  it('lists every model, the one in use first, and each with the name of its provider', async () => {
    await bench.signInWithKey('azure');
    await bench.signInWithKey('openai');
    const { json } = await ask({ path: '/models' });

    const ids = (isRecord(json) && Array.isArray(json['data']) ? json['data'] : []).map((one) => stringIn(one, 'id'));
    assert.equal(ids[0], 'qwen-auth');
    assert.deepEqual(
      ids.filter((id) => /gpt-4o|team/.test(id ?? '')),
      ['azure/gpt-4o', 'team-mini', 'azure/team-mini', 'openai/gpt-4o', 'gpt-4o-mini', 'openai/gpt-4o-mini'],
    );
  });

  describe('tells of each request', () => {
    it("under the program's name, with what the server counted", async () => {
      await bench.signInWithKey('openai');
      const body = chatWith('gpt-4o', 'Hi there', { stream: true, stream_options: { include_usage: true } });
      await ask({ path: '/chat/completions', body, headers: { 'user-agent': 'OpenAI/JS 5.11.0' } });

      const [{ model, access: _, ...rest } = assert.fail()] = ended;
      const tokens = { inputTokens: 6, outputTokens: 10, estimated: false };
      assert.equal(model.id, 'gpt-4o');
      assert.deepEqual(rest, {
        at: bench.clock.now(),
        initiator: 'terminal/OpenAI/JS',
        outcome: 'answered',
        ...tokens,
      });
    });

    it('about, where the server does not count', async () => {
      await bench.signInWithKey('openai');
      await chat('gpt-4o', { stream: true });

      assert.equal(ended[0]?.estimated, true);
      assert.ok((ended[0]?.outputTokens ?? 0) > 5);
    });

    it('and does not pass on what the person has blocked', async () => {
      await bench.signInWithKey('openai');
      blocked = ['terminal/curl'];
      const body = chatWith('gpt-4o', 'Hi');
      const before = bench.sandbox.requests.length;
      const answer = await ask({ path: '/chat/completions', body, headers: { 'user-agent': 'curl/8.5.0' } });

      assert.deepEqual([answer.status, errorIn(answer)['code']], [403, 'blocked']);
      assert.equal(errorIn(answer)['message'], 'You have blocked terminal/curl.');
      assert.equal(bench.sandbox.requests.length, before);
    });
  });

  describe('says in a sentence of ours, and in the form of OpenAI,', () => {
    it('that nobody is signed in', async () => {
      const answer = await chat('qwen-auth');

      assert.deepEqual([answer.status, errorIn(answer)['code']], [401, 'signedOut']);
      assert.equal(errorIn(answer)['type'], 'authentication_error');
    });

    it('that it knows no such model, and which it does', async () => {
      await bench.signInWithKey('azure');
      await bench.signInWithKey('openai');
      const answer = await chat('gpt-17');

      assert.deepEqual(
        [answer.status, errorIn(answer)['code'], errorIn(answer)['param']],
        [404, 'model_not_found', 'model'],
      );
      assert.match(String(errorIn(answer)['message']), /^No model "gpt-17" is known\. Known are qwen-auth, /);
    });

    it('what the server refused, with its status, its code and its wait', async () => {
      await bench.signInWithKey('openai');
      const error = { message: 'Slow down, please', type: 'requests', code: 'rate_limit_exceeded' };
      const headers = { 'retry-after': '7' };
      bench.sandbox.faults.add({ on: CHAT, reply: { status: 429, headers, body: JSON.stringify({ error }) } });
      const answer = await chat('gpt-4o');

      assert.equal(answer.status, 429);
      assert.equal(answer.headers['retry-after'], '7');
      assert.deepEqual([errorIn(answer)['code'], errorIn(answer)['type']], ['rate_limit_exceeded', 'requests']);
      assert.match(String(errorIn(answer)['message']), /Slow down, please/);
    });

    it('that a key is refused, without the key', async () => {
      await bench.signInWithKey('openai');
      const error = { message: 'Incorrect API key provided: sk-sandbox-openai' };
      bench.sandbox.faults.add({ on: CHAT, reply: { status: 401, body: JSON.stringify({ error }) } });
      const answer = await chat('gpt-4o');

      assert.deepEqual([answer.status, errorIn(answer)['code']], [401, 'refused']);
      assert.doesNotMatch(answer.text, /sk-sandbox-openai/);
      assert.equal(bench.session.snapshot.accounts[0]?.status, 'refused');
    });

    for (const [what, reply, status, code] of [
      ['that a connection was cut', 'reset', 502, 'cut'],
      ['that the server sends elsewhere', { status: 302, headers: { location: 'https://a.example' } }, 502, 'redirect'],
    ] as const) {
      it(what, async () => {
        await bench.signInWithKey('openai');
        bench.sandbox.faults.add({ on: CHAT, reply });
        const answer = await chat('gpt-4o');

        assert.deepEqual([answer.status, errorIn(answer)['code']], [status, code]);
      });
    }

    it('that a stream broke off: as its last event, and then the connection breaks', async () => {
      await bench.signInWithKey('openai');
      const headers = { 'Content-Type': 'text/event-stream' };
      bench.sandbox.faults.add({ on: CHAT, reply: { headers, body: 'data: {"choi', ending: 'reset' } });
      const { host, port } = new URL(access.baseUrl);
      const body = JSON.stringify(chatWith('gpt-4o', 'Hi', { stream: true }));
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${access.token.reveal()}\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      let read = '';
      for await (const chunk of socket) read += String(chunk);

      assert.match(read, /data: \{"choi.*\n\ndata: \{"error":\{"message":"127\.0\.0\.1:\d+ ended the connection/s);
      // Whole answers end with an empty chunk.
      assert.doesNotMatch(read, /\r\n0\r\n\r\n$/);
      assert.equal(ended.at(-1)?.outcome, 'failed');
    });
  });

  describe('lets nobody in', () => {
    const refused = async (asked: Asked, who: GatewayAccess = access) => {
      const before = bench.sandbox.requests.length;
      const answer = await ask(asked, who);
      assert.equal(bench.sandbox.requests.length, before);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      return [answer.status, errorIn(answer)['code']];
    };
    const body = chatWith('qwen-auth', 'Hi');

    beforeEach(() => bench.signInWithKey('openai'));

    for (const [who, headers] of [
      ['without a token', { authorization: '' }],
      ['with another token', { authorization: `Bearer qa-${'A'.repeat(43)}` }],
      ['with the key itself', { authorization: 'Bearer sk-sandbox-openai' }],
    ] as const) {
      it(who, async () => {
        assert.deepEqual(await refused({ path: '/chat/completions', body, headers }), [401, 'invalid_token']);
        assert.deepEqual(await refused({ path: '/models', headers }), [401, 'invalid_token']);
        assert.deepEqual(await refused({ path: '/nowhere', headers }), [401, 'invalid_token']);
      });
    }

    it('from a web page, with the right token too', async () => {
      for (const origin of ['https://a.example', 'null', access.baseUrl.replace('/v1', '')])
        assert.deepEqual(await refused({ path: '/models', headers: { origin } }), [403, 'forbidden']);
      const asking = { 'access-control-request-method': 'POST', origin: 'https://a.example' };
      assert.deepEqual(await refused({ path: '/models', method: 'OPTIONS', headers: asking }), [403, 'forbidden']);
    });

    it('at any other address of this computer, which is not listened at', async () => {
      assert.deepEqual(await otherAddressesAt(Number(new URL(access.baseUrl).port)), []);
    });

    it('by another name of this computer, with the right token too', async () => {
      const { port } = new URL(access.baseUrl);
      for (const host of [`a.example:${port}`, `localhost:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`])
        assert.deepEqual(await refused({ path: '/models', headers: { host } }), [403, 'forbidden']);
    });

    it('by another name, and tells a program the address to ask at', async () => {
      const { host, port } = new URL(access.baseUrl);
      const { text } = await ask({ path: '/models', headers: { host: `localhost:${port}` } });

      assert.ok(text.includes(`http://${host}/v1`), text);
    });

    it('by its address alone, but at the port that needs no naming', async function () {
      const other = await new Gateway({ session: bench.session, describe: sentenceOf })
        .open(() => bench.session.snapshot, 80)
        .catch(() => undefined);
      if (!other) skip(this, 'port 80 is not free here');
      const headers = { authorization: `Bearer ${other.token.reveal()}` };
      const answers = ['127.0.0.1', '127.0.0.1:80'].map(async (host) => {
        const { status } = await askGateway(other, { path: '/models', headers: { ...headers, host } });
        return status;
      });

      assert.deepEqual(await Promise.all(answers), [200, 200]);
      other.dispose();
    });

    it('by two names at once', async () => {
      const answer = await raw(`GET /v1/models HTTP/1.1\r\n${own()}Host: a.example\r\nConnection: close\r\n\r\n`);

      assert.match(answer, /^HTTP\/1\.1 403 .*"code":"forbidden"/s);
    });

    it('with a token where none is looked for, and says where it belongs', async () => {
      const token = access.token.reveal();
      for (const asked of [
        { path: `/models?api_key=${token}`, headers: { authorization: '' } },
        { path: '/models', headers: { authorization: '', 'x-api-key': token } },
        { path: '/models', headers: { authorization: token } },
        { path: '/models', headers: { authorization: `Basic ${btoa(`user:${token}`)}` } },
        // As of a variable that is not set.
        { path: '/models', headers: { authorization: 'Bearer ' } },
      ]) {
        assert.deepEqual(await refused(asked), [401, 'invalid_token']);
        const { text } = await ask(asked);
        assert.match(text, /Send the one that you have as \\"Authorization: Bearer …\\"/);
        assert.equal(text.includes(token), false);
      }
    });

    it('whose terminal has ended, while others go on', async () => {
      const other = await gateway.open(() => bench.session.snapshot);
      assert.equal((await ask({ path: '/models' }, other)).status, 200);
      other.dispose();

      assert.deepEqual(await refused({ path: '/models' }, other), [401, 'invalid_token']);
      assert.equal((await ask({ path: '/models' })).status, 200);
    });

    it('and breaks off what was begun with a token that is ended', async () => {
      const arrived = hang(bench.sandbox, CHAT);
      const other = await gateway.open(() => bench.session.snapshot);
      const asking = ask({ path: '/chat/completions', body }, other);
      await arrived;
      other.dispose();

      await assert.rejects(asking);
      while (sent(CHAT).at(-1)?.outcome !== 'aborted') await new Promise(setImmediate);
    });

    it('and breaks off all that was begun with it, of which Node warns nobody', async () => {
      const warnings: Error[] = [];
      const note = (warning: Error): void => void warnings.push(warning);
      process.on('warning', note);
      const arrived = Array.from({ length: 12 }, () => hang(bench.sandbox, CHAT));
      const asking = arrived.map(() => ask({ path: '/chat/completions', body }));
      const ends = Promise.allSettled(asking);
      await eventually(() => sent(CHAT).filter(({ outcome }) => outcome === 'open').length, arrived.length);
      access.dispose();

      assert.ok((await ends).every(({ status }) => status === 'rejected'));
      process.off('warning', note);
      assert.deepEqual(warnings, []);
    });

    it('whose account in use was signed out of, and says what to do; another account needs another token', async () => {
      await bench.signInWithKey('azure');
      await bench.session.switchModel({ id: 'gpt-4o', baseUrl: `${bench.sandbox.origin}/openai/v1` });
      await bench.session.signOut(['openai']);
      const answer = await ask({ path: '/chat/completions', body });

      assert.deepEqual([answer.status, errorIn(answer)['code']], [401, 'invalid_token']);
      assert.match(String(errorIn(answer)['message']), /ended by a sign-out.*Sign in, and open a new terminal/);
      const other = await gateway.open(() => bench.session.snapshot);
      assert.equal((await ask({ path: '/chat/completions', body }, other)).status, 200);
    });

    it('and goes on with a token where another account was signed out of, or the keychain fails', async () => {
      await bench.signInWithKey('azure');
      await bench.session.switchModel({ id: 'gpt-4o', baseUrl: `${bench.sandbox.origin}/openai/v1` });
      await bench.session.signOut(['azure']);
      assert.equal((await ask({ path: '/chat/completions', body })).status, 200);
      bench.secrets.mood = 'locked';
      await bench.session.load().catch(() => undefined);
      assert.equal((await ask({ path: '/models' })).status, 200);
    });

    it('after all access was revoked, and says so', async () => {
      gateway.revoke();

      assert.deepEqual(await refused({ path: '/models' }), [401, 'invalid_token']);
    });

    it('after all access was revoked, and nobody listens once nobody has such a token', async () => {
      gateway.revoke();
      access.dispose();

      await assert.rejects(ask({ path: '/models' }), { code: 'ECONNREFUSED' });
    });

    it('once nobody has a token: nothing listens any more', async () => {
      access.dispose();

      await assert.rejects(ask({ path: '/models' }), { code: 'ECONNREFUSED' });
      const again = await gateway.open(() => bench.session.snapshot);
      assert.equal((await ask({ path: '/models' }, again)).status, 200);
      assert.notEqual(again.token.reveal(), access.token.reveal());
    });
  });

  describe('has limits:', () => {
    for (const [what, asked, status, code] of [
      ['a body that is no JSON', { path: '/chat/completions', body: 'Hi' }, 400, 'invalid_body'],
      ['a body without a model', { path: '/chat/completions', body: { messages: [] } }, 400, 'invalid_body'],
      [
        'an encoded body',
        { path: '/embeddings', body: '{}', headers: { 'content-encoding': 'gzip' } },
        415,
        'encoded_body',
      ],
      ['an operation that is none', { path: '/audio/speech', body: '{}' }, 404, 'not_found'],
      ['the way to a file', { path: '/../models' }, 404, 'not_found'],
      ['an address below no version', { path: '/../../chat/completions', body: '{}' }, 404, 'not_found'],
      ['a name that cannot be read', { path: '/models/%zz' }, 404, 'not_found'],
      ['another method', { path: '/chat/completions' }, 405, 'method_not_allowed'],
      [
        'a body that nests too deeply',
        { path: '/chat/completions', body: `{"model":"qwen-auth","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}` },
        400,
        'invalid_body',
      ],
    ] as const) {
      it(what, async () => {
        await bench.signInWithKey('openai');
        const answer = await ask(asked);
        assert.deepEqual([answer.status, errorIn(answer)['code']], [status, code]);
      });
    }

    it('what is no request, in the form of OpenAI too', async () => {
      for (const [text, status, code] of [
        ['hello there\r\n\r\n', 400, 'invalid_request'],
        [`POST /v1/embeddings HTTP/1.1\r\n${own()}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`, 400, 'invalid_request'],
        [`GET /v1/models HTTP/1.1\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 431, 'too_large'],
      ] as const) {
        const answer = await raw(text);
        assert.match(answer, new RegExp(String.raw`^HTTP/1\.1 ${status} .*"code":"${code}"`, 's'));
      }
    });

    it('a body of more than 64 MiB, announced or not', async () => {
      const large = Buffer.alloc(1024 * 1024, 32);
      const { port } = new URL(access.baseUrl);
      for (const length of [undefined, 65 * large.length]) {
        const status = await new Promise<unknown>((resolve) => {
          const headers = {
            authorization: `Bearer ${access.token.reveal()}`,
            ...(length !== undefined && { 'content-length': String(length) }),
          };
          const request = http.request({ host: '127.0.0.1', port, path: '/v1/embeddings', method: 'POST', headers });
          request.once('response', (response) => resolve(response.resume().statusCode));
          // Whoever goes on writing may find the connection closed.
          request.once('error', (error) => resolve(error.message));
          const write = (left: number): void => {
            if (left > 0 && !request.destroyed) request.write(large, () => write(left - 1));
          };
          write(length === undefined ? 65 : 1);
        });
        assert.ok(status === 413 || /EPIPE|ECONNRESET/.test(String(status)), String(status));
      }
    });

    it('headers of more than 16 KiB', async () => {
      assert.equal((await ask({ path: '/models', headers: { 'x-long': 'x'.repeat(17_000) } })).status, 431);
    });
  });

  it('says which port it cannot have', async () => {
    const other = new Gateway({ session: bench.session, describe: sentenceOf });
    const port = Number(new URL(access.baseUrl).port);

    await assert.rejects(
      other.open(() => bench.session.snapshot, port),
      {
        name: 'ConfigurationError',
        message: `This computer does not let the gateway have the port ${port}.`,
      },
    );
  });
});
