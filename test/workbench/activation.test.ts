import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { extensions } from 'vscode';

import { isRecord } from '../../src/core/base/json';

describe('the activation', () => {
  it('waits for nothing, so that no round trip to VS Code holds it up', async () => {
    const extension = extensions.getExtension('qwen-auth.qwen-auth');
    await extension?.activate();
    const bundle: unknown = createRequire(__filename)(path.join(extension?.extensionPath ?? '', 'dist/extension.js'));

    // An async function would say so here.
    assert.equal(Object.prototype.toString.call(isRecord(bundle) && bundle['activate']), '[object Function]');
  });
});
