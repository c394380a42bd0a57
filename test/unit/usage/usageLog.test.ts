import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { SystemFiles } from '../../../src/core/base/files';
import type { EndedRequest } from '../../../src/core/usage/usageRecord';
import type { UsageDay } from '../../../src/core/usage/usageFiles';
import { UsageLog } from '../../../src/core/usage/usageLog';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { WindowProcess } from '../../soak/windowProcess';

const DAY = 24 * 60 * 60 * 1000;
const MODEL = { id: 'qwen3-coder-plus', baseUrl: 'https://user:sk-secret@models.example.com/v1?key=sk-secret' };

describe('the usage log', () => {
  const zone = process.env['TZ'];
  let clock: ManualClock;
  let folder: TemporaryFolder;
  let log: UsageLog;

  before(() => void (process.env['TZ'] = 'UTC'));
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  beforeEach(() => {
    clock = new ManualClock();
    folder = createTemporaryFolder();
    log = open();
  });
  afterEach(() => {
    log.dispose();
    folder.remove();
  });

  /** The log as another window has it. */
  const open = (place = folder.at('usage')): UsageLog =>
    new UsageLog({ clock, files: new SystemFiles(10), folder: place });
  const request = (changes: Partial<EndedRequest> = {}): EndedRequest => ({
    at: clock.now(),
    model: MODEL,
    initiator: 'github.copilot-chat',
    outcome: 'answered',
    inputTokens: 100,
    outputTokens: 20,
    estimated: false,
    ...changes,
  });
  const requests = (days: readonly UsageDay[]) =>
    days.map(({ day, records }) => [day, records.reduce((sum, use) => sum + use.requests, 0)]);
  const file = (day: string): string => folder.at(`usage/usage-${day}.log`);

  for (const [said, noted] of [
    [-1, 0],
    [1.5, 2],
    [1e308, 1_000_000_000],
  ] as const) {
    it(`notes a request whatever its server counts, ${said} tokens as ${noted}`, async () => {
      await log.note(request({ inputTokens: said, outputTokens: said }));

      const [today] = await log.read();
      assert.deepEqual(
        today?.records.map(({ requests: count, inputTokens, outputTokens }) => [count, inputTokens, outputTokens]),
        [[1, noted, noted]],
      );
    });
  }

  it('notes who used which model, how often, and how many tokens it took', async () => {
    await log.note(request());
    await log.note(request({ outcome: 'failed', inputTokens: 7, outputTokens: 0, estimated: true }));

    const [today] = await log.read();
    const use = { model: 'qwen3-coder-plus', host: 'models.example.com', initiator: 'github.copilot-chat' };
    assert.deepEqual(today, {
      day: '2026-06-01',
      records: [
        { ...use, requests: 1, failed: 0, cancelled: 0, inputTokens: 100, outputTokens: 20, estimated: 0 },
        { ...use, requests: 1, failed: 1, cancelled: 0, inputTokens: 7, outputTokens: 0, estimated: 1 },
      ],
    });
  });

  it('estimates nothing where nothing is known', async () => {
    const { inputTokens: _in, outputTokens: _out, ...unknown } = request({ outcome: 'cancelled', estimated: true });
    await log.note(unknown);

    const [today] = await log.read();
    assert.deepEqual(
      today?.records.map(({ cancelled, inputTokens, estimated }) => [cancelled, inputTokens, estimated]),
      [[1, 0, 0]],
    );
  });

  it('holds no address with what may be secret in it, and is for its owner alone', async () => {
    await log.note(request());

    assert.doesNotMatch(readFileSync(file('2026-06-01'), 'utf8'), /secret|v1/);
    assert.equal(statSync(file('2026-06-01')).mode & 0o777, 0o600);
    assert.equal(statSync(folder.at('usage')).mode & 0o777, 0o700);
  });

  it('knows of a request that it is only just noting', async () => {
    void log.note(request());
    assert.deepEqual(requests(await log.read()), [['2026-06-01', 1]]);
    void log.note(request());
    await log.forget();

    assert.deepEqual(await log.read(), []);
  });

  it('is there after a reload, and in every window', async () => {
    await log.note(request());
    await open().note(request());

    assert.deepEqual(requests(await open().read()), [['2026-06-01', 2]]);
  });

  it('puts each request into the day in which it ended', async () => {
    await log.note(request({ at: Date.UTC(2026, 5, 1, 23, 59, 59, 999) }));
    await log.note(request({ at: Date.UTC(2026, 5, 2) }));

    assert.deepEqual(requests(await log.read()), [
      ['2026-06-01', 1],
      ['2026-06-02', 1],
    ]);
  });

  it('loses no request of windows in processes of their own', async () => {
    const options = { folder: folder.at('vault'), settings: {} };
    const windows = await Promise.all(Array.from({ length: 4 }, () => WindowProcess.open(options)));
    try {
      const noted = [folder.at('usage'), '100', String(clock.now())];
      await Promise.all(windows.map((window) => window.call('note', ...noted)));
    } finally {
      for (const window of windows) await window.kill();
    }

    assert.deepEqual(requests(await log.read()), [['2026-06-01', 400]]);
  });

  it('passes over what is no line of its own, and loses no whole one beside it', async () => {
    await log.note(request());
    const [line = ''] = readFileSync(file('2026-06-01'), 'utf8').trim().split('\n');
    for (const bad of ['x', 'null', '[]', '{}', line.replace('"requests":1', '"requests":-1')])
      appendFileSync(file('2026-06-01'), `${bad}\n`);
    // Whoever wrote this was killed in the middle of it.
    appendFileSync(file('2026-06-01'), line.slice(0, 40));
    await log.note(request());

    assert.deepEqual(requests(await log.read()), [['2026-06-01', 2]]);
  });

  it('remembers 90 days, and removes nothing that is not its own', async () => {
    await log.note(request());
    writeFileSync(folder.at('usage/notes.txt'), 'mine');
    clock.advance(89 * DAY);
    await log.note(request());
    assert.deepEqual(requests(await log.read()), [
      ['2026-06-01', 1],
      ['2026-08-29', 1],
    ]);
    clock.advance(DAY);
    await log.note(request());

    assert.deepEqual(readdirSync(folder.at('usage')), ['notes.txt', 'usage-2026-08-29.log', 'usage-2026-08-30.log']);
  });

  it('keeps one line for each model and initiator of a day that is long over', async () => {
    for (let times = 0; times < 50; times++)
      await log.note(request({ initiator: times % 2 ? 'acme.ai' : 'qwen-auth' }));
    const [before] = await log.read();
    clock.advance(3 * DAY);
    await open().note(request());

    const [after] = await log.read();
    assert.equal(readFileSync(file('2026-06-01'), 'utf8').trim().split('\n').length, 2);
    assert.deepEqual(
      after?.records.map(({ requests: count, inputTokens }) => [count, inputTokens]),
      [
        [25, 2500],
        [25, 2500],
      ],
    );
    assert.deepEqual(requests([before ?? { day: '', records: [] }]), requests(after ? [after] : []));
  });

  it('leaves a day alone that may not be over everywhere', async () => {
    await log.note(request());
    await log.note(request());
    const before = readFileSync(file('2026-06-01'), 'utf8');
    clock.advance(2 * DAY);
    await open().note(request());

    assert.equal(readFileSync(file('2026-06-01'), 'utf8'), before);
  });

  it('forgets everything when asked, and says what that was', async () => {
    await log.note(request());
    clock.advance(DAY);
    await log.note(request());

    assert.deepEqual(requests(await log.forget()), [
      ['2026-06-01', 1],
      ['2026-06-02', 1],
    ]);
    assert.deepEqual(await log.read(), []);
    assert.deepEqual(readdirSync(folder.at('usage')), []);
  });

  it('counts in memory where no file can be written', async () => {
    writeFileSync(folder.at('taken'), '');
    const other = open(folder.at('taken'));
    await other.note(request());
    assert.deepEqual(requests(await other.read()), [['2026-06-01', 1]]);
    await other.forget();

    assert.deepEqual(await other.read(), []);
  });

  it('tells who follows it of other windows, and of each new day', async () => {
    let told: () => void = () => undefined;
    const change = () => new Promise<void>((resolve) => (told = resolve));
    const after = async (work: () => Promise<void>) => void (await Promise.all([change(), work()]));
    const midnight = async () => clock.advance(await clock.nextSleep());
    const following = log.follow(() => told());
    await after(() => open().note(request()));
    await after(midnight);
    await after(midnight);
    await after(() => open().note(request()));
    following.dispose();
    told = () => assert.fail('Nobody follows any more.');
    await log.note(request());

    assert.deepEqual(requests(await log.read()), [
      ['2026-06-01', 1],
      ['2026-06-03', 2],
    ]);
  });
});
