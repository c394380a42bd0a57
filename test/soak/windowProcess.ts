import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { WindowOptions } from './windowProgram';

/** A window in a process of its own. */
export class WindowProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #exited: Promise<unknown>;
  #calls = 0;

  private constructor(options: WindowOptions) {
    const env = { ...process.env, TEST_WINDOW: JSON.stringify(options) };
    this.#child = fork(path.resolve('out/soak/windowProgram.js'), {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit');
    this.#child.on(
      'message',
      (message: { readonly id: string; readonly result?: unknown; readonly error?: string }) => {
        const { id, result, error } = message;
        const waiting = this.#waiting.get(id);
        if (error === undefined) waiting?.resolve(result);
        else waiting?.reject(new Error(error));
      },
    );
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The window was killed.'));
    });
  }

  /** Opens one, and waits until it works. */
  static async open(options: WindowOptions): Promise<WindowProcess> {
    const opened = new WindowProcess(options);
    await opened.told('ready');
    return opened;
  }

  /** Does one of the program's actions; rejects with its error as text, or when it is killed. */
  async call(action: string, ...args: readonly string[]): Promise<unknown> {
    const id = String(++this.#calls);
    const result = this.told(id);
    this.#child.send({ id, action, args });
    return await result;
  }

  /** Waits for a message that it sends without being asked. */
  told(id: string): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Ends it at once, in the midst of whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
