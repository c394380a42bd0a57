import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import {
  type CommandLineProgram,
  createCommandLineProgram,
  type Ended,
  type Running,
} from '../fakes/commandLineProgram';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { isThorough } from '../thorough';
import { assertOnlyIn, type Belonging } from './belongings';
import { ECHOES, echoing, secretsOf } from './echo';
import { watchProcesses } from './processes';
import { randomKey } from './randomKeys';
import { SecretScan } from './scan';
import { SPELLINGS } from './spellings';

/** Every place where the command line may have a secret. */
const BELONGINGS: readonly Belonging[] = [
  { why: "the file of Qwen Code's sign-in", area: 'file', place: /^home\/\.qwen\/oauth_creds\.json$/, secret: /token/ },
  { why: 'the file that the person wrote', area: 'file', place: /^home\/project\/\.env$/, secret: /^key of openai$/ },
  { why: 'what `env` is for', area: 'output', place: /^env/, secret: /^(authorization|access_token|key of openai)$/ },
  {
    why: 'the program that `exec` starts',
    area: 'environment',
    place: /^node -e/,
    secret: /^(authorization|access_token|key of openai)$/,
    ...(process.platform !== 'linux' && { optional: true }),
  },
  {
    why: 'what that program prints',
    area: 'output',
    place: /^exec -- node -e/,
    secret: /^(authorization|access_token|key of openai)$/,
  },
];

const CRASHING = { NODE_OPTIONS: `--require ${path.resolve('test/secrets/crash.cjs')}` };

describe('the secrets of the command line', function () {
  if (process.platform === 'win32') return;
  this.timeout(240_000);

  let sandbox: Sandbox;
  let program: CommandLineProgram;
  let scan: SecretScan;
  let watch: { dispose(): void };

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0, interval: 0.1, keyFor: randomKey });
    program = createCommandLineProgram();
    mkdirSync(program.folder.at('tmp'));
    scan = new SecretScan();
    watch = watchProcesses(scan);
  });
  afterEach(async () => {
    watch.dispose();
    program.remove();
    await sandbox.stop();
  });

  const environment = (more: Readonly<Record<string, string>> = {}) => ({ TMPDIR: program.folder.at('tmp'), ...more });
  /** Runs a command in a process of its own, and keeps what it prints. */
  async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return note(args, await program.run(args, environment(more)));
  }
  function note(args: readonly string[], ended: Ended): Ended {
    scan.add('output', args.join(' '), ended.out);
    scan.add('errors', args.join(' '), ended.err);
    return ended;
  }
  async function login(): Promise<Ended> {
    const args = ['login', '--issuer', sandbox.origin, '--client-id', 'qwen-auth-sandbox', '--no-browser'];
    return note(args, await approve(program.startInTerminal(args, environment())));
  }
  async function approve(running: Running): Promise<Ended> {
    const code = running.printed(/approve the code (\S+)\. /).then(([, userCode = '']) => sandbox.approve(userCode));
    const [ended] = await Promise.all([running.ended, code.catch(() => undefined)]);
    return ended;
  }
  /** Writes the key that the person has for the sandbox's own server of OpenAI models. */
  function writeKey(): void {
    const baseUrl = `${sandbox.origin}/openai/v1`;
    const lines = [`OPENAI_API_KEY=${sandbox.keys['openai']}`, `OPENAI_BASE_URL=${baseUrl}`, 'OPENAI_MODEL=gpt-4o'];
    program.folder.write({ 'home/project/.env': `${lines.join('\n')}\n` });
  }
  function expire(): void {
    const file = program.folder.at('home/.qwen/oauth_creds.json');
    const kept = parseJson(readFileSync(file, 'utf8'));
    scan.know('access_token', stringIn(kept, 'access_token'));
    program.folder.write({ 'home/.qwen/oauth_creds.json': { ...(isRecord(kept) && kept), expiry_date: Date.now() } });
  }
  /** Every command that says something of a sign-in or a key. */
  async function everyCommand(): Promise<void> {
    // It lives so long that it is looked at on a slow machine too.
    const print = ['-e', 'setTimeout(() => console.log(process.env.OPENAI_API_KEY), 1000)'];
    await Promise.all([run(['status']), run(['status', '--json']), run(['explain']), run(['models'])]);
    await Promise.all([run(['test']), run(['env']), run(['exec', '--', 'node', ...print])]);
  }
  /** Reads the tokens that are stored: they may be gone at the end. */
  function knowTokens(): void {
    const file = program.folder.at('home/.qwen/oauth_creds.json');
    if (!existsSync(file)) return;
    const kept = parseJson(readFileSync(file, 'utf8'));
    for (const name of ['access_token', 'refresh_token']) scan.know(name, stringIn(kept, name));
  }
  function assertKept(belongings: readonly Belonging[]): void {
    knowTokens();
    scan.know('key of openai', sandbox.keys['openai']);
    for (const request of sandbox.requests) for (const [name, secret] of secretsOf(request)) scan.know(name, secret);
    scan.addFolder(program.folder.at(''));
    assertOnlyIn(belongings, scan);
  }
  /** What belongs somewhere, where a run need not bring all of it there. */
  const atMost = (belongings: readonly Belonging[]) => belongings.map((one) => ({ ...one, optional: true }) as const);

  it('are where a person asks for them, and nowhere else', async () => {
    await login();
    await everyCommand();
    expire();
    await run(['env']);
    writeKey();
    await everyCommand();

    assertKept(BELONGINGS);
  });

  it('are in no trace of a crash', async () => {
    await login();
    const crashed = await run(['test'], CRASHING);
    expire();
    const killed = program.start(['test'], environment());
    await killed.printed(/./).catch(() => undefined);
    killed.child.kill('SIGKILL');
    note(['test'], await killed.ended);

    assert.match(crashed.err, /A crash, made for a test/);
    assertKept(atMost(BELONGINGS));
  });

  for (const [spelling, what] of echoesOfThisRun()) {
    const [spell, reply] = [SPELLINGS[spelling], ECHOES[what]];
    it(`are not printed where ${what} writes them ${spelling}`, async () => {
      assert.ok(spell && reply);
      await login();
      sandbox.faults.add(echoing(reply, spell));
      await Promise.all([run(['test']), run(['models'])]);
      expire();
      await run(['env']);
      writeKey();
      await Promise.all([run(['test']), run(['models'])]);
      knowTokens();
      assert.equal((await run(['logout', '--yes'])).code, 0);
      // A server that is down is asked until the code has expired.
      sandbox.behavior.deviceCodeLife = 3;
      await login();

      assertKept(atMost(BELONGINGS));
    });
  }
});

/** Each spelling with an echo; in the short run three of them. */
function echoesOfThisRun(): readonly (readonly [spelling: string, echo: string])[] {
  const echoes = Object.keys(ECHOES);
  const pairs = Object.keys(SPELLINGS).map((spelling, at) => [spelling, echoes[at % echoes.length] ?? ''] as const);
  return isThorough ? pairs : pairs.slice(0, 3);
}
