import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import { Secret } from '../../src/core/base/secret';
import { type CommandLineProgram, createCommandLineProgram } from '../fakes/commandLineProgram';
import { askGateway, chatWith } from '../fakes/gatewayClient';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { skip } from '../skip';

/** Asks a model by the three variables, as any program would, and prints its answer and its environment. */
const CLIENT = `
  const { OPENAI_BASE_URL: base, OPENAI_API_KEY: key, OPENAI_MODEL: model } = process.env;
  const ask = async (said) => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: said }] });
    const response = await fetch(base + '/chat/completions', {
      method: 'POST', body, headers: { authorization: 'Bearer ' + key },
    });
    const answer = await response.json();
    console.log(response.status, answer.error?.message ?? answer.choices[0].message.content);
  };
`;

/** Prints what it can read of processes, and what a gateway answers it without a token. */
const STRANGER = `
  const { readFileSync } = require('node:fs');
  const [, baseUrl, ...pids] = process.argv;
  const read = (file) => {
    try {
      return 'is ' + readFileSync(file, 'latin1');
    } catch (error) {
      return error.code;
    }
  };
  for (const pid of pids) for (const file of ['environ', 'mem']) console.log('/proc/' + pid + '/' + file, read('/proc/' + pid + '/' + file));
  (async () => {
    const told = [];
    for (const path of ['/models', '/chat/completions']) {
      const method = path === '/models' ? 'GET' : 'POST';
      const response = await fetch(baseUrl + path, { method, headers: { authorization: 'Bearer qa-guessed' } });
      console.log('/v1' + path, response.status);
      told.push(await response.text());
    }
    console.log(told.join(''), ...pids.map((pid) => read('/proc/' + pid + '/cmdline')));
  })();
`;

/** Runs a program as a user who has no rights of ours. */
const asNobody = async (program: string, args: readonly string[]) =>
  await promisify(execFile)(program, args, { uid: 65_534, gid: 65_534, cwd: '/', env: {} });

