import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { commands, ConfigurationTarget, extensions, type Terminal, window, workspace } from 'vscode';

import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import { Secret } from '../../src/core/base/secret';
import { askGateway, chatWith } from '../fakes/gatewayClient';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { skip } from '../skip';

const run = async (command: string, argument: object = {}): Promise<unknown> =>
  await commands.executeCommand(command, argument);
const bashrc = path.join(homedir(), '.bashrc');
const qwenHome = path.join(homedir(), '.qwen');
const NOTHING = /< {3}>/;
const ENDED = /^401 .*open a new terminal/;
const settingsFile = path.join(qwenHome, 'settings.json');

/** Asks the model in use by the three variables, as any program would. */
const CLIENT = `
  const { OPENAI_BASE_URL: base, OPENAI_API_KEY: key, OPENAI_MODEL: model } = process.env;
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }] });
  fetch(base + '/chat/completions', { method: 'POST', body, headers: { authorization: 'Bearer ' + key } })
    .then(async (response) => [response.status, JSON.stringify(await response.json())], (error) => [0, error.cause.code])
    .then(([status, text]) => console.log('<' + status + ' ' + text + '>'));
`;

/** The processes of these ids and all below them, with their arguments and environments; those that end meanwhile are left out. */
function processesBelow(roots: readonly number[]) {
  const read = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'latin1');
  const all = readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    try {
      if (!Number.isInteger(pid)) return [];
      const [, parent] = read(pid, 'stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      return [{ pid, parent: Number(parent), command: read(pid, 'cmdline'), environment: read(pid, 'environ') }];
    } catch {
      return [];
    }
  });
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent] as const));
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (roots.includes(pid) || isBelow(parents.get(pid)));
  return all.filter(({ pid }) => isBelow(pid));
}

/** What a command prints in a terminal, once its shell can be asked. */
async function printed(terminal: Terminal, command: string): Promise<string> {
  const shell = await new Promise<NonNullable<Terminal['shellIntegration']>>((resolve) => {
    if (terminal.shellIntegration) return resolve(terminal.shellIntegration);
    window.onDidChangeTerminalShellIntegration((change) => {
      if (change.terminal === terminal) resolve(change.shellIntegration);
    });
  });
  let output = '';
  for await (const part of shell.executeCommand(command).read()) output += part;
  return output;
}

async function inNewTerminal(command: string): Promise<string> {
  const terminal = window.createTerminal();
  try {
    return await printed(terminal, command);
  } finally {
    terminal.dispose();
  }
}

