import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { systemFiles } from '../../../src/core/base/files';
import { claimWindows, refuseRenames, restoreRenames } from '../../fakes/filesInUse';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('writing a file of this machine', () => {
  let temporary: TemporaryFolder;
  beforeEach(() => {
    temporary = createTemporaryFolder({ 'settings.json': 'before' });
  });
  afterEach(() => temporary.remove());

  const write = (name: string, text: string, before: string | undefined) =>
    systemFiles.write(temporary.at(name), text, before);
  const textOf = (name: string) => readFileSync(temporary.at(name), 'utf8');
  const modeOf = (name: string) => statSync(temporary.at(name)).mode & 0o777;

  it('puts the new text in the place of the old one, and leaves nothing else behind', async () => {
    assert.deepEqual(await write('settings.json', 'after', 'before'), { kind: 'written' });

    assert.equal(textOf('settings.json'), 'after');
    assert.deepEqual(readdirSync(temporary.at('')), ['settings.json']);
  });

  it('keeps the permissions that the file has', async () => {
    chmodSync(temporary.at('settings.json'), 0o640);

    await write('settings.json', 'after', 'before');

    assert.equal(modeOf('settings.json'), 0o640);
  });

  it('leaves a file alone that its owner has made read-only', async () => {
    chmodSync(temporary.at('settings.json'), 0o444);

    const answer = await systemFiles.write(temporary.at('settings.json'), 'after', 'before', 'ownerOnly');

    assert.deepEqual(answer, { kind: 'broken', why: 'may not be written by you' });
    assert.deepEqual([textOf('settings.json'), modeOf('settings.json')], ['before', 0o444]);
  });

  it('leaves a file to its owner alone where that is asked for', async () => {
    chmodSync(temporary.at('settings.json'), 0o644);

    await systemFiles.write(temporary.at('settings.json'), 'after', 'before', 'ownerOnly');

    assert.equal(modeOf('settings.json'), 0o600);
  });

  it('makes a new file, and its folder, for its owner alone', async () => {
    assert.deepEqual(await write('.qwen/settings.json', 'new', undefined), { kind: 'written' });

    assert.equal(textOf('.qwen/settings.json'), 'new');
    assert.equal(modeOf('.qwen/settings.json'), 0o600);
  });

  it('changes the file behind a link, and not the link', async () => {
    symlinkSync('settings.json', temporary.at('link'));

    assert.deepEqual(await write('link', 'after', 'before'), { kind: 'written' });

    assert.equal(textOf('settings.json'), 'after');
    assert.ok(lstatSync(temporary.at('link')).isSymbolicLink());
  });

  it('is done on Windows once no other program has the file open', async () => {
    claimWindows();
    refuseRenames(2);
    try {
      assert.deepEqual(await write('settings.json', 'after', 'before'), { kind: 'written' });
    } finally {
      restoreRenames();
    }

    assert.equal(textOf('settings.json'), 'after');
  });

  it('leaves a file alone on Windows that the program has changed which had it open', async () => {
    claimWindows();
    refuseRenames(1, 'EBUSY', () => temporary.write({ 'settings.json': 'somebody else’s' }));
    try {
      assert.deepEqual(await write('settings.json', 'after', 'before'), { kind: 'changed' });
    } finally {
      restoreRenames();
    }

    assert.equal(textOf('settings.json'), 'somebody else’s');
  });

  it('keeps a byte order mark', async () => {
    temporary.write({ 'settings.json': '\uFEFFbefore' });

    await write('settings.json', 'after', 'before');

    assert.equal(textOf('settings.json'), '\uFEFFafter');
  });

  for (const [what, before] of [
    ['was changed', 'what was read'],
    ['has come', undefined],
  ] as const) {
    it(`leaves a file alone that ${what} since it was read`, async () => {
      assert.deepEqual(await write('settings.json', 'after', before), { kind: 'changed' });

      assert.equal(textOf('settings.json'), 'before');
      assert.deepEqual(readdirSync(temporary.at('')), ['settings.json']);
    });
  }

  it('leaves a file alone that has gone since it was read', async () => {
    assert.deepEqual(await write('gone.json', 'after', 'before'), { kind: 'changed' });

    assert.deepEqual(readdirSync(temporary.at('')), ['settings.json']);
  });

  it('says that another program has the file open', async () => {
    refuseRenames(1, 'EBUSY');
    try {
      assert.deepEqual(await write('settings.json', 'after', 'before'), {
        kind: 'broken',
        why: 'cannot be written while another program has it open',
      });
    } finally {
      restoreRenames();
    }
  });

  it('says why it cannot be', async () => {
    symlinkSync('nowhere', temporary.at('dangling'));
    temporary.write({ bytes: new Uint8Array([0x22, 0xff, 0x22]) });

    assert.deepEqual(await write('dangling', 'after', undefined), {
      kind: 'broken',
      why: 'cannot be written (ENOENT)',
    });
    assert.deepEqual(await write('settings.json/below', 'after', undefined), {
      kind: 'broken',
      why: 'cannot be written (ENOTDIR)',
    });
    assert.deepEqual(await write('bytes', 'after', '"\uFFFD"'), {
      kind: 'broken',
      why: 'cannot be written (not UTF-8)',
    });
  });
});
