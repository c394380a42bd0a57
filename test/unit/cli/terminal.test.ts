import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';

import { printable, ProcessTerminal } from '../../../src/cli/terminal';

const { signal } = new AbortController();

describe('terminal of a process', () => {
  let written: string;
  let terminal: ProcessTerminal;

  beforeEach(() => {
    written = '';
    const stream = (): PassThrough =>
      new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => (written += text));
    const stdin = new PassThrough();
    stdin.end('no\n');
    terminal = new ProcessTerminal({ stdin, stdout: stream(), stderr: stream() });
  });

  const settled = () => new Promise(setImmediate);

  it('begins an error on a line of its own', async () => {
    terminal.out('Hello from');
    terminal.err('The connection broke off.\n');
    await settled();

    assert.equal(written, 'Hello from\nThe connection broke off.\n');
  });

  it('adds no line where the last one has ended', async () => {
    terminal.out('Hello.\n');
    terminal.out('');
    terminal.err('Done.\n');
    await settled();

    assert.equal(written, 'Hello.\nDone.\n');
  });

  it('begins a question on a line of its own', async () => {
    terminal.outExactly('Hello');

    assert.equal(await terminal.confirm('Go on? ', signal), false);
    assert.match(written, /^Hello\nGo on\? /);
  });

  it('goes on with a line of its own where a question gets no answer', async () => {
    const cancelled = new AbortController();
    const asking = terminal.confirm('Go on? ', cancelled.signal);
    cancelled.abort();
    await assert.rejects(asking, { name: 'Cancelled' });
    terminal.err('Cancelled.\n');

    assert.match(written, /Go on\? (?:.*)\nCancelled\.\n$/);
  });

  it('prints nothing that it would obey, that hides, or that turns the direction of reading', () => {
    assert.equal(printable('a\u001b]52;c;\u0007b\u202ec\u200bd\u2066e\ufefff\rg'), 'a]52;c;bcdefg');
    assert.equal(printable('a line\n\tand emoji 👩‍👧'), 'a line\n\tand emoji 👩‍👧');
  });

  it('prints no value that it would obey, and all of it for a program', async () => {
    const value = "export OPENAI_MODEL='a\u001b]52;c;aGk=\u0007b'\n";
    const stdout = { isTTY: true, write: (text: string) => (written += text) };
    const read = new ProcessTerminal({ stdin: new PassThrough(), stdout, stderr: new PassThrough() });

    assert.throws(() => read.outExactly(value), { message: /control characters.*Nothing was printed/ });
    assert.equal(written, '');
    read.outExactly("export OPENAI_MODEL='gpt-4o'\n");
    terminal.outExactly(value);
    await settled();
    assert.equal(written, `export OPENAI_MODEL='gpt-4o'\n${value}`);
  });

  it('has nobody to answer where a stream is none', () => {
    assert.equal(terminal.isInteractive, false);
  });
});
