import { window, type LogOutputChannel } from 'vscode';
import type { Log } from '../../core/base/ports';
import { redact } from '../../core/base/redaction';

/** The log that a person can open. Everything is redacted on its way in. */
export interface OutputLog extends Log {
  show(): void;
  dispose(): void;
}

/** An output channel of that name as a log. */
export function createLog(name: string): OutputLog {
  const channel: LogOutputChannel = window.createOutputChannel(name, { log: true });
  return {
    info: (message) => channel.info(redact(message)),
    error: (message) => channel.error(redact(message)),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}

/** An error and what caused it, each on a line of its own. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by ${describeError(error.cause)}`;
  return `${error.name}: ${error.message}${cause}`;
}
