import { createInterface } from 'node:readline';
import { Cancelled } from '../core/base/errors';
import type { Terminal } from './world';

/** The terminal of this process. Questions go to standard error, so that output may be a program's input. */
export function processTerminal({ stdin, stdout, stderr }: typeof process): Terminal {
  return {
    // Undefined, whatever its type says, where there is none.
    isInteractive: [stdin.isTTY, stderr.isTTY].every(Boolean),
    out: (text) => void stdout.write(printable(text)),
    outExactly: (text) => void stdout.write(text),
    err: (text) => void stderr.write(printable(text)),
    confirm: (question, signal) =>
      new Promise((resolve, reject) => {
        const lines = createInterface({ input: stdin, output: stderr });
        const cancel = (): void => {
          reject(new Cancelled());
          lines.close();
        };
        signal.addEventListener('abort', cancel, { once: true });
        lines.once('SIGINT', cancel);
        lines.once('close', () => {
          signal.removeEventListener('abort', cancel);
          // The end of the input is no yes.
          resolve(false);
        });
        lines.question(printable(question), (answer) => {
          resolve(/^\s*y(es)?\s*$/i.test(answer));
          lines.close();
        });
      }),
  };
}

/** The text without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : ''));
}