describe('the gateway of qwen-auth', function () {
  if (process.platform === 'win32') return;

  let sandbox: Sandbox;
  let program: CommandLineProgram;
  let openai: Record<string, string>;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0, interval: 0.1 });
    program = createCommandLineProgram();
    openai = {
      OPENAI_API_KEY: 'sk-sandbox-openai',
      OPENAI_BASE_URL: `${sandbox.origin}/openai/v1`,
      OPENAI_MODEL: 'gpt-4o',
    };
  });
  afterEach(async () => {
    program.remove();
    await sandbox.stop();
  });

  const node = (script: string): readonly string[] => {
    writeFileSync(program.folder.at('home/client.cjs'), CLIENT + script);
    return [process.execPath, program.folder.at('home/client.cjs')];
  };
  const signIn = async (): Promise<void> => {
    const args = ['login', '--issuer', sandbox.origin, '--client-id', 'qwen-auth-sandbox', '--no-browser'];
    const running = program.startInTerminal(args);
    const [, userCode = ''] = await running.printed(/approve the code (\S+)\. /);
    sandbox.approve(userCode);
    assert.equal((await running.ended).code, 0);
  };
  const refreshes = () => sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token').length;

  describe('exec --gateway', () => {
    it('lets a program ask without the key, which is nowhere in its environment', async () => {
      const script = `ask('Hi').then(() => console.log(JSON.stringify(process.env)))`;
      const { code, out, err } = await program.run(['exec', '--gateway', '--', ...node(script)], {
        ...openai,
        COPY_OF_IT: 'Bearer sk-sandbox-openai',
      });

      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^200 Hello from gpt-4o in the sandbox\. You said: Hi\n/);
      assert.doesNotMatch(out, /sk-sandbox-openai/);
      assert.equal(sandbox.requests.at(-1)?.headers.authorization, 'Bearer sk-sandbox-openai');
    });

    it('renews an access token that runs out while the program is at work', async () => {
      await signIn();
      const script = `process.once('SIGUSR2', async () => { await ask('second'); process.exit(); });
        setInterval(() => undefined, 1000); ask('first');`;
      const running = program.start(['exec', '--gateway', '--', ...node(script)]);
      await running.printed(/200 Hello from coder-model in the sandbox\. You said: first/);
      sandbox.expireAccessTokens();
      running.child.kill('SIGUSR2');
      const { code, out } = await running.ended;

      assert.equal(code, 0);
      assert.match(out, /200 Hello from coder-model in the sandbox\. You said: second/);
      assert.equal(refreshes(), 1);
    });

    it('ends with the program, and has its exit code', async () => {
      const script = `console.log(base, key); process.exit(7)`;
      const { code, out } = await program.run(['exec', '--gateway', '--', ...node(script)], openai);
      const [baseUrl = '', token = ''] = out.trim().split(' ');

      assert.equal(code, 7);
      await assert.rejects(askGateway({ baseUrl, token: new Secret(token) }, { path: '/models' }), {
        code: 'ECONNREFUSED',
      });
    });

    it('keeps the program from going to the gateway by a proxy', async () => {
      const script = `console.log(process.env.NO_PROXY, process.env.no_proxy)`;
      const proxied = { ...openai, HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'example.com' };
      const { out } = await program.run(['exec', '--gateway', '--', ...node(script)], proxied);

      assert.equal(out, 'example.com,127.0.0.1 example.com,127.0.0.1\n');
    });

    it('says that nothing is in use, and runs nothing', async () => {
      const { code, out, err } = await program.run(['exec', '--gateway', '--', 'echo', 'ran']);

      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^No key is configured: /);
    });
  });

  describe('serve', () => {
    it('answers whoever has the variables that it prints, until it is stopped', async () => {
      const running = program.start(['serve', '--shell', 'json'], openai);
      await running.printed(/until you press Ctrl\+C/);
      const [text = ''] = await running.printed(/\{[^}]*\}/);
      const variables = parseJson(text);
      const [baseUrl = '', token = ''] = ['OPENAI_BASE_URL', 'OPENAI_API_KEY'].map((name) => stringIn(variables, name));
      const access = { baseUrl, token: new Secret(token) };
      const answer = await askGateway(access, { path: '/chat/completions', body: chatWith('qwen-auth', 'Hi') });
      running.child.kill('SIGINT');
      const { code } = await running.ended;

      assert.deepEqual([answer.status, code], [200, 0]);
      assert.match(answer.text, /Hello from gpt-4o in the sandbox/);
      assert.doesNotMatch(text, /sk-sandbox-openai/);
      await assert.rejects(askGateway(access, { path: '/models' }), { code: 'ECONNREFUSED' });
    });

    it('ends, and says why, once its sign-in was signed out of elsewhere', async () => {
      await signIn();
      const running = program.start(['serve']);
      await running.printed(/until you press Ctrl\+C/);
      await program.run(['logout', '--yes']);
      const { code, err } = await running.ended;

      assert.equal(code, 1);
      assert.match(err, /\nSomebody signed out of what it answered with\. Sign in, and start it anew\.\n$/);
    });

    it('answers at the port that is named, and says where that is taken', async () => {
      const { port } = new URL(sandbox.origin);
      const { code, err } = await program.run(['serve', '--port', port], openai);

      assert.equal(code, 1);
      assert.equal(err, `This computer does not let the gateway have the port ${port}.\n`);
    });

    it('answers no other user of this computer, who cannot read the token either', async function () {
      // Only root can start a program as somebody else.
      if (process.platform !== 'linux' || process.getuid?.() !== 0)
        skip(this, 'needs Linux and root, to start a program as somebody else');
      const script = `console.log(process.pid); setInterval(() => undefined, 1000)`;
      const running = program.start(['exec', '--gateway', '--', ...node(script)], openai);
      const [child = ''] = await running.printed(/^\d+/);
      const environment = readFileSync(`/proc/${child}/environ`, 'utf8');
      const [baseUrl = '', token = ''] = ['OPENAI_BASE_URL', 'OPENAI_API_KEY'].map(
        (name) => new RegExp(`\\b${name}=([^\\0]*)`).exec(environment)?.[1],
      );
      const pids = [child, String(running.child.pid)];
      const { stdout } = await asNobody(process.execPath, ['-e', STRANGER, baseUrl, ...pids]);
      const written = readdirSync(program.folder.at('home'), { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'));
      running.child.kill('SIGTERM');
      await running.ended;

      assert.match(token, /^qa-/);
      const lines = stdout.trim().split('\n');
      assert.deepEqual(lines.slice(0, 6), [
        ...pids.flatMap((pid) => [`/proc/${pid}/environ EACCES`, `/proc/${pid}/mem EACCES`]),
        '/v1/models 401',
        '/v1/chat/completions 401',
      ]);
      for (const text of [stdout, ...written]) assert.ok(!text.includes(token) && !/sk-sandbox|gpt-4o/.test(text));
    });

    it('is gone when its process is killed', async () => {
      const running = program.start(['serve', '--shell', 'json'], openai);
      const [, baseUrl = ''] = await running.printed(/Answering at (\S+)/);
      running.child.kill('SIGKILL');
      await once(running.child, 'close');

      await assert.rejects(askGateway({ baseUrl, token: new Secret('none') }, { path: '/models' }), {
        code: 'ECONNREFUSED',
      });
    });
  });

  describe('token', () => {
    it('prints the key in use, and nothing else', async () => {
      assert.deepEqual(await program.run(['token'], openai), { code: 0, out: 'sk-sandbox-openai\n', err: '' });
      const { out } = await program.run(['token', '--json'], openai);
      assert.deepEqual(parseJson(out), { token: 'sk-sandbox-openai', expiresAt: null });
    });

    it('prints an access token that is good, renewed where it has run out, and when it runs out', async () => {
      await signIn();
      const file = program.folder.at('home/.qwen/oauth_creds.json');
      const read = await program.folder.files.read(file);
      const before = parseJson(read.kind === 'text' ? read.text : '');
      program.folder.write({
        'home/.qwen/oauth_creds.json': { ...(isRecord(before) && before), expiry_date: Date.now() },
      });
      const printed = parseJson((await program.run(['token', '--json'])).out);

      const expiresAt = Date.parse(stringIn(printed, 'expiresAt') ?? '');
      assert.ok(expiresAt > Date.now());
      assert.notEqual(stringIn(printed, 'token'), stringIn(before, 'access_token'));
      assert.equal(refreshes(), 1);
      // It stays the same while it is good.
      assert.equal((await program.run(['token'])).out.trim(), stringIn(printed, 'token'));
    });

    it('says that a server needs none', async () => {
      const local = { OPENAI_BASE_URL: `${sandbox.origin}/local/v1`, OPENAI_MODEL: 'qwen3:8b' };
      const { code, out, err } = await program.run(['token'], local);

      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^\S* ?Requests to 127\.0\.0\.1:\d+ are sent without a key, so there is none to print\.$/m);
    });
  });
});