describe('the terminal', () => {
  let sandbox: Sandbox;
  const change = async (name: string, value: unknown) =>
    await workspace.getConfiguration('qwen').update(name, value, ConfigurationTarget.Global);
  const variables = async (): Promise<string> =>
    await inNewTerminal('echo "<$OPENAI_API_KEY $OPENAI_BASE_URL $OPENAI_MODEL >"');

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox();
    await run('qwen.signIn', {
      method: 'api-key',
      provider: 'custom',
      baseUrl: `${sandbox.origin}/openai/v1`,
      apiKey: sandbox.keys['openai'],
      model: 'gpt-4o',
    });
  });
  after(async () => {
    await change('terminal.path', undefined);
    await change('terminal.env', undefined);
    await run('qwen.signOut', { method: 'api-key' });
    for (const file of [bashrc, qwenHome]) rmSync(file, { recursive: true, force: true });
    await sandbox.stop();
  });

  it('has qwen-auth on the PATH where the person allows it', async () => {
    await change('terminal.path', true);

    assert.match(await inNewTerminal('qwen-auth --version'), /\d+\.\d+\.\d+/);
  });

  it('has nothing of the sign-in for that', async () => {
    assert.match(await variables(), NOTHING);
  });

  it('has address, key and model once the person says so, whatever the shell sets', async () => {
    writeFileSync(bashrc, 'export OPENAI_API_KEY=sk-of-the-shell-0123\n');
    const answer = await run('qwen.useInTerminal', { on: true, through: 'key' });
    const host = new URL(sandbox.origin).host;

    assert.ok(isRecord(answer) && answer['ok'] === true && answer['on'] === true);
    // Where several folders are open, that of the file that was active last is named.
    assert.equal(
      stringIn(answer, 'message')?.replace(/ of workspace\S*/, ''),
      `New terminals get OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL for gpt-4o at ${host}.`,
    );
    const key = sandbox.keys['openai'];
    assert.ok((await variables()).includes(`<${key} ${sandbox.origin}/openai/v1 gpt-4o >`));
    rmSync(bashrc);
  });

  it('has the model that was switched to', async () => {
    const switched = await run('qwen.switchModel', { id: 'gpt-4o-mini' });

    assert.ok(isRecord(switched) && switched['ok'] === true, JSON.stringify(switched));
    assert.match(await variables(), /\/openai\/v1 gpt-4o-mini >/);
  });

  it("has nothing where Qwen Code's settings would send the key elsewhere, and says what mends it", async () => {
    const entry = { id: 'other', baseUrl: 'https://elsewhere.example.com/v1', envKey: 'NOT_SET_KEY' };
    mkdirSync(qwenHome, { recursive: true });
    writeFileSync(settingsFile, JSON.stringify({ $version: 4, modelProviders: { openai: [entry] } }), { mode: 0o644 });
    // VS Code tells of the change soon; the time limit of the test ends it where that never comes.
    while (!NOTHING.test(await variables()));

    assert.match(
      stringIn(await run('qwen.useInTerminal', { on: true, through: 'key' }), 'message') ?? '',
      /^New terminals (of workspace\S* )?get nothing right now\. Qwen Code would mix up other at elsewhere\.example\.com/,
    );
  });

  it("has the key in a variable of its own once Qwen Code's settings are written", async () => {
    const before = readFileSync(settingsFile, 'utf8');
    const answer = await run('qwen.writeQwenCodeSettings', { confirm: true });
    const envKey = stringIn(answer, 'envKey') ?? '';

    assert.match(envKey, /^QWEN_AUTH_127_0_0_1_\d+_KEY$/);
    assert.equal(readFileSync(`${settingsFile}.backup`, 'utf8'), before);
    assert.equal(statSync(settingsFile).mode & 0o777, 0o600);
    const written = parseJson(readFileSync(settingsFile, 'utf8'));
    assert.deepEqual(isRecord(written) && written['model'], {
      name: 'gpt-4o-mini',
      baseUrl: `${sandbox.origin}/openai/v1`,
    });
    assert.ok(!readFileSync(settingsFile, 'utf8').includes(sandbox.keys['openai'] ?? 'no key'));
    assert.ok((await inNewTerminal(`echo "<$${envKey}>"`)).includes(`<${sandbox.keys['openai']}>`));
    assert.match(await variables(), /< {2}gpt-4o-mini >/);
  });

  it('says so when the settings are as they should be', async () => {
    const answer = await run('qwen.writeQwenCodeSettings', { confirm: true });

    assert.equal(isRecord(answer) && answer['changed'], false);
  });

  it('has the key no more after signing out', async () => {
    await run('qwen.signOut', { method: 'api-key' });

    assert.ok(!(await inNewTerminal('env')).includes(sandbox.keys['openai'] ?? 'no key'));
  });
});

