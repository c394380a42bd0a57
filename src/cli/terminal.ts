import * as l10n from '@vscode/l10n';
import { createInterface } from 'node:readline';
import { Cancelled, ConfigurationError } from '../core/base/errors';
import type { Terminal } from './ports';

const OUTPUT = { part: 'output' } as const;
const OBEYED = l10n.t(
  'A value has control characters in it, which a terminal would obey. Nothing was printed. Take them out where it is ' +
    'set, or let a program read the output.',
);
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Of these, what people write: lines, tabs, and the joiners of Persian, Hindi and emoji. */
const VISIBLE: ReadonlySet<string> = new Set(['\n', '\t', '\u200c', '\u200d']);

/** The streams of a process; `isTTY` is whether one is a terminal. Each may be opened where it is first asked for. */
interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** The terminal of a process. Questions go to standard error, so that output may be a program's input. */
export class ProcessTerminal implements Terminal {
  readonly #streams: Streams;
  /** Whether the last line of standard output has no end yet. */
  #isWithinLine = false;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  get isInteractive(): boolean {
    const { stdin, stderr } = this.#streams;
    return stdin.isTTY === true && stderr.isTTY === true;
  }

  out(text: string): void {
    this.#write(printable(text));
  }

  outExactly(text: string): void {
    if (this.#streams.stdout.isTTY === true && printable(text) !== text) throw new ConfigurationError(OUTPUT, OBEYED);
    this.#write(text);
  }

  #write(text: string): void {
    if (text === '') return;
    this.#isWithinLine = !text.endsWith('\n');
    this.#streams.stdout.write(text);
  }

  err(text: string): void {
    this.#endLine();
    this.#streams.stderr.write(printable(text));
  }

  confirm(question: string, signal: AbortSignal): Promise<boolean> {
    this.#endLine();
    const { stdin: input, stderr: output } = this.#streams;
    return new Promise((resolve, reject) => {
      const lines = createInterface({ input, output });
      let isAnswered = false;
      const cancel = (): void => {
        reject(new Cancelled());
        lines.close();
      };
      signal.addEventListener('abort', cancel, { once: true });
      lines.once('SIGINT', cancel);
      lines.once('close', () => {
        signal.removeEventListener('abort', cancel);
        // Nobody has ended the line of the question.
        if (!isAnswered) output.write('\n');
        // The end of the input is no yes.
        resolve(false);
      });
      lines.question(printable(question), (answer) => {
        isAnswered = true;
        resolve(/^\s*y(es)?\s*$/i.test(answer));
        lines.close();
      });
    });
  }

  /** An error never shares a line with an answer that broke off. */
  #endLine(): void {
    if (this.#isWithinLine) this.#write('\n');
  }
}

/** The text without what a terminal would obey or hide, and what turns the direction of reading. */
export function printable(text: string): string {
  return text.replace(HIDDEN, (character) => (VISIBLE.has(character) ? character : ''));
}
