import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { openPage } from '../../../src/cli/browser';
import { eventually } from '../../eventually';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('the program that opens a page', () => {
  let folder: TemporaryFolder;
  const [{ PATH }, before] = [process.env, process.cwd()];

  beforeEach(() => {
    folder = createTemporaryFolder();
    for (const name of ['open', 'xdg-open'])
      for (const place of ['project', 'system']) {
        folder.write({ [`${place}/${name}`]: `#!/bin/sh\n: > ${folder.at(`started-in-${place}`)}\n` });
        chmodSync(folder.at(`${place}/${name}`), 0o755);
      }
    process.chdir(folder.at('project'));
    process.env['PATH'] = ['.', folder.at('system')].join(path.delimiter);
  });
  afterEach(() => {
    process.chdir(before);
    process.env['PATH'] = PATH;
    folder.remove();
  });

  it('is none of the folder that is worked in', async function () {
    if (process.platform === 'win32') skip(this, 'not with scripts as programs on Windows');
    assert.ok(await openPage('https://example.com', { DISPLAY: ':0' }));

    await eventually(() => existsSync(folder.at('started-in-system')), true);
    assert.ok(!existsSync(folder.at('started-in-project')));
  });
});
