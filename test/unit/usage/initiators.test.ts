import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtInName, isOwnInitiator, noteInitiator, readBlocked } from '../../../src/core/usage/initiators';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('who asks for models', () => {
  let folder: TemporaryFolder;
  beforeEach(() => void (folder = createTemporaryFolder()));
  afterEach(() => folder.remove());

  it('is news once, whichever window it asks in, and however its name is written', async () => {
    const first = await Promise.all(
      ['acme.ai', 'Acme.AI', 'acme.ai'].map((id) => noteInitiator(folder.at('usage'), id)),
    );

    assert.deepEqual(first.toSorted(), ['first', 'known', 'known']);
    assert.equal(await noteInitiator(folder.at('usage'), 'acme.ai'), 'known');
    assert.equal(await noteInitiator(folder.at('usage'), 'acme.other'), 'first');
  });

  it('leads to no file but in its folder', async () => {
    await noteInitiator(folder.at('usage'), '../../etc/passwd');

    assert.deepEqual(readdirSync(folder.at('')), ['usage']);
    assert.equal(readdirSync(folder.at('usage')).length, 1);
  });

  it('is no news where it cannot be noted, or it would be for ever, and is once it can', async () => {
    writeFileSync(folder.at('taken'), '');
    assert.equal(await noteInitiator(folder.at('taken'), 'acme.ai'), 'notNoted');

    rmSync(folder.at('taken'));
    assert.equal(await noteInitiator(folder.at('taken'), 'acme.ai'), 'first');
  });

  it('may be ourselves or VS Code', () => {
    assert.ok(isOwnInitiator('Qwen-Auth.qwen-auth') && !isOwnInitiator('github.copilot-chat'));
    assert.equal(builtInName('GitHub.copilot-chat'), "VS Code's chat");
    assert.equal(builtInName('acme.ai'), undefined);
  });

  it('is blocked by its id, but never ourselves', () => {
    assert.deepEqual(readBlocked([' Acme.AI ', 'acme.ai', 'qwen-auth', '', 7]), ['acme.ai']);
    assert.deepEqual(readBlocked('acme.ai'), []);
    assert.deepEqual(readBlocked(undefined), []);
  });
});