describe('the terminal, through the gateway', () => {
  let sandbox: Sandbox;
  let client: string;
  let turnedOn: unknown;
  const terminals: Terminal[] = [];
  const change = async (name: string, value: unknown) =>
    await workspace.getConfiguration('qwen').update(name, value, ConfigurationTarget.Global);
  const key = () => sandbox.keys['openai'] ?? 'no key';
  const node = () => `ELECTRON_RUN_AS_NODE=1 '${process.execPath}' '${client}'`;
  /** What each of the terminals is answered. */
  const asked = async (): Promise<readonly string[]> => {
    const answers: string[] = [];
    for (const terminal of terminals)
      answers.push(/<(\d+ .*)>/s.exec(await printed(terminal, node()))?.[1] ?? 'nothing');
    return answers;
  };
  const openTerminals = async () => {
    for (const terminal of terminals.splice(0)) terminal.dispose();
    // The gateway is opened beside: the first terminal may be earlier.
    while (!/http/.test(await inNewTerminal('echo "<$OPENAI_BASE_URL>"')));
    for (let count = 0; count < 2; count += 1) {
      const terminal = window.createTerminal();
      await printed(terminal, 'echo typed');
      terminals.push(terminal);
    }
  };

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox({ chunkGap: 0 });
    client = path.join(homedir(), 'client.cjs');
    writeFileSync(client, CLIENT);
    const request = { method: 'api-key', provider: 'custom', baseUrl: `${sandbox.origin}/openai/v1` };
    await run('qwen.signIn', { ...request, apiKey: key(), model: 'gpt-4o' });
    turnedOn = await run('qwen.useInTerminal', { on: true });
    await openTerminals();
  });
  after(async () => {
    for (const terminal of terminals) terminal.dispose();
    await change('terminal.env', undefined);
    await change('chat.blockedExtensions', undefined);
    await run('qwen.signOut', { method: 'api-key' });
    rmSync(client);
    await sandbox.stop();
  });

  it('is said to get a token as soon as that is turned on', () => {
    assert.match(
      stringIn(turnedOn, 'message') ?? '',
      /^New terminals (of workspace\S* )?get a token for the gateway, and no key\. It answers with .* gpt-4o at /,
    );
  });

  it('is answered by the model in use', async () => {
    for (const answer of await asked()) assert.match(answer, /^200 .*Hello from gpt-4o in the sandbox/);
    assert.equal(sandbox.requests.at(-1)?.headers.authorization, `Bearer ${key()}`);
  });

  it('is answered by another as soon as that is chosen, without being opened anew', async () => {
    await run('qwen.switchModel', { id: 'gpt-4o-mini' });

    for (const answer of await asked()) assert.match(answer, /^200 .*Hello from gpt-4o-mini/);
  });

  it('holds the key in the environment of no process', async function () {
    if (process.platform !== 'linux') skip(this, 'needs Linux');
    for (const terminal of terminals) await printed(terminal, 'sleep 600 &');
    const shells = await Promise.all(terminals.map(({ processId }) => processId));
    const roots = [process.pid, ...shells.map(Number)];
    const sleeping = () => processesBelow(roots).filter(({ command }) => command.startsWith('sleep\x00600'));
    // A process is its shell's copy before it becomes another program. The time limit of the test ends what never does.
    while (sleeping().length < terminals.length) await new Promise((resolve) => setTimeout(resolve, 20));
    const processes = processesBelow(roots);

    const holding = processes.filter(({ environment }) => environment.includes(key()));
    assert.deepEqual(holding, []);
    for (const terminal of terminals) await printed(terminal, 'kill %1');
  });

  it('is blocked where the person blocks its program', async () => {
    await change('chat.blockedExtensions', ['terminal/node']);
    for (const answer of await asked()) assert.match(answer, /^403 .*You have blocked node in the terminal/);
    await change('chat.blockedExtensions', undefined);

    for (const answer of await asked()) assert.match(answer, /^200 /);
  });

  it('asks no more once its access is revoked, and new ones do', async () => {
    await run('qwen.revokeTerminalAccess');
    for (const answer of await asked()) assert.match(answer, ENDED);
    await openTerminals();

    for (const answer of await asked()) assert.match(answer, /^200 /);
  });

  it('asks no more once the person has signed out', async () => {
    await run('qwen.signOut', { method: 'api-key' });

    for (const answer of await asked()) assert.match(answer, ENDED);
    assert.match(await inNewTerminal('echo "<$OPENAI_API_KEY $OPENAI_BASE_URL $OPENAI_MODEL >"'), NOTHING);
  });
});

