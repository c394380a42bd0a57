import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { existsSync, readFileSync } from 'node:fs';

import { commandOutput } from '../../../src/core/credentials/commandOutput';
import { eventually } from '../../eventually';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('what a command prints', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let caller: AbortController;

  beforeEach(() => {
    folder = createTemporaryFolder();
    clock = new ManualClock();
    caller = new AbortController();
  });
  afterEach(() => folder.remove());

  /** A script of Node's; `process.argv[1]` is a file of its own. */
  const run = (script: string) =>
    commandOutput([process.execPath, '-e', script, folder.at('file')], clock, 1000, caller.signal);

  for (const [stream, field] of [
    ['stdout', 'output'],
    ['stderr', 'said'],
  ] as const) {
    it(`is taken up to 64 KiB of its ${stream}`, async () => {
      const most = 'x'.repeat(65_536);
      const print = `process.${stream}.write('x'.repeat(Number('BYTES')))`;

      assert.deepEqual(await run(print.replace('BYTES', '65536')), {
        kind: 'ended',
        by: 0,
        output: '',
        said: '',
        [field]: most,
      });
      assert.equal(clock.sleepers, 0);
      assert.deepEqual(await run(print.replace('BYTES', '65537')), { kind: 'tooMuch' });
    });
  }

  it('is not even asked for where nobody wants it any more', async () => {
    let begun = 0;
    const hook = createHook({ init: (_, type) => void (begun += Number(type === 'PROCESSWRAP')) }).enable();
    await run('');
    assert.equal(begun, 1);
    caller.abort();

    assert.deepEqual(await run(''), { kind: 'calledOff' });
    hook.disable();
    assert.equal(begun, 1);
  });

  it('keeps no program from ending where it is waited for no longer, though the command goes on', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows, where every program ends that is told to');
    const running = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    const asking = run(`process.on('SIGTERM', () => undefined); setTimeout(() => undefined, 60_000);
      require('fs').writeFileSync(process.argv[1], String(process.pid));`);
    const pid = (): string => (existsSync(folder.at('file')) ? readFileSync(folder.at('file'), 'utf8') : '');
    await eventually(pid, /^\d+$/);
    const during = running();
    caller.abort();

    assert.deepEqual(await asking, { kind: 'calledOff' });
    process.kill(Number(pid()), 'SIGKILL');
    assert.ok(running() < during);
  });
});
