import * as l10n from '@vscode/l10n';
import { execFile, type ExecFileException } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../base/errors';
import { oneLine } from '../base/oneLine';
import type { Clock } from '../base/ports';
import { redact } from '../base/redaction';
import { Secret } from '../base/secret';
import { untilAborted } from '../base/untilAborted';
import { KEY_COMMAND, type KeyCommand } from '../config/keyCommands';

/** How long a command may take, and how long its key is kept in memory. */
const TIMEOUT_MS = 10_000;
const KEPT_MS = 300_000;
const MOST_BYTES = 64 * 1024;
/** How much of the end of its standard error is told, in characters. */
const LONGEST_TEXT = 200;

interface KeptKey {
  readonly key: Secret;
  readonly until: number;
}

/**
 * The keys that commands of the person's own print, such as those of a secret manager; in
 * memory alone, for five minutes.
 */
export class CommandKeys {
  readonly #clock: Clock;
  readonly #kept = new Map<string, KeptKey>();
  readonly #running = new Map<string, Promise<Secret>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The key that a command prints; it is asked again for one that a server has just `refused`.
   * Throws `ConfigurationError` where the command fails, takes more than ten seconds, or does not
   * print one line; `Cancelled` on abort.
   */
  async key(about: KeyCommand, refused: Secret | undefined, signal: AbortSignal): Promise<Secret> {
    const id = JSON.stringify(about.command);
    const kept = this.#kept.get(id);
    if (kept && kept.until > this.#clock.now() && !kept.key.equals(refused)) return kept.key;
    const running = this.#running.get(id) ?? this.#run(id, about);
    this.#running.set(id, running);
    return await untilAborted(running, signal);
  }

  async #run(id: string, about: KeyCommand): Promise<Secret> {
    try {
      const key = await keyFrom(about);
      this.#kept.set(id, { key, until: this.#clock.now() + KEPT_MS });
      return key;
    } finally {
      this.#running.delete(id);
    }
  }
}

function keyFrom(about: KeyCommand): Promise<Secret> {
  const [program, ...args] = about.command;
  // Not in the folder that is worked in, which could have brought a program of that name. Users of services have no home.
  const cwd = existsSync(homedir()) ? homedir() : path.parse(process.execPath).root;
  const options = { cwd, timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES, windowsHide: true } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, output, said) => {
      if (error) return reject(failure(about, whyFailed(error, said)));
      const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
      const [line = ''] = lines;
      if (lines.length === 1) resolve(new Secret(line.trim()));
      else
        reject(failure(about, lines.length === 0 ? l10n.t('printed nothing') : l10n.t('printed more than one line')));
    });
    // One that asks for a password there gets none.
    child.stdin?.end();
  });
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

function whyFailed(error: ExecFileException, said: string): string {
  if (error.code === 'ENOENT') return l10n.t('was not found');
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return l10n.t('printed far more than a key');
  if (error.killed) return l10n.t('took longer than {count} seconds', { count: TIMEOUT_MS / 1000 });
  const text = redact(oneLine(said)).slice(-LONGEST_TEXT).trim().replace(/\.$/, '');
  const how =
    typeof error.code === 'string'
      ? l10n.t('cannot be run ({code})', { code: error.code })
      : l10n.t('ended with {code}', { code: String(error.code ?? error.signal) });
  return text === '' ? how : l10n.t('{how}: {text}', { how, text });
}
