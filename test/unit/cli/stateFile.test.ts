import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { openStateFile } from '../../../src/cli/stateFile';
import { systemClock } from '../../../src/core/base/clock';
import { isRecord, parseJson } from '../../../src/core/base/json';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('a value that runs keep in a file', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = createTemporaryFolder()));
  afterEach(() => folder.remove());

  const open = () => openStateFile({ files: folder.files, clock: systemClock }, folder.at('state/kept.json'), 'kept');
  const add = (name: string) => (kept: unknown) => [...(Array.isArray(kept) ? kept : []), name];

  it('has what each of many runs adds that began before any of them had added something', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, open));
    await Promise.all(runs.map((run, index) => run.change('kept', add(`run ${index}`))));

    const json = parseJson(readFileSync(folder.at('state/kept.json'), 'utf8'));
    const kept = isRecord(json) && Array.isArray(json['kept']) ? json['kept'].map(String) : [];
    const runNames = runs.map((_, index) => `run ${index}`);
    assert.deepEqual(new Set(kept), new Set(runNames));
    assert.equal(kept.length, runs.length);
    assert.deepEqual(readdirSync(folder.at('state')), ['kept.json']);
  });

  it('is at once what the run itself has made of it', async () => {
    const run = await open();
    void run.change('kept', add('one'));
    void run.change('kept', add('two'));

    assert.deepEqual(run.get('kept'), ['one', 'two']);
    await run.settled();
    assert.deepEqual((await open()).get('kept'), ['one', 'two']);
  });

  it('is for one name: others last as long as the run', async () => {
    const run = await open();
    await run.set('other', 1);

    assert.deepEqual([run.get('other'), (await open()).get('other')], [1, undefined]);
  });
});
