import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';

import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import {
  type CommandLineProgram,
  createCommandLineProgram,
  type Ended,
  type Running,
} from '../fakes/commandLineProgram';
import { type OidcProvider, oidcClientId, startOidcProvider } from '../oidcProvider';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

const TOKEN = '/api/v1/oauth2/token';

describe('qwen-auth login', function () {
  if (process.platform === 'win32') return;

  let sandbox: Sandbox;
  let program: CommandLineProgram;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0, interval: 0.1 });
    program = createCommandLineProgram();
  });
  afterEach(async () => {
    program.remove();
    await sandbox.stop();
  });

  const LOGIN = (): readonly string[] => ['login', '--issuer', sandbox.origin, '--client-id', 'qwen-auth-sandbox'];
  const file = (): string => program.folder.at('home/.qwen/oauth_creds.json');
  const credentials = (): unknown => parseJson(readFileSync(file(), 'utf8'));
  /** Signs in, with a person who approves the code that they see. */
  async function signIn(environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return await approve(program.startHere([...LOGIN(), '--no-browser'], environment));
  }
  async function approve(running: Running): Promise<Ended> {
    const [, userCode = ''] = await running.printed(/approve the code (\S+)\. /);
    sandbox.approve(userCode);
    return await running.ended;
  }
  /** The sign-in as it lies in the file, its access token due for renewal. */
  function expire(): void {
    const before = credentials();
    program.folder.write({
      'home/.qwen/oauth_creds.json': { ...(isRecord(before) && before), expiry_date: Date.now() },
    });
  }
  const refreshes = (): number => sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token').length;

  it('asks nobody to approve what could not be kept', async () => {
    program.folder.write({ 'home/.qwen': 'a file' });

    const { code, out } = await program.startHere([...LOGIN(), '--no-browser']).ended;

    assert.equal(code, 1);
    assert.ok(out.includes(`${file()} cannot be written: a file is in the place of a folder on the way to it.`));
    assert.deepEqual(sandbox.requests, []);
  });

  it('says which key goes before the sign-in', async () => {
    const { code, out } = await signIn({ OPENAI_API_KEY: 'sk-0123456789-abcd', OPENAI_MODEL: 'gpt-4o' });

    assert.equal(code, 0);
    assert.match(out, /not in use here: the key from the environment variable OPENAI_API_KEY goes before it/);
  });

  it('shows the code and its page, and keeps what was approved in the file of Qwen Code', async () => {
    const { code, out } = await approve(program.startInTerminal([...LOGIN(), '--no-browser']));

    assert.equal(code, 0);
    assert.match(out, new RegExp(`Open ${sandbox.origin}/authorize\\?user_code=\\S+&client=qwen-code`));
    assert.ok(out.includes(`Signed in at ${new URL(sandbox.origin).host}. The sign-in is kept in ${file()}.`));
    const kept = credentials();
    const names = 'access_token refresh_token expiry_date received_date resource_url issuer token_endpoint client_id';
    assert.deepEqual(isRecord(kept) && Object.keys(kept), names.split(' '));
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.equal(statSync(program.folder.at('home/.qwen')).mode & 0o777, 0o700);
    assert.equal(existsSync(program.folder.at('home/.qwen/oauth_creds.lock')), false);
  });

  it('keeps it where QWEN_HOME says, and explains that', async () => {
    const environment = { QWEN_HOME: program.folder.at('moved') };
    program.folder.write({ 'moved/.env': 'OPENAI_MODEL=unused' });
    await signIn(environment);

    const { out } = await program.runHere(['explain'], environment);

    assert.ok(out.includes(`In ${program.folder.at('moved/oauth_creds.json')}: Qwen OAuth`), out);
    assert.ok(out.includes(`\`${program.folder.at('moved/.env')}\`: found, and the only one that is read`), out);
    assert.ok(out.includes(`\`${program.folder.at('moved/settings.json')}\`: not found`), out);
    assert.ok(out.includes(`because \`QWEN_HOME\` is \`${environment.QWEN_HOME}\``), out);
    assert.equal(existsSync(program.folder.at('home/.qwen')), false);
  });

  it('signs the requests of every command from then on, in a terminal or not', async () => {
    await signIn();
    const [status, env, test] = await Promise.all([
      program.runHere(['status', '--json']),
      program.runHere(['env']),
      program.runHere(['test']),
    ]);

    const report = parseJson(status.out);
    const from = (name: string) => ({ kind: 'keychain', name, file: file() });
    assert.deepEqual(report, {
      state: 'signedIn',
      method: 'qwen-oauth',
      verified: true,
      model: 'coder-model',
      baseUrl: `${sandbox.origin}/v1`,
      key: { present: true },
      sources: {
        model: { kind: 'catalogue', name: 'Qwen OAuth' },
        baseUrl: from('resource_url of the sign-in'),
        key: from('qwen-oauth'),
      },
      problems: [],
    });
    assert.ok(env.out.includes(`export OPENAI_API_KEY='${stringIn(credentials(), 'access_token')}'`));
    assert.match(test.out, /^Hello from coder-model in the sandbox/);
  });

  it('opens the page where there is a screen', async () => {
    const opened = program.folder.at('home/opened');
    program.folder.write({ 'home/bin/xdg-open': '#!/bin/sh\nprintf %s "$1" > "$HOME/opened"\n' });
    chmodSync(program.folder.at('home/bin/xdg-open'), 0o755);
    const path = `${program.folder.at('home/bin')}:${process.env['PATH']}`;
    const running = program.startInTerminal(LOGIN(), { DISPLAY: ':0', PATH: path });
    const [, address, userCode = ''] = await running.printed(/Open (\S+)\s+and approve the code (\S+)\. /);
    sandbox.approve(userCode);
    await running.ended;

    assert.equal(readFileSync(opened, 'utf8'), address);
  });

  it('stores nothing where the person declines', async () => {
    const running = program.startHere([...LOGIN(), '--no-browser']);
    const [, userCode = ''] = await running.printed(/approve the code (\S+)\. /);
    sandbox.deny(userCode);
    const { code, out } = await running.ended;

    assert.equal(code, 1);
    assert.match(out, /The sign-in was declined at 127\.0\.0\.1/);
    assert.equal(existsSync(file()), false);
  });

  it('is called off by Ctrl+C', async () => {
    const running = program.startInTerminal([...LOGIN(), '--no-browser']);
    await running.printed(/approve the code/);
    running.child.stdin?.write('\u0003');
    const { code, out } = await running.ended;

    assert.equal(code, 130);
    assert.match(out, /Cancelled\./);
    assert.equal(existsSync(file()), false);
  });

  it('renews a token that is due, and tells the command', async () => {
    await signIn();
    expire();
    const { out } = await program.run(['exec', '--', 'printenv', 'OPENAI_API_KEY']);

    assert.equal(out.trim(), stringIn(credentials(), 'access_token'));
    assert.equal(refreshes(), 1);
  });

  it('renews it once where several programs need it at the same time', async () => {
    await signIn();
    expire();
    const ended = await Promise.all(Array.from({ length: 5 }, () => program.run(['env'])));

    assert.deepEqual(
      ended.map(({ code }) => code),
      [0, 0, 0, 0, 0],
    );
    assert.equal(new Set(ended.map(({ out }) => out)).size, 1);
    assert.equal(refreshes(), 1);
  });

  it('ends when the refresh token is dead, and says how to begin anew', async () => {
    await signIn();
    expire();
    sandbox.revokeAll();
    const first = await program.runHere(['env']);
    const second = await program.runHere(['status']);

    assert.deepEqual([first.code, second.code], [1, 1]);
    for (const { err } of [first, second])
      assert.match(err, /Your sign-in at 127\.0\.0\.1:\d+ has ended\. Run qwen-auth login\./);
    assert.equal(refreshes(), 1);
    assert.equal((await signIn()).code, 0);
    assert.equal((await program.runHere(['test'])).code, 0);
  });

  it('keeps the sign-in while the server is down', async () => {
    await signIn();
    expire();
    sandbox.faults.add({ on: TOKEN, reply: { status: 503, body: 'down' } });
    const down = await program.runHere(['env']);
    const after = await program.runHere(['env']);

    assert.deepEqual([down.code, after.code], [1, 0]);
    assert.match(down.err, /has a problem of its own right now \(503\)/);
  });

  it('is undone by logout, which says what was forgotten', async () => {
    await signIn();
    const { code, out } = await program.runHere(['logout', '--yes']);
    const again = await program.runHere(['logout', '--yes']);

    assert.equal(code, 0);
    assert.equal(out, `Forgotten: the sign-in at ${new URL(sandbox.origin).host} in ${file()}.\n`);
    assert.equal(existsSync(file()), false);
    assert.match(again.out, /^Nothing was stored/);
    assert.equal(sandbox.requests.filter(({ path }) => path.endsWith('/revoke')).length, 1);
  });

  it('says where the server could not be told of the logout', async () => {
    await signIn();
    sandbox.faults.add({ on: '/api/v1/oauth2/revoke', reply: { status: 503, body: '' } });
    const { code, out, err } = await program.runHere(['logout', '--yes']);

    assert.equal(code, 0);
    assert.match(out, /^Forgotten: the sign-in/);
    assert.match(err, /could not be told that you signed out\. .*\(503\)/);
  });

  it('needs a server with codes, and waits for nothing else', async () => {
    sandbox.behavior.grants = 'code';
    const { code, out } = await program.startHere([...LOGIN(), '--no-browser']).ended;

    assert.equal(code, 1);
    assert.match(out, /does not offer sign-in with a code/);
  });

  it('forgets a file that cannot be read, too', async () => {
    program.folder.write({ 'home/.qwen/oauth_creds.json': 'no json' });

    assert.match((await program.runHere(['logout', '--yes'])).out, /^Forgotten: the sign-in in /);
    assert.equal(existsSync(file()), false);
  });

  it('asks before a sign-in is deleted, and deletes none after a no', async () => {
    await signIn();
    const running = program.startInTerminal(['logout']);
    await running.printed(/This deletes the sign-in at 127\.0\.0\.1:\d+ in .*oauth_creds\.json.* Go on\? \[y\/N\]/s);
    running.child.stdin?.end('\n');

    assert.equal((await running.ended).code, 1);
    assert.equal(existsSync(file()), true);
  });

  it('deletes nothing where nobody is there to be asked', async () => {
    await signIn();
    const { code, err } = await program.runHere(['logout']);

    assert.equal(code, 1);
    assert.match(err, /Nobody is there to be asked: run it again with --yes\.\n$/);
    assert.equal(existsSync(file()), true);
  });

  it('asks before another one is replaced', async () => {
    await signIn();
    const running = program.startInTerminal([...LOGIN(), '--no-browser']);
    await running.printed(/You are signed in at 127\.0\.0\.1:\d+ already\. .* Go on\? \[y\/N\]/s);
    running.child.stdin?.write('y\n');

    assert.equal((await approve(running)).code, 0);
  });

  it('says which key is still in effect afterwards', async () => {
    const { err } = await program.runHere(['logout'], { OPENAI_API_KEY: 'sk-sandbox-openai' });

    assert.equal(err, 'Still in use is the key from the environment variable OPENAI_API_KEY.\n');
  });
});