describe('a key from a secret manager', function () {
  if (process.platform === 'win32') return;

  let sandbox: Sandbox;
  let program: CommandLineProgram;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    program = createCommandLineProgram();
  });
  afterEach(async () => {
    program.remove();
    await sandbox.stop();
  });

  const environment = () => ({
    OPENAI_BASE_URL: `${sandbox.origin}/openai/v1`,
    OPENAI_MODEL: 'gpt-4o',
    OPENAI_API_KEY: 'sk-of-the-environment',
  });
  const settings = (command: readonly string[]) => ({
    $version: 4,
    keyCommand: { [`${sandbox.origin}/openai/v1`]: command },
  });

  it('goes before the environment, and is named by its command alone', async () => {
    program.folder.write({ 'home/.qwen/settings.json': settings(['printf', '%s', 'sk-sandbox-openai']) });
    const { code, out, err } = await program.run(['test'], environment());
    const explained = await program.run(['explain'], environment());

    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Hello from gpt-4o/);
    assert.equal(sandbox.requests.at(-1)?.headers.authorization, 'Bearer sk-sandbox-openai');
    assert.match(explained.out, /\*\*Key\*\*: `what the command prints`, from the command printf %s/);
    assert.match(explained.out, /shadows `…ment` from the environment variable OPENAI_API_KEY/);
  });

  it('is an error where the command fails, and the environment does not stand in for it', async () => {
    program.folder.write({
      'home/.qwen/settings.json': settings(['sh', '-c', 'echo "the vault is sealed" >&2; exit 9']),
    });
    const { code, err } = await program.run(['test'], environment());

    assert.equal(code, 1);
    assert.match(
      err,
      /keyCommand in .*settings\.json: sh, which is to print the key for .*, ended with 9: the vault is sealed\./,
    );
    assert.deepEqual(sandbox.requests, []);
  });

  it("is never asked for by a workspace's file", async () => {
    const file = program.folder.at('home/ran');
    program.folder.write({ 'home/project/.qwen/settings.json': settings(['touch', file]) });
    await program.run(['test'], environment());

    assert.equal((await program.folder.files.read(file)).kind, 'missing');
  });

  it('reaches a program through the gateway', async () => {
    program.folder.write({ 'home/.qwen/settings.json': settings(['printf', '%s', 'sk-sandbox-openai']) });
    const running = program.start(['serve', '--shell', 'json'], environment());
    const [text = ''] = await running.printed(/\{[^}]*\}/);
    const [baseUrl = '', token = ''] = ['OPENAI_BASE_URL', 'OPENAI_API_KEY'].map((name) =>
      stringIn(parseJson(text), name),
    );
    const body = chatWith('qwen-auth', 'Hi');
    const answer = await askGateway({ baseUrl, token: new Secret(token) }, { path: '/chat/completions', body });
    running.child.kill('SIGINT');
    await running.ended;

    assert.equal(answer.status, 200);
  });
});
