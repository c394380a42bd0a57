import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';

import { isRecord, parseJson, stringIn } from '../../../src/core/base/json';

const START = path.resolve('out/cli/cli.js');

/** Starts the program as if it ran on that version of Node. */
function startOn(version: string) {
  const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require(${JSON.stringify(START)});`;
  return spawnSync(process.execPath, ['-e', script, '--', '--version'], { encoding: 'utf8' });
}

describe('the start of the command line program', () => {
  const manifest = parseJson(readFileSync('package.json', 'utf8'));
  const needed = (stringIn(isRecord(manifest) && manifest['engines'], 'node') ?? '').replace('>=', '');

  for (const version of ['18.19.0', '6.17.1', '20.18.3']) {
    it(`says on Node ${version} which one is needed`, () => {
      const { status, stdout, stderr } = startOn(version);

      assert.deepEqual([status, stdout], [1, '']);
      assert.ok(stderr.startsWith(`qwen-auth needs Node ${needed} or newer, and this is Node ${version}. `), stderr);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }

  for (const version of ['20.19.0', '22.1.0', '30.0.0-nightly']) {
    it(`goes on with Node ${version}`, () => {
      assert.doesNotMatch(startOn(version).stderr, /needs Node/);
    });
  }

  it('is written in a syntax that Node 6 reads', () => {
    const code = readFileSync(START, 'utf8');
    const lowered = (target: string): string => transformSync(code, { target, legalComments: 'inline' }).code;

    assert.equal(lowered('node6'), lowered('esnext'));
  });
});
