import { window, type LogOutputChannel } from 'vscode';
import type { Log } from '../../core/base/ports';
import { redact } from '../../core/base/redaction';

/** The log that a person can open. Everything is redacted on its way in. */
export interface OutputLog extends Log {
  show(): void;
  /** What was logged last, oldest first, each with its time. */
  recent(): readonly string[];
  dispose(): void;
}

/** How many entries are kept in memory. */
const MOST_LINES = 50;

/** An output channel of that name as a log. */
export function createLog(name: string): OutputLog {
  const channel: LogOutputChannel = window.createOutputChannel(name, { log: true });
  const lines: string[] = [];
  const keep = (level: string, message: string): string => {
    const redacted = redact(message);
    lines.push(`${new Date().toISOString()} [${level}] ${redacted}`);
    if (lines.length > MOST_LINES) lines.shift();
    return redacted;
  };
  return {
    info: (message) => channel.info(keep('info', message)),
    error: (message) => channel.error(keep('error', message)),
    recent: () => [...lines],
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
