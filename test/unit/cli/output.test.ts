import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';

import { Output } from '../../../src/cli/output';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('an output of the command line', () => {
  let folder: TemporaryFolder;
  let file: string;
  let opened: number;

  const stream = new PassThrough({ encoding: 'utf8' });
  const open = (): PassThrough => {
    opened += 1;
    return stream;
  };

  beforeEach(function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    folder = createTemporaryFolder({ output: '' });
    file = folder.at('output');
    opened = 0;
  });
  afterEach(() => folder.remove());

  it('is written without its stream', () => {
    const descriptor = openSync(file, 'w');
    const output = new Output(descriptor, open);

    output.write('state  signedIn\n');
    output.write('key    …cdef\n');
    closeSync(descriptor);

    assert.equal(readFileSync(file, 'utf8'), 'state  signedIn\nkey    …cdef\n');
    assert.equal(opened, 0);
  });

  it('leaves to its stream what cannot be written, and all that follows', () => {
    const output = new Output(openSync(file, 'r'), open);

    output.write('one ');
    output.write('two');

    assert.equal(stream.read(), 'one two');
    assert.equal(opened, 1);
  });
});
