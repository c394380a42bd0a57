import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';

import { isRecord, parseJson } from '../../../src/core/base/json';
import { type CommandLineProgram, createCommandLineProgram } from '../../fakes/commandLineProgram';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox';
import { skip } from '../../skip';

describe('qwen-auth', () => {
  let sandbox: Sandbox;
  let program: CommandLineProgram;
  let openai: Readonly<Record<'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL', string>>;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
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

  const dotenv = (variables: Readonly<Record<string, string>>): string =>
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');

  it('tells scripts what is in effect, and from where', async () => {
    program.folder.write({ 'home/project/.qwen/.env': dotenv(openai) });

    const { code, out } = await program.run(['status', '--json']);

    const file = program.folder.at('home/project/.qwen/.env');
    const from = (name: string, line: number) => ({ kind: 'dotenv', name, file, line });
    assert.equal(code, 0);
    assert.deepEqual(parseJson(out), {
      state: 'signedIn',
      method: 'api-key',
      verified: false,
      model: 'gpt-4o',
      baseUrl: openai.OPENAI_BASE_URL,
      key: { present: true, last4: 'enai' },
      sources: { model: from('OPENAI_MODEL', 3), baseUrl: from('OPENAI_BASE_URL', 2), key: from('OPENAI_API_KEY', 1) },
      problems: [],
    });
  });

  it('tells people the same, without the key', async () => {
    const { code, out } = await program.runHere(['status'], openai);

    assert.equal(code, 0);
    assert.match(out, /^state +signedIn, not verified$/m);
    assert.match(out, /^model +gpt-4o +the environment variable OPENAI_MODEL$/m);
    assert.match(out, /^key +…enai +the environment variable OPENAI_API_KEY$/m);
    assert.doesNotMatch(out, /sk-sandbox-openai/);
  });

  it('lists models, the one in use with a star', async () => {
    program.folder.write({
      'home/.qwen/settings.json': {
        modelProviders: { openai: [{ id: 'qwen3:8b', baseUrl: `${sandbox.origin}/local/v1` }] },
      },
    });

    const { code, out } = await program.runHere(['models'], openai);

    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/).map((cell) => cell.trim())),
      [
        ['', 'qwen3:8b', `${sandbox.origin}/local/v1`],
        ['*', 'gpt-4o', openai.OPENAI_BASE_URL],
      ],
    );
  });

  it('prints the variables for a shell', async () => {
    const { code, out } = await program.runHere(['env'], openai);

    assert.equal(code, 0);
    assert.equal(
      out,
      Object.entries(openai)
        .map(([name, value]) => `export ${name}='${value}'\n`)
        .join(''),
    );
  });

  it('prints them as JSON', async () => {
    const { out } = await program.runHere(['env', '--shell', 'json'], openai);

    assert.deepEqual(parseJson(out), openai);
  });

  it('runs a command with the variables, and keeps its exit code', async () => {
    const script = 'console.log(process.env.OPENAI_API_KEY, process.env.OPENAI_MODEL); process.exit(7)';
    const { code, out, err } = await program.run(['exec', '--', process.execPath, '-e', script], openai);

    assert.deepEqual([code, out, err], [7, 'sk-sandbox-openai gpt-4o\n', '']);
  });

  it('gives a server without keys none of those that lie about', async () => {
    program.folder.write({
      'home/.qwen/settings.json': {
        modelProviders: { openai: [{ id: 'qwen3:8b', envKey: 'LOCAL_KEY', baseUrl: `${sandbox.origin}/local/v1` }] },
        model: { name: 'qwen3:8b' },
      },
    });

    const { out } = await program.runHere(['env', '--shell', 'json'], { OPENAI_API_KEY: 'sk-of-another-server-1' });

    assert.deepEqual(parseJson(out), {
      LOCAL_KEY: 'none',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: `${sandbox.origin}/local/v1`,
      OPENAI_MODEL: 'qwen3:8b',
    });
  });

  describe('where the settings of Qwen Code list another server, without a key for it', () => {
    const OTHER = { id: 'other', baseUrl: 'https://elsewhere.example.com/v1', envKey: 'UNSET' };
    const listed = (...entries: readonly object[]) =>
      program.folder.write({ 'home/.qwen/settings.json': { modelProviders: { openai: [...entries, OTHER] } } });

    for (const args of [['env'], ['exec', '--', 'true']]) {
      it(`gives no key away, and says how to go on: ${args[0]}`, async () => {
        listed();
        const { code, out, err } = await program.runHere(args, openai);

        assert.deepEqual([code, out], [1, '']);
        assert.match(
          err,
          /^Qwen Code would mix up other at elsewhere\.example\.com, from .*settings\.json, with gpt-4o at/,
        );
        assert.match(err, /the key of one would go to the other\. Give each of them an entry .*\n$/);
      });
    }

    it('gives the key in the variable of its own entry alone, and says so', async () => {
      listed({ id: 'gpt-4o', baseUrl: openai.OPENAI_BASE_URL, envKey: 'OWN_KEY' });
      const { code, out, err } = await program.runHere(['env', '--shell', 'json'], {
        OWN_KEY: openai.OPENAI_API_KEY,
        OPENAI_MODEL: 'gpt-4o',
      });

      assert.deepEqual([code, parseJson(out)], [0, { OWN_KEY: openai.OPENAI_API_KEY, OPENAI_MODEL: 'gpt-4o' }]);
      assert.match(
        err,
        /^Only OWN_KEY and OPENAI_MODEL are set, without OPENAI_API_KEY\. Qwen Code would mix up other/,
      );
    });

    it('writes no name that a shell would obey', async () => {
      const envKey = 'KEY; touch /tmp/no';
      listed({ id: 'gpt-4o', baseUrl: openai.OPENAI_BASE_URL, envKey });
      const { code, out, err } = await program.runHere(['env'], openai);

      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /That is no name for a variable\.\n$/);
    });
  });

  it('passes signals on to the command', async () => {
    const script = "process.on('SIGTERM', () => process.exit(9)); console.log('ready'); setInterval(() => {}, 1000)";
    const running = program.start(['exec', '--', process.execPath, '-e', script], openai);
    await running.printed(/ready/);
    running.child.kill('SIGTERM');

    assert.equal((await running.ended).code, 9);
  });

  it('leaves Ctrl+C to the terminal, also where the input is no terminal', async function () {
    if (process.platform === 'win32') skip(this, 'Windows has no terminal of its own for a program');
    // What was passed on to it comes before the SIGTERM that it asks for then.
    const script =
      "let n = 0; process.on('SIGINT', () => { if (++n === 1) process.kill(process.ppid, 'SIGTERM'); });" +
      "process.on('SIGTERM', () => { console.log(`Ctrl+C: ${n}`); process.exit(); });" +
      "console.log('ready'); setInterval(() => {}, 1000)";
    const inner = [process.execPath, path.resolve('out/cli/cli.js'), 'exec', '--', process.execPath, '-e', script];
    const running = program.startInTerminal(['exec', '--', 'sh', '-c', '"$@" </dev/null', 'sh', ...inner], openai);
    await running.printed(/ready/);
    running.child.stdin?.write('\u0003');

    assert.match((await running.ended).out, /Ctrl\+C: 1\r?\n/);
  });

  it('ends as a shell would when a signal ends the command', async () => {
    const { code } = await program.run(
      ['exec', '--', process.execPath, '-e', "process.kill(process.pid, 'SIGKILL')"],
      openai,
    );

    assert.equal(code, 128 + 9);
  });

  it('says when there is no such command', async () => {
    const { code, err } = await program.run(['exec', '--', 'qwen-auth-no-such-program'], openai);

    assert.deepEqual([code, err], [127, 'There is no program qwen-auth-no-such-program to run.\n']);
  });

  for (const name of ['', './text/below', 'text'])
    it(`says so of ${JSON.stringify(name)}, by which no program is found`, async () => {
      program.folder.write({ 'home/project/text': 'no program\n' });
      const { code, err } = await program.run(['exec', '--', name], openai);

      assert.deepEqual([code, err], [127, `There is no program ${name} to run.\n`]);
    });

  it('says with 126 that a program cannot be executed', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    program.folder.write({
      'home/project/script': '#!/no/such/shell\n',
      'home/project/below': '#!/etc/passwd/shell\n',
      'home/project/text': 'no program\n',
    });
    for (const name of ['script', 'below']) chmodSync(program.folder.at(`home/project/${name}`), 0o755);
    symlinkSync('loop', program.folder.at('home/project/loop'));

    for (const [file, why] of [
      ['./text', 'it may not be executed, or is a folder'],
      ['.', 'it may not be executed, or is a folder'],
      ['./script', 'the program that its first line names is missing'],
      ['./below', 'the program that its first line names is missing'],
      ['./loop', 'its links lead in a circle'],
    ] as const) {
      const { code, err } = await program.run(['exec', '--', file], openai);
      assert.deepEqual([code, err], [126, `${file} cannot be run: ${why}.\n`]);
    }
  });

  it('says with 126 that a program is being written', async function () {
    if (process.platform !== 'linux') skip(this, 'needs Linux');
    const file = program.folder.at('home/project/program');
    copyFileSync('/bin/true', file);
    const writing = openSync(file, 'r+');
    const { code, err } = await program.run(['exec', '--', './program'], openai);
    closeSync(writing);

    assert.deepEqual([code, err], [126, './program cannot be run: it is being written.\n']);
  });

  it('says that a device is full', async function () {
    if (!existsSync('/dev/full')) skip(this, 'needs /dev/full');
    const command = '"$0" "$1" --help >/dev/full';
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, 'out/cli/cli.js'], {
      encoding: 'utf8',
    });

    assert.deepEqual([status, stderr], [1, 'Standard output cannot be written: no space is left on its device.\n']);
  });

  it('keeps the key out of every argument that others can see', async function () {
    if (process.platform !== 'linux') skip(this, 'needs Linux');
    const script = "console.log('ready'); process.stdin.resume(); setInterval(() => {}, 1000)";
    const key = ['--openai-api-key', openai.OPENAI_API_KEY];
    const running = program.start([...key, '--model', 'gpt-4o', 'exec', '--', process.execPath, '-e', script]);
    await running.printed(/ready/);
    const seen = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => commandOf(pid))
      .filter((command) => command.includes(openai.OPENAI_API_KEY));
    running.child.kill('SIGTERM');
    await running.ended;

    assert.deepEqual(seen, []);
  });

  it('streams an answer, and says how long it took, who gave it and where everything came from', async () => {
    const { code, out } = await program.run(['test'], openai);

    assert.equal(code, 0);
    assert.match(out, /^Hello from gpt-4o in the sandbox\..*\n\n/);
    assert.match(out, /^model +gpt-4o +the environment variable OPENAI_MODEL$/m);
    assert.match(
      out,
      new RegExp(`^host +${new URL(sandbox.origin).host} +the environment variable OPENAI_BASE_URL$`, 'm'),
    );
    assert.match(out, /^first token +\d+ ms$/m);
    assert.match(sandbox.requests[0]?.headers['user-agent'] ?? '', /^QwenAuth\/\d/);
  });

  it('says beside the answer what the server does not take', async () => {
    const body = '{"error":{"message":"stream_options is not supported"}}';
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 400, body } });
    const { code, out, err } = await program.runHere(['test'], openai);

    assert.equal(code, 0);
    assert.match(out, /^Hello from gpt-4o/);
    assert.match(err, /does not take "stream_options" with gpt-4o.* It said: stream_options is not supported\n$/);
  });

  it('says what the server refused, and shows no key', async () => {
    const { code, out, err } = await program.runHere(['test'], { ...openai, OPENAI_API_KEY: 'sk-wrong-0123456789' });

    assert.deepEqual([code, out], [1, '']);
    assert.match(
      err,
      /refused the API key that ends in 6789 \(401\)\. The key comes from the environment variable OPENAI_API_KEY/,
    );
    assert.doesNotMatch(err, /sk-wrong/);
  });

  it('sends no reference in the place of a key, and says why', async () => {
    const env = { OPENAI_API_KEY: '$SECRET', OPENAI_BASE_URL: openai.OPENAI_BASE_URL, OPENAI_MODEL: 'gpt-4o' };
    program.folder.write({ 'home/project/.qwen/settings.json': { env } });

    const [test, explained] = await Promise.all([
      program.runHere(['test'], { SECRET: 'sk-sandbox-openai' }),
      program.runHere(['explain']),
    ]);

    const why =
      /env\.OPENAI_API_KEY in .*\.qwen\/settings\.json, line 3, refers to another variable, which a workspace may not read/;
    assert.equal(test.code, 1);
    assert.match(test.err, why);
    assert.match(explained.out, why);
    assert.deepEqual(sandbox.requests, []);
  });

  it('explains what wins, what that shadows, and where was looked', async () => {
    program.folder.write({ 'home/project/.env': dotenv({ OPENAI_API_KEY: 'sk-from-the-file-123456', DEBUG: '1' }) });

    const { code, out } = await program.runHere(['explain', '--model', 'gpt-4o-mini'], openai);

    assert.equal(code, 0);
    assert.match(out, /\*\*Model\*\*: `gpt-4o-mini at .*`, from the argument --model, given with the command/);
    assert.match(out, /shadows `gpt-4o at .*` from the environment variable OPENAI_MODEL/);
    assert.match(out, /\*\*Key\*\*: `…enai`, from the environment variable OPENAI_API_KEY/);
    assert.match(out, /shadows `…3456` from OPENAI_API_KEY in .*home\/project\/\.env, line 1/);
    assert.match(out, /home\/project\/\.qwen\/\.env`: not found\n.*home\/project\/\.env`: found, and the only one/);
    assert.doesNotMatch(out, /sk-/);
  });

  it('uses and explains the settings for everybody on the computer, and says nothing of those that are not there', async () => {
    const { OPENAI_API_KEY, OPENAI_BASE_URL: baseUrl } = openai;
    const list = (id: string) => ({ openai: [{ id, baseUrl }] });
    program.folder.write({
      'etc/settings.json': { env: { OPENAI_API_KEY }, model: { name: 'gpt-4o' }, modelProviders: list('gpt-4o') },
      'home/.qwen/settings.json': { model: { name: 'gpt-4o-mini' }, modelProviders: list('gpt-4o-mini') },
    });
    const environment = { QWEN_CODE_SYSTEM_SETTINGS_PATH: program.folder.at('etc/settings.json') };

    const [test, { out }] = await Promise.all([
      program.runHere(['test'], environment),
      program.runHere(['explain'], environment),
    ]);

    assert.equal(test.code, 0, test.err);
    assert.match(out, /\*\*Model\*\*: `gpt-4o at .*`, from modelProviders in .*etc\/settings\.json, line \d+/);
    assert.match(out, /\*\*Key\*\*: `…enai`, from env\.OPENAI_API_KEY in .*etc\/settings\.json/);
    assert.match(out, /etc\/settings\.json`: read\n.*home\/project\/\.qwen\/settings\.json`: not found/);
    assert.doesNotMatch(out, /system-defaults|gpt-4o-mini/);
  });

  for (const args of [[], ['status'], ['models'], ['env'], ['exec', '--', 'true'], ['limits'], ['test']]) {
    it(`names the variables to set, once, where nothing is configured: ${args[0] ?? 'no command'}`, async () => {
      const { code, err } = await program.runHere(args);

      assert.equal(code, 1);
      assert.match(
        err,
        /^No key is configured: set OPENAI_API_KEY, .*OPENAI_BASE_URL.*OPENAI_MODEL.*LLAMA_API_KEY.*\n$/,
      );
    });
  }

  it('is not to be signed in to where nobody is at a terminal', async () => {
    const { code, err } = await program.runHere([
      'login',
      '--issuer',
      sandbox.origin,
      '--client-id',
      'qwen-auth-sandbox',
    ]);

    assert.equal(code, 1);
    assert.match(
      err,
      /^Signing in with a code needs a person at a terminal, and there is none\. .*OPENAI_API_KEY.*\n$/,
    );
    assert.equal(sandbox.requests.length, 0);
  });

  it('has no token to print where a server of this machine is asked without a key', async () => {
    const local = { OPENAI_BASE_URL: `${sandbox.origin}/local/v1`, OPENAI_MODEL: 'qwen3:8b' };
    const { code, out, err } = await program.run(['token'], local);

    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /Requests to 127\.0\.0\.1:\d+ are sent without a key, so there is none to print\./);
    assert.doesNotMatch(err, /No model is named|No key is/);
  });

  it('says which variable is missing where a model is named without a key', async () => {
    program.folder.write({
      'home/.qwen/settings.json': {
        modelProviders: { openai: [{ id: 'm', envKey: 'MY_KEY', baseUrl: 'https://models.example.com/v1' }] },
      },
    });
    const { code, err } = await program.runHere(['env']);

    assert.deepEqual(
      [code, err],
      [1, 'No key is known for models.example.com: set MY_KEY, or give --openai-api-key.\n'],
    );
  });

  it('asks the server for a model where nobody names one', async () => {
    const { OPENAI_MODEL: _, ...unnamed } = openai;

    const [status, env] = await Promise.all([
      program.runHere(['status', '--json'], unnamed),
      program.runHere(['env', '--shell', 'json'], unnamed),
    ]);

    const report = parseJson(status.out);
    assert.equal(status.code, 0, status.err);
    assert.match(status.out, /"kind": "catalogue",\s+"name": "127\.0\.0\.1:\d+\/models"/);
    assert.deepEqual(parseJson(env.out), { ...openai, OPENAI_MODEL: isRecord(report) && report['model'] });
  });

  it('sends no key to a server that a file of the folder names, to ask for a model', async () => {
    program.folder.write({ 'home/project/.env': dotenv({ OPENAI_BASE_URL: openai.OPENAI_BASE_URL }) });

    const { code, err } = await program.runHere(['status'], { OPENAI_API_KEY: openai.OPENAI_API_KEY });

    assert.equal(code, 1);
    assert.match(err, /^This workspace wants to send your key that ends in enai .* with --allow-workspace if/);
    assert.deepEqual(sandbox.requests, []);
  });

  it('sends it there to ask for a model once that is allowed', async () => {
    program.folder.write({ 'home/project/.env': dotenv({ OPENAI_BASE_URL: openai.OPENAI_BASE_URL }) });

    const { code, err } = await program.runHere(['--allow-workspace', 'env'], {
      OPENAI_API_KEY: openai.OPENAI_API_KEY,
    });

    assert.deepEqual([code, err], [0, '']);
  });

  for (const [what, key, baseUrl, why] of [
    [
      'the key is refused',
      'sk-wrong-0123456789',
      undefined,
      /^127\.0\.0\.1:\d+ refused the API key that ends in 6789 \(401\)\./,
    ],
    ['the server is dead', 'sk-sandbox-openai', 'http://127.0.0.1:9/v1', /^The connection to 127\.0\.0\.1:9 failed\./],
  ] as const) {
    it(`says why no model is known where ${what}`, async () => {
      const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl ?? openai.OPENAI_BASE_URL };

      const [status, test] = await Promise.all([
        program.runHere(['status'], environment),
        program.runHere(['test'], environment),
      ]);

      for (const { err } of [status, test]) {
        assert.match(err, why);
        assert.doesNotMatch(err, /No model is named/);
      }
    });
  }

  it('says that the model is missing where the address does not tell', async () => {
    const { code, err } = await program.runHere(['--openai-base-url', 'https://models.example.com/v1', 'env']);

    assert.deepEqual(
      [code, err],
      [1, 'No model is named, and the address does not tell: set OPENAI_MODEL, or give --model.\n'],
    );
  });

  it('says that somebody is signed in also where the server does not say which models it has', async () => {
    const api = `${sandbox.origin}/nowhere/v1`;
    program.folder.write({
      'home/.qwen/oauth_creds.json': {
        access_token: 'access-token-0123456789',
        expiry_date: Date.now() + 3_600_000,
        issuer: 'https://login.example.com',
        token_endpoint: 'https://login.example.com/token',
        client_id: 'the-client',
        base_url: api,
      },
    });
    const missing = `No model is known at ${new URL(api).host}, where you are signed in: give --model.\n`;

    const [status, env, named] = await Promise.all([
      program.runHere(['status']),
      program.runHere(['env']),
      program.runHere(['--model', 'mine', 'status']),
    ]);

    assert.match(status.out, /^state +signedIn\nkey +present\n$/);
    assert.deepEqual([status.code, status.err, env.code, env.err], [1, missing, 1, missing]);
    assert.deepEqual([named.code, named.err], [0, '']);
  });

  for (const [what, files, environment, problem] of [
    ['is broken', { 'home/.qwen/oauth_creds.json': 'no json' }, {}, 'does not hold a JSON object'],
    [
      'a file of the folder wants',
      { 'home/project/.env': 'OPENAI_BASE_URL=https://llm.example.com/v1\nOPENAI_MODEL=m\n' },
      { OPENAI_API_KEY: 'sk-0123456789' },
      'wants to send your key',
    ],
  ] as const) {
    it(`says once what ${what}, and to scripts with all that is in effect`, async () => {
      program.folder.write(files);

      const [people, scripts] = await Promise.all([
        program.runHere(['status'], environment),
        program.runHere(['status', '--json'], environment),
      ]);

      assert.equal((people.out + people.err).split(problem).length - 1, 1, people.out + people.err);
      assert.ok(people.err.includes(problem));
      assert.ok(scripts.out.includes(problem));
    });
  }

  it('says what is broken before what is missing', async () => {
    program.folder.write({ 'home/project/.env/file': '', 'home/.qwen/oauth_creds.json': 'no json' });
    const { code, err } = await program.runHere(['env']);

    assert.equal(code, 1);
    assert.match(err, /oauth_creds\.json does not hold a JSON object.*\.env is a folder.*No key is configured/);
  });

  it('does not send a key of the person where a file of the folder says', async () => {
    program.folder.write({ 'home/project/.env': dotenv({ OPENAI_BASE_URL: openai.OPENAI_BASE_URL }) });
    const { code, out, err } = await program.runHere(['env'], {
      OPENAI_API_KEY: openai.OPENAI_API_KEY,
      OPENAI_MODEL: 'gpt-4o',
    });

    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /wants to send your key that ends in enai to 127\.0\.0\.1.*--allow-workspace/s);
  });

  it('sends it once where that is allowed for one run', async () => {
    program.folder.write({ 'home/project/.env': dotenv({ OPENAI_BASE_URL: openai.OPENAI_BASE_URL }) });
    const environment = { OPENAI_API_KEY: openai.OPENAI_API_KEY, OPENAI_MODEL: 'gpt-4o' };
    const allowed = await program.runHere(['--allow-workspace', 'test'], environment);
    const after = await program.runHere(['test'], environment);

    assert.deepEqual([allowed.code, after.code], [0, 1]);
  });

  describe('where a workspace names a variable that is no provider’s', () => {
    const environment = { GITHUB_TOKEN: 'sk-sandbox-openai', CI: 'true' };

    beforeEach(() => {
      const entry = { id: 'gpt-4o', baseUrl: openai.OPENAI_BASE_URL, envKey: 'GITHUB_TOKEN' };
      program.folder.write({ 'home/project/.qwen/settings.json': { modelProviders: { openai: [entry] } } });
    });

    it('sends nothing until its name is said', async () => {
      const { code, err } = await program.runHere(['--allow-workspace', 'test'], environment);

      assert.equal(code, 1);
      assert.match(
        err,
        /key that ends in enai to 127\.0\.0\.1.* comes from the environment variable GITHUB_TOKEN, the address/,
      );
      assert.match(err, /with --allow-workspace=GITHUB_TOKEN if that is right/);
    });

    it('sends it once its name is said', async () => {
      const { code } = await program.runHere(['--allow-workspace=GITHUB_TOKEN', 'test'], environment);

      assert.equal(code, 0);
    });

    it('sends nothing where another name is said', async () => {
      const { code } = await program.runHere(['--allow-workspace=OPENAI_API_KEY', 'test'], environment);

      assert.equal(code, 1);
    });

    it('asks the person twice', async function () {
      if (process.platform === 'win32') skip(this, 'not on Windows');
      const asking = program.startInTerminal(['test'], environment);
      await asking.printed(/Allow it from now on\? \[y\/N\]/);
      asking.child.stdin?.write('y\n');
      await asking.printed(
        /GITHUB_TOKEN is no variable for the key of a model provider.*Send GITHUB_TOKEN\? \[y\/N\]/s,
      );
      asking.child.stdin?.write('n\n');
      asking.child.stdin?.end();

      assert.equal((await asking.ended).code, 1);
    });
  });

  it('says that its folder is gone', function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    const command = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" status';
    const args = ['-c', command, process.execPath, path.resolve('out/cli/cli.js')];
    const { status, stderr } = spawnSync('sh', args, { cwd: program.folder.at('home'), encoding: 'utf8' });

    assert.deepEqual(
      [status, stderr],
      [1, 'The folder that you are in does not exist any more. Go to another one, and try again.\n'],
    );
  });

  it('does not repeat what is no name of a variable', async () => {
    const { code, err } = await program.runHere(['--allow-workspace=sk-0123456789', 'test']);

    assert.equal(code, 2);
    assert.match(err, /^--allow-workspace= takes names of variables, and never a key\./);
  });

  it('asks the person for that where there is one, and remembers a yes', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    program.folder.write({ 'home/project/.env': dotenv({ OPENAI_BASE_URL: openai.OPENAI_BASE_URL }) });
    const environment = { OPENAI_API_KEY: openai.OPENAI_API_KEY, OPENAI_MODEL: 'gpt-4o' };
    const asking = program.startInTerminal(['test'], environment);
    await asking.printed(/your key that ends in enai to .*OPENAI_BASE_URL in .*\.env, line 1.*\[y\/N\]/s);
    asking.child.stdin?.write('y\n');
    await asking.printed(/Hello from gpt-4o/);
    asking.child.stdin?.end();
    await asking.ended;

    const file = program.folder.at('home/.qwen/qwen-auth.json');
    assert.equal((await program.runHere(['test'], environment)).code, 0);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(file, 'utf8'), /sk-sandbox|127\.0\.0\.1/);
    assert.match((await program.runHere(['logout'], environment)).out, /^Forgotten: 1 permission to send a key\.\n$/);
    assert.equal((await program.runHere(['test'], environment)).code, 1);
  });

  for (const [answer, typed, expected] of [
    ['says no', '\n', 1],
    ['says nothing more', '\u0004', 1],
    ['calls it off', '\u0003', 130],
  ] as const) {
    it(`sends nothing where the person ${answer}`, async function () {
      if (process.platform === 'win32') skip(this, 'not on Windows');
      program.folder.write({ 'home/project/.env': dotenv({ OPENAI_BASE_URL: openai.OPENAI_BASE_URL }) });
      const asking = program.startInTerminal(['test'], {
        OPENAI_API_KEY: openai.OPENAI_API_KEY,
        OPENAI_MODEL: 'gpt-4o',
      });
      await asking.printed(/\[y\/N\]/);
      asking.child.stdin?.write(typed);

      assert.equal((await asking.ended).code, expected);
      assert.equal(sandbox.requests.length, 0);
    });
  }

  for (const [args, sentence] of [
    [['nonsense'], /There is no such command\. The commands are status, /],
    [['--nonsense'], /Unknown option '--nonsense'\./],
    [['status', 'sk-0123456789abcdef'], /status takes no more words\./],
    [['status', '--shell', 'sh'], /status has no option --shell\./],
    [['env', '--shell', 'tcsh'], /--shell must be one of sh, fish, powershell, json\./],
    [['exec'], /Name the command to run: qwen-auth exec -- <command…>\./],
    [['status', '--', 'true'], /Only exec runs a command\./],
    [['login', '--issuer', 'https://example.com'], /--issuer needs --client-id/],
    [['--model'], /argument missing/],
    [['serve', '--port', '70000'], /--port must be a number up to 65535\./],
    [['env', '--gateway'], /env has no option --gateway\./],
    [['--openai-api-key', ''], /--openai-api-key is empty\./],
    [['--openai-base-url', 'not an address'], /is not a web address/],
  ] as const) {
    it(`does not guess what is meant by ${args.join(' ')}`, async () => {
      const { code, out, err } = await program.runHere(args);

      assert.deepEqual([code, out], [2, '']);
      assert.match(err, sentence);
      assert.doesNotMatch(err, /sk-0123456789abcdef/);
    });
  }

  it('prints help and version', async () => {
    const manifest = parseJson(readFileSync('package.json', 'utf8'));
    const help = await program.run(['--help']);
    const version = await program.run(['--version']);

    assert.equal(help.code, 0);
    for (const command of [
      'status',
      'models',
      'env',
      'exec',
      'serve',
      'token',
      'limits',
      'test',
      'explain',
      'login',
      'logout',
    ]) {
      assert.match(help.out, new RegExp(`^  ${command} `, 'm'));
    }
    assert.deepEqual([version.code, version.out.trim()], [0, isRecord(manifest) ? manifest['version'] : '']);
  });
});

function commandOf(pid: string): readonly string[] {
  try {
    return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
  } catch {
    return [];
  }
}
