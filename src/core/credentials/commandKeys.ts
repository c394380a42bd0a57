import * as l10n from '@vscode/l10n';
import { Cancelled, ConfigurationError } from '../base/errors';
import { oneLine } from '../base/oneLine';
import type { Clock } from '../base/ports';
import { redact } from '../base/redaction';
import type { Secret } from '../base/secret';
import { untilAborted } from '../base/untilAborted';
import { KEY_COMMAND, type KeyCommand } from '../config/keyCommands';
import { readKey } from '../config/keyText';
import type { CommandOutput } from './commandOutput';

/** How long a command may take, and how long its key is kept in memory. */
const TIMEOUT_MS = 10_000;
const KEPT_MS = 300_000;
/** How much of the end of its standard error is told, in characters. */
const LONGEST_TEXT = 200;

interface KeptKey {
  readonly key: Secret;
  readonly until: number;
}

/** A command that runs, for so many who wait for its key. */
interface Run {
  readonly key: Promise<Secret>;
  readonly over: AbortController;
  waiting: number;
}

/**
 * The keys that commands of the person's own print, such as those of a secret manager; in
 * memory alone, for five minutes.
 */
export class CommandKeys {
  readonly #clock: Clock;
  readonly #kept = new Map<string, KeptKey>();
  readonly #running = new Map<string, Run>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The key that a command prints; it is asked again for one that a server has just `refused`, and ended where nobody
   * waits for it any more. Throws `ConfigurationError` where the command fails, takes more than ten seconds, or does not
   * print one line that can be a key; `Cancelled` on abort.
   */
  async key(about: KeyCommand, refused: Secret | undefined, signal: AbortSignal): Promise<Secret> {
    const id = JSON.stringify(about.command);
    const kept = this.#kept.get(id);
    if (kept && kept.until > this.#clock.now() && !kept.key.equals(refused)) return kept.key;
    const run = this.#running.get(id) ?? this.#run(id, about);
    run.waiting += 1;
    try {
      return await untilAborted(run.key, signal);
    } finally {
      run.waiting -= 1;
      if (run.waiting === 0) {
        run.over.abort();
        this.#running.delete(id);
      }
    }
  }

  #run(id: string, about: KeyCommand): Run {
    const over = new AbortController();
    const key = keyFrom(about, this.#clock, over.signal).then((printed) => {
      this.#kept.set(id, { key: printed, until: this.#clock.now() + KEPT_MS });
      return printed;
    });
    const run = { key, over, waiting: 0 };
    this.#running.set(id, run);
    return run;
  }
}

async function keyFrom(about: KeyCommand, clock: Clock, signal: AbortSignal): Promise<Secret> {
  const { commandOutput } = await import('./commandOutput');
  const result = await commandOutput(about.command, clock, TIMEOUT_MS, signal);
  if (result.kind === 'calledOff') throw new Cancelled();
  if (result.kind !== 'ended' || result.by !== 0) throw failure(about, whyFailed(result));
  const lines = result.output.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [line = ''] = lines;
  if (lines.length > 1) throw failure(about, l10n.t('printed more than one line'));
  const read = readKey(line);
  switch (read.kind) {
    case 'key':
      return read.key;
    case 'empty':
      throw failure(about, l10n.t('printed nothing'));
    case 'placeholder':
      throw failure(about, l10n.t('printed what only stands for a key'));
    case 'unusable':
      throw failure(about, l10n.t('printed no key: {why}', { why: read.why.replace(/[.。]$/, '') }));
  }
}

/** The error of a command: named by its program alone, for its arguments may say where a secret lies. */
function failure({ command: [program], source, baseUrl }: KeyCommand, why: string): ConfigurationError {
  const { file } = source;
  const where = file === undefined ? { setting: `qwen.${KEY_COMMAND}` } : { file };
  const place =
    file === undefined
      ? l10n.t('The setting qwen.{keyCommand}', { keyCommand: KEY_COMMAND })
      : l10n.t('{name} in {place}', { name: KEY_COMMAND, place: file });
  return new ConfigurationError(
    where,
    l10n.t('{place}: {program}, which is to print the key for {baseUrl}, {why}.', { place, program, baseUrl, why }),
  );
}

function whyFailed(result: Exclude<CommandOutput, { readonly kind: 'calledOff' }>): string {
  switch (result.kind) {
    case 'notRun':
      return result.why === 'ENOENT' || result.why === 'ENOTDIR'
        ? l10n.t('was not found')
        : l10n.t('cannot be run ({code})', { code: result.why });
    case 'tooMuch':
      return l10n.t('printed far more than a key');
    case 'tooLate':
      return l10n.t('took longer than {count} seconds', { count: TIMEOUT_MS / 1000 });
    case 'ended': {
      const how = l10n.t('ended with {code}', { code: String(result.by) });
      const text = redact(oneLine(result.said)).slice(-LONGEST_TEXT).replace(/\.$/, '');
      return text === '' ? how : l10n.t('{how}: {text}', { how, text });
    }
  }
}
