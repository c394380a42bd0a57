import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';

import { RecentRequests } from '../../../src/core/limits/requestLog';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const NOON = Date.UTC(2026, 5, 1, 12);
const line = (at: number, baseUrl = 'https://a.example.com/v1') => `${at} ${baseUrl}\n`;

describe('the requests of today and yesterday', () => {
  let folder: TemporaryFolder;
  let file: string;
  let recent: RecentRequests;

  beforeEach(() => {
    folder = createTemporaryFolder({ 'requests-2026-06-01.log': line(NOON - 2) });
    file = folder.at('requests-2026-06-01.log');
    recent = new RecentRequests(folder.at('.'));
  });
  afterEach(() => folder.remove());

  const times = async () => (await recent.read(NOON)).map(({ at }) => at - NOON);

  it('are read once each', async () => {
    assert.deepEqual(await times(), [-2]);
    // In the place of the first line, which nobody looks at again.
    writeFileSync(file, line(NOON - 9) + line(NOON - 1));

    assert.deepEqual(await times(), [-2, -1]);
  });

  it('are read once their lines are whole', async () => {
    appendFileSync(file, line(NOON - 1).slice(0, 20));
    assert.deepEqual(await times(), [-2]);
    appendFileSync(file, line(NOON - 1).slice(20));

    assert.deepEqual(await times(), [-2, -1]);
  });

  it('are read anew from another file of the name, and from one that was cut', async () => {
    await times();
    writeFileSync(folder.at('other'), line(NOON - 9) + line(NOON - 8));
    renameSync(folder.at('other'), file);
    assert.deepEqual(await times(), [-9, -8]);
    writeFileSync(file, line(NOON - 7));

    assert.deepEqual(await times(), [-7]);
  });
});
