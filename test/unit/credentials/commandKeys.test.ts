import assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

import { ConfigurationError } from '../../../src/core/base/errors';
import { CommandKeys } from '../../../src/core/credentials/commandKeys';
import { Secret } from '../../../src/core/base/secret';
import { eventually } from '../../eventually';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('the key that a command prints', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let keys: CommandKeys;

  beforeEach(() => {
    folder = createTemporaryFolder({});
    clock = new ManualClock();
    keys = new CommandKeys(clock);
  });
  afterEach(() => folder.remove());

  /** A program of Node's that notes how often it was run. */
  const command = (script: string): [string, string, string, string] => {
    const counting = `require('fs').appendFileSync(process.argv[1], '.');`;
    return [process.execPath, '-e', counting + script, folder.at('runs')];
  };
  const runs = () => (existsSync(folder.at('runs')) ? readFileSync(folder.at('runs'), 'utf8').length : 0);
  const keyOf = async (
    words: readonly [string, ...string[]],
    refused?: Secret,
    signal: AbortSignal = new AbortController().signal,
    file?: string,
  ) => {
    const source = { kind: 'command', name: words.join(' '), ...(file && { file }) } as const;
    return (await keys.key({ baseUrl: 'https://a.example/v1', command: words, source }, refused, signal)).reveal();
  };

  it('is its one line', async () => {
    assert.equal(await keyOf(command(`console.log('  sk-of-a-manager\\n  ')`)), 'sk-of-a-manager');
  });

  it('is the key alone, of a line that names it too', async () => {
    assert.equal(await keyOf(plain(`console.log('export QWEN_KEY="sk-of-a-manager"')`)), 'sk-of-a-manager');
    assert.equal(await keyOf(plain(`console.log('Authorization: Bearer sk-of-a-manager')`)), 'sk-of-a-manager');
  });

  it('is given the arguments as they stand, which no shell reads', async () => {
    assert.equal(await keyOf([process.execPath, '-p', 'process.argv[1]', 'sk-$HOME;`id`-1']), 'sk-$HOME;`id`-1');
  });

  it('is printed in the home folder, by a program that nobody types anything into', async () => {
    const words = plain(`process.stdin.resume().on('end', () => console.log(process.cwd()))`);

    assert.equal(await keyOf(words), realpathSync(homedir()));
  });

  it('is printed where there is no home folder, too', async () => {
    const home = process.env['HOME'];
    process.env['HOME'] = folder.at('gone');
    try {
      assert.equal(await keyOf(plain(`console.log('sk-of-a-service')`)), 'sk-of-a-service');
    } finally {
      process.env['HOME'] = home;
    }
  });

  it('is kept for five minutes, and asked for once by all who want it at a time', async () => {
    const words = command(`console.log('sk-' + process.pid)`);
    const [first, second] = await Promise.all([keyOf(words), keyOf(words)]);
    clock.advance(299_999);

    assert.deepEqual([second, await keyOf(words), runs()], [first, first, 1]);
    clock.advance(1);
    assert.notEqual(await keyOf(words), first);
  });

  it('is asked for again once a server has refused it', async () => {
    const words = command(`console.log('sk-' + process.pid)`);
    const first = await keyOf(words);

    assert.notEqual(await keyOf(words, new Secret(first)), first);
    assert.equal(runs(), 2);
  });

  it('is asked for again after an error', async () => {
    const words = command('process.exit(3)');

    for (const _ of [1, 2]) await assert.rejects(keyOf(words), { name: 'ConfigurationError' });
    assert.equal(runs(), 2);
  });

  for (const [what, words, why] of [
    [
      'a command that fails',
      plain(`console.error('vault is sealed: token=abc123456'); process.exit(3)`),
      /ended with 3: vault is sealed: /,
    ],
    ['one that is killed', plain(`process.kill(process.pid, 'SIGKILL')`), /, ended with (?:SIGKILL|1)\.$/],
    ['one that fails without a word', plain('process.exit(3)'), /, ended with 3\.$/],
    [
      'one that says why in a sentence',
      plain(`console.error('pass 1.7 is locked.'); process.exit(1)`),
      /, ended with 1: pass 1\.7 is locked\.$/,
    ],
    [
      'one that says far too much',
      plain(`console.error('x'.repeat(999) + ' the end'); process.exit(1)`),
      /, ended with 1: x{192} the end\.$/,
    ],
    [
      'one whose last words begin with a space',
      plain(`console.error('x'.repeat(9) + ' ' + 'y'.repeat(198) + '.'); process.exit(1)`),
      /, ended with 1: y{198}\.$/,
    ],
    ['one that cannot be run', [tmpdir()], /, (?:cannot be run \(EACCES\)|was not found)\.$/],
    ['one that prints nothing', plain(''), /printed nothing\.$/],
    ['one that prints more than a line', plain(`console.log('a\\nb')`), /printed more than one line\.$/],
    [
      'one that colours what it prints',
      plain(`console.log('\\u001b[32msk-of-a-manager\\u001b[0m')`),
      /, printed no key: The key holds the character U\+001B, which no key has\. Copy it again, the key alone\.$/,
    ],
    ['one that hides what it prints', plain(`console.log('sk-****')`), /, printed what only stands for a key\.$/],
    ['one that is not there', ['qwen-auth-no-such-program'], /was not found\.$/],
    ['one whose path leads through a file', [path.join(process.execPath, 'key')], /was not found\.$/],
    ['one that the system refuses at once', plain('\0'), /, cannot be run \(ERR_INVALID_ARG_VALUE\)\.$/],
    ['one that prints without end', plain(`for (;;) console.log('x'.repeat(9999))`), /printed far more than a key\.$/],
  ] as const) {
    it(`is an error of ${what}`, async () => {
      const error = await keyOf(words).catch((thrown: unknown) => thrown);

      assert.ok(error instanceof ConfigurationError);
      assert.deepEqual(error.where, { setting: 'qwen.keyCommand' });
      assert.ok(!words.slice(1).some((word) => word !== '' && error.message.includes(word)), 'names no argument');
      assert.match(
        error.message,
        /^The setting qwen\.keyCommand: .*, which is to print the key for https:\/\/a\.example\/v1, /,
      );
      assert.match(error.message, why);
    });
  }

  it('is an error of one that takes longer than ten seconds, even where it goes on', async () => {
    const words = plain(`process.on('SIGTERM', () => undefined); setTimeout(() => undefined, 20000)`);
    const asking = keyOf(words);
    const waits = await clock.passUntil(asking);

    await assert.rejects(asking, { name: 'ConfigurationError', message: /, took longer than 10 seconds\.$/ });
    assert.deepEqual(waits, [10]);
  });

  it('is waited for no longer from a program that prints far more, which is told to end', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows, where nothing is told to a program that is ended');
    const told = `process.on('SIGTERM', () => { fs.appendFileSync(process.argv[1], '.'); process.exit(); });`;
    const words = command(`const fs = require('fs'); ${told} setInterval(() => console.log('x'.repeat(9999)), 1)`);

    await assert.rejects(keyOf(words), { name: 'ConfigurationError' });
    await eventually(runs, 2);
  });

  it('is printed by a script of Windows too, whose arguments no shell reads', async function () {
    if (process.platform !== 'win32') skip(this, 'needs Windows');
    folder.write({ 'a manager/print.cmd': '@echo off\r\nnode -p process.argv[1] %*\r\n' });
    const script = folder.at('a manager/print.cmd');

    assert.equal(await keyOf([script, 'sk-1&echo(%PATH%']), 'sk-1&echo(%PATH%');
    const PATH = process.env['PATH'];
    process.env['PATH'] = `${path.dirname(script)};${PATH}`;
    try {
      assert.equal(await keyOf(['print', 'sk-2']), 'sk-2');
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  it('is missed in the words of the file that names its command', async () => {
    const error = await keyOf(plain(''), undefined, undefined, '/home/me/settings.json').catch(
      (thrown: unknown) => thrown,
    );

    assert.ok(error instanceof ConfigurationError);
    assert.deepEqual(error.where, { file: '/home/me/settings.json' });
    assert.match(error.message, /^keyCommand in \/home\/me\/settings\.json: .* printed nothing\.$/);
  });

  it('is shown nowhere where the command says it beside its failure', async () => {
    const words = plain(`console.error('bad key sk-0123456789abcdef'); process.exit(1)`);
    const error = await keyOf(words).catch(String);

    assert.doesNotMatch(error, /sk-0123456789abcdef/);
  });

  it('is waited for no longer than whoever asks waits', async () => {
    const caller = new AbortController();
    const asking = keyOf(plain(`setTimeout(() => console.log('late'), 300)`), undefined, caller.signal);
    caller.abort();

    await assert.rejects(asking, { name: 'Cancelled' });
  });

  it('is still had by who waits on where another has gone', async () => {
    const words = command(`const timer = setInterval(() => {
      if (!require('fs').existsSync(process.argv[1] + '.go')) return;
      clearInterval(timer);
      console.log('sk-late');
    }, 10)`);
    const gone = new AbortController();
    const [one, other] = [keyOf(words, undefined, gone.signal), keyOf(words)];
    gone.abort();
    await assert.rejects(one, { name: 'Cancelled' });
    folder.write({ 'runs.go': '' });

    assert.deepEqual([await other, runs()], ['sk-late', 1]);
  });

  it('is ended once nobody waits for it, and begun anew for who asks next', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows, where nothing is told to a program that is ended');
    const note = `const note = (text) => require('fs').appendFileSync(process.argv[1], text);`;
    const words = command(
      `${note} process.on('SIGTERM', () => { note('x'); process.exit(); }); note('r'); setTimeout(() => {}, 60000);`,
    );
    const said = () => (existsSync(folder.at('runs')) ? readFileSync(folder.at('runs'), 'utf8') : '');
    const [one, other, next] = [new AbortController(), new AbortController(), new AbortController()];
    const asked = [one, other].map(({ signal }) => assert.rejects(keyOf(words, undefined, signal)));
    await eventually(said, '.r');
    one.abort();
    await asked[0];
    assert.equal(said(), '.r');
    other.abort();
    await asked[1];
    const again = assert.rejects(keyOf(words, undefined, next.signal));

    await eventually(() => said().split('').sort().join(''), '..rrx');
    next.abort();
    await again;
    await eventually(() => said().split('').sort().join(''), '..rrxx');
  });
});

function plain(script: string): [string, string, string] {
  return [process.execPath, '-e', script];
}
