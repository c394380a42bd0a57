import assert from 'node:assert/strict';

import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import { type CommandLineProgram, createCommandLineProgram } from '../fakes/commandLineProgram';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { QUIET, QWEN } from './qwenCodeProcess';

describe('Qwen Code, run by qwen-auth', () => {
  let sandbox: Sandbox;
  let program: CommandLineProgram;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0, interval: 0.1 });
    program = createCommandLineProgram({}, 'dist/cli.js');
  });
  afterEach(async () => {
    program.remove();
    await sandbox.stop();
  });

  const say = (environment: Readonly<Record<string, string>> = {}) =>
    program.run(['exec', '--', ...QWEN, '--auth-type', 'openai', '-p', 'hi'], { ...QUIET, ...environment });

  /** Model, URL and key as they went over the wire. */
  const onTheWire = () =>
    sandbox.requests
      .filter(({ method }) => method === 'POST')
      .map((request) => ({
        model: stringIn(request.json, 'model'),
        url: `${sandbox.origin}${request.path}`,
        key: /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1],
      }));

  const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
  const SETUPS = {
    'a .qwen/.env with the names of today': () => ({
      'home/project/.qwen/.env': lines(
        'OPENAI_API_KEY="sk-sandbox-openai"',
        `OPENAI_BASE_URL=${sandbox.origin}/openai/v1/`,
        'OPENAI_MODEL=gpt-4o',
      ),
    }),
    'a .env with the older names, which it does not know itself': () => ({
      'home/project/.env': lines(
        'LLAMA_API_KEY=sk-sandbox-beijing',
        `LLAMA_API_BASE_URL=${sandbox.origin}/bailian/beijing/v1`,
        'LLAMA_API_MODEL=kimi-k3',
      ),
    }),
    'settings of its own': () => ({
      'home/.qwen/settings.json': {
        $version: 4,
        modelProviders: {
          openai: [{ id: 'qwen3-coder-plus', envKey: 'PLAN_KEY', baseUrl: `${sandbox.origin}/coding/china/v1` }],
        },
        security: { auth: { selectedType: 'openai' } },
        model: { name: 'qwen3-coder-plus' },
        env: { PLAN_KEY: 'sk-sp-sandbox-china' },
      },
    }),
  };
  for (const [title, files] of Object.entries(SETUPS)) {
    it(`sends the model, address and key that status names, from ${title}`, async () => {
      program.folder.write(files());
      const status = parseJson((await program.run(['status', '--json'])).out);
      const variables = parseJson((await program.run(['env', '--shell', 'json'])).out);
      const { code, out, err } = await say();

      assert.equal(code, 0, err);
      assert.equal(out.trim(), `Hello from ${stringIn(status, 'model')} in the sandbox. You said: hi`);
      const [sent] = onTheWire();
      assert.deepEqual(sent, {
        model: stringIn(status, 'model'),
        url: `${stringIn(status, 'baseUrl')}/chat/completions`,
        key: stringIn(variables, 'OPENAI_API_KEY'),
      });
      assert.equal(isRecord(status) && stringIn(status['key'], 'last4'), sent?.key?.slice(-4));
    });
  }

  it('takes a sign-in of qwen-auth as a key, and leaves the file of it alone', async () => {
    const login = program.startInTerminal([
      'login',
      '--issuer',
      sandbox.origin,
      '--client-id',
      'qwen-auth-sandbox',
      '--no-browser',
    ]);
    const [, userCode = ''] = await login.printed(/approve the code (\S+)\. /);
    sandbox.approve(userCode);
    await login.ended;
    const credentials = () => program.folder.files.read(program.folder.at('home/.qwen/oauth_creds.json'));
    const before = await credentials();
    const { code, out, err } = await say();

    assert.equal(code, 0, err);
    assert.equal(out.trim(), 'Hello from coder-model in the sandbox. You said: hi');
    assert.deepEqual(await credentials(), before);
  });

  it('keeps its exit code when the server refuses the key', async () => {
    const { code, err } = await say({
      OPENAI_API_KEY: 'sk-wrong-0123456789',
      OPENAI_BASE_URL: `${sandbox.origin}/openai/v1`,
      OPENAI_MODEL: 'gpt-4o',
    });

    assert.equal(code, 1);
    assert.match(err, /401/);
  });
});