describe('Qwen Code, opened in a terminal where others get the key', function () {
  if (process.platform === 'win32') return;

  const NAME = 'QWEN_CODE_SYSTEM_DEFAULTS_PATH';
  const earlier = { PATH: process.env['PATH'], [NAME]: process.env[NAME] };
  const bin = path.join(homedir(), 'qwen-bin');
  const seen = path.join(homedir(), 'seen.json');
  const company = path.join(homedir(), 'company.json');
  let sandbox: Sandbox;

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox({ chunkGap: 0 });
    const request = { method: 'api-key', provider: 'custom', baseUrl: `${sandbox.origin}/openai/v1` };
    await run('qwen.signIn', { ...request, apiKey: sandbox.keys['openai'], model: 'gpt-4o' });
    await run('qwen.useInTerminal', { on: true, through: 'key' });
    mkdirSync(bin, { recursive: true });
    // Beside its place, and moved there: whoever waits for it finds it whole.
    const script = `require('fs').writeFileSync('${seen}~', JSON.stringify(process.env)); require('fs').renameSync('${seen}~', '${seen}')`;
    const program = `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 '${process.execPath}' -e "${script}"\nsleep 600\n`;
    writeFileSync(path.join(bin, 'qwen'), program, { mode: 0o755 });
    writeFileSync(company, JSON.stringify({ ui: { theme: 'of the company' }, modelProviders: { theirs: [] } }));
    Object.assign(process.env, { PATH: `${bin}${path.delimiter}${earlier.PATH}`, [NAME]: company });
  });
  after(async () => {
    for (const [name, value] of Object.entries(earlier)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await run('qwen.useInTerminal', { on: false });
    await run('qwen.signOut', { method: 'api-key' });
    for (const file of [bin, seen, company]) rmSync(file, { recursive: true, force: true });
    await sandbox.stop();
  });

  it("goes by the gateway, with a company's defaults, and by a token that ends with it", async () => {
    assert.equal(stringIn(await run('qwen.openQwenCode'), 'model'), 'gpt-4o');
    // The time limit of the test ends it where the program never starts.
    while (!existsSync(seen)) await new Promise((resolve) => setTimeout(resolve, 20));
    const environment = parseJson(readFileSync(seen, 'utf8'));
    const [baseUrl = '', token = ''] = ['QWEN_AUTH_GATEWAY', 'QWEN_AUTH_TOKEN'].map((one) =>
      stringIn(environment, one),
    );
    const defaults = parseJson(readFileSync(stringIn(environment, NAME) ?? '', 'utf8'));
    const access = { baseUrl, token: new Secret(token) };
    const ask = async () => await askGateway(access, { path: '/chat/completions', body: chatWith('qwen-auth', 'Hi') });

    assert.ok(isRecord(defaults) && isRecord(defaults['modelProviders']));
    assert.deepEqual(defaults['ui'], { theme: 'of the company' });
    assert.deepEqual(Object.keys(defaults['modelProviders']), ['theirs', 'qwen-auth']);
    assert.equal((await ask()).status, 200);
    const terminal = window.terminals.find(({ name }) => name === 'Qwen Code');
    const closed = new Promise((resolve) => window.onDidCloseTerminal((one) => one === terminal && resolve(one)));
    terminal?.dispose();
    await closed;
    // Where no other terminal ever had a token, nothing listens any more.
    assert.ok([401, undefined].includes((await ask().catch(() => undefined))?.status));
  });
});

describe('the terminal, with an access token', () => {
  let sandbox: Sandbox;
  const change = async (settings: Readonly<Record<string, unknown>>) => {
    for (const [name, value] of Object.entries(settings))
      await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
  };
  const token = async (): Promise<string> =>
    /<(.*)>/.exec(await inNewTerminal('echo "<$OPENAI_API_KEY>"'))?.[1] ?? 'none';

  before(async () => {
    // So short that it runs out while terminals are opened.
    sandbox = await startSandbox({ accessTokenLife: 4, interval: 0.1 });
    await change({ ...sandbox.settings, 'qwen.terminal.env': true });
    const signedIn = run('qwen.signIn', { method: 'qwen-oauth' });
    while (sandbox.pendingUserCodes.length === 0) await new Promise((resolve) => setImmediate(resolve));
    sandbox.approve(sandbox.pendingUserCodes[0] ?? '');
    await signedIn;
  });
  after(async () => {
    const names = [...Object.keys(sandbox.settings), 'qwen.terminal.env'];
    await change(Object.fromEntries(names.map((name) => [name, undefined])));
    await run('qwen.signOut', { method: 'qwen-oauth' });
    await sandbox.stop();
  });

  it('has one that is good, renewed when a terminal is opened', async () => {
    // It may have run out before the first one: that one has it renewed for the next.
    let first = await token();
    while (first === '') first = await token();
    let later = await token();
    // The test's time limit ends it where it is never renewed.
    while (later === first || later === '') later = await token();

    const refreshed = sandbox.requests.some(({ form }) => form['grant_type'] === 'refresh_token');
    assert.ok(refreshed);
  }).timeout(120_000);
});
