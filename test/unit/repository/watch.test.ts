import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';

import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { watchFolders } from '../../watch.mjs';

describe('npm test -- --watch', () => {
  let folder: TemporaryFolder;
  let end: () => void;
  let changes: number;
  let onChange: () => void;

  beforeEach(() => {
    folder = createTemporaryFolder({ 'src/core/vault.ts': '', 'src/node_modules/package/index.js': '' });
    changes = 0;
    onChange = () => undefined;
    end = watchFolders([folder.at('src')], () => {
      changes += 1;
      onChange();
    });
  });
  afterEach(() => {
    end();
    folder.remove();
  });

  const changeAfter = async (act: () => void): Promise<void> => {
    const told = new Promise<void>((resolve) => {
      onChange = resolve;
    });
    act();
    await told;
  };
  const replace = (): void => {
    folder.write({ 'src/core/.vault.ts.new': '' });
    renameSync(folder.at('src/core/.vault.ts.new'), folder.at('src/core/vault.ts'));
  };

  it('sees each time that a file is replaced, as by vim and git', async () => {
    // Where one is not seen, the test's time limit ends it.
    await changeAfter(replace);
    await changeAfter(replace);
  });

  it('sees a file of a folder that came later', async () => {
    await changeAfter(() => folder.write({ 'src/cli/main.ts': '' }));
    await changeAfter(() => folder.write({ 'src/cli/main.ts': 'changed' }));
  });

  it('does not look at installed packages', async () => {
    folder.write({ 'src/node_modules/package/index.js': 'changed' });
    await changeAfter(() => setTimeout(replace, 200));

    assert.equal(changes, 1);
  });
});