// Nothing here is Qwen's dialect: an authorization server that nobody here wrote, and an API beside it.
describe("qwen-auth login at other people's server", function () {
  if (process.platform === 'win32') return;

  let provider: OidcProvider;
  let sandbox: Sandbox;
  let program: CommandLineProgram;

  before(async () => {
    provider = await startOidcProvider({ allowedScopes: ['openid', 'offline_access'] });
    sandbox = await startSandbox({ chunkGap: 0 });
  });
  after(async () => {
    await provider.stop();
    await sandbox.stop();
  });
  beforeEach(() => {
    program = createCommandLineProgram();
  });
  afterEach(() => program.remove());

  const login = (...more: readonly string[]): readonly string[] =>
    ['login', '--issuer', provider.issuer, '--client-id', oidcClientId, '--no-browser'].concat(more);
  const api = (): readonly string[] => ['--api', `${sandbox.origin}/local/v1`];
  /** Signs in, with a person who approves the code that they read in the output. */
  async function signIn(running: Running): Promise<Ended> {
    const [, userCode = ''] = await running.printed(/approve the code (\S+)\.\s/);
    await provider.approveDevice(userCode);
    return await running.ended;
  }

  it('asks for the API before anybody approves', async () => {
    const { code, out } = await program.startHere(login()).ended;

    assert.equal(code, 1);
    assert.match(out, /does not say which API its sign-in is for\. Name the base URL of the API with --api\./);
    assert.doesNotMatch(out, /approve/);
  });

  it('works without a terminal where --no-browser is written', async () => {
    const { code, out, err } = await signIn(program.start(login(...api())));

    assert.equal(code, 0, err);
    assert.match(out, /^Signed in at 127\.0\.0\.1:\d+\./);
    assert.doesNotMatch(err, /Ctrl\+C/);
  });

  it('uses the models that the API names from then on', async () => {
    await signIn(program.startHere(login(...api())));
    const [status, models, env] = await Promise.all(
      [['status', '--json'], ['models'], ['env']].map((args) => program.runHere(args)),
    );

    const report = parseJson(status?.out ?? '');
    assert.deepEqual(isRecord(report) && [report['state'], report['model'], report['baseUrl']], [
      'signedIn',
      'qwen3:8b',
      `${sandbox.origin}/local/v1`,
    ]);
    assert.match(models?.out ?? '', /^\* {2}qwen3:8b /m);
    assert.match(env?.out ?? '', /^export OPENAI_MODEL='qwen3:8b'$/m);
  });

  it('says which scopes there are where it has not those that are named', async () => {
    const { code, out } = await program.startHere(login(...api(), '--scopes', 'openid,email')).ended;

    assert.equal(code, 1);
    assert.match(out, /does not grant the scopes "openid email"\. It has: openid .*\. Name others with --scopes\./);
  });
});
