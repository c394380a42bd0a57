import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { CommandKeys } from '../../../src/core/credentials/commandKeys';
import { Secret } from '../../../src/core/base/secret';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

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
  ) => {
    const source = { kind: 'command', name: words.join(' ') } as const;
    return (await keys.key({ baseUrl: 'https://a.example/v1', command: words, source }, refused, signal)).reveal();
  };

  it('is its one line', async () => {
    assert.equal(await keyOf(command(`console.log('  sk-of-a-manager\\n')`)), 'sk-of-a-manager');
  });

  it('is given the arguments as they stand, which no shell reads', async () => {
    assert.equal(await keyOf([process.execPath, '-p', 'process.argv[1]', '$HOME;`id`']), '$HOME;`id`');
  });

  it('is kept for five minutes, and asked for once by all who want it at a time', async () => {
    const words = command(`console.log('sk-' + process.pid)`);
    const [first, second] = await Promise.all([keyOf(words), keyOf(words)]);
    clock.advance(299_000);

    assert.deepEqual([second, await keyOf(words), runs()], [first, first, 1]);
    clock.advance(2000);
    assert.notEqual(await keyOf(words), first);
  });

  it('is asked for again once a server has refused it', async () => {
    const words = command(`console.log('sk-' + process.pid)`);
    const first = await keyOf(words);

    assert.notEqual(await keyOf(words, new Secret(first)), first);
    assert.equal(runs(), 2);
  });

  for (const [what, words, why] of [
    [
      'a command that fails',
      plain(`console.error('vault is sealed: token=abc123456'); process.exit(3)`),
      /ended with 3: vault is sealed: /,
    ],
    ['one that prints nothing', plain(''), /printed nothing\.$/],
    ['one that prints more than a line', plain(`console.log('a\\nb')`), /printed more than one line\.$/],
    ['one that is not there', ['qwen-auth-no-such-program'], /was not found\.$/],
    ['one that prints without end', plain(`for (;;) console.log('x'.repeat(9999))`), /printed far more than a key\.$/],
  ] as const) {
    it(`is an error of ${what}, and is tried anew the next time`, async () => {
      const error = await keyOf(words).catch((thrown: unknown) => thrown);

      assert.ok(error instanceof Error);
      assert.equal(error.name, 'ConfigurationError');
      assert.match(
        error.message,
        /^The setting qwen\.keyCommand: .*, which is to print the key for https:\/\/a\.example\/v1, /,
      );
      assert.match(error.message, why);
      await assert.rejects(keyOf(words), { name: 'ConfigurationError' });
    });
  }

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
});

function plain(script: string): [string, string, string] {
  return [process.execPath, '-e', script];
}
