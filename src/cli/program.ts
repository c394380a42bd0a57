import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/joinSentences';
import { Cancelled } from '../core/base/errors';
import { readRequest, type Request, UsageError } from './commandLine';
import type { Command } from './commands/command';
import { env } from './commands/env';
import { exec } from './commands/exec';
import { explain } from './commands/explain';
import { limits } from './commands/limits';
import { login } from './commands/login';
import { logout } from './commands/logout';
import { models } from './commands/models';
import { serve } from './commands/serve';
import { status } from './commands/status';
import { test } from './commands/test';
import { token } from './commands/token';
import { EXIT } from './exitCodes';
import { helpText } from './help';
import { type OpenSession, openSession } from './openSession';
import type { CommandName } from './options';
import { sentenceFor } from './problems';
import type { CliPorts } from './ports';

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  status,
  models,
  env,
  exec,
  serve,
  token,
  limits,
  test,
  explain,
  login,
  logout,
};

/** Runs a command line to its exit code: one of `EXIT`, or that of what `exec` ran. */
export async function runProgram(argv: readonly string[], ports: CliPorts): Promise<number> {
  const { terminal } = ports;
  let open: OpenSession | undefined;
  try {
    const request: Request = readRequest(argv);
    if (request.command === 'help' || request.command === 'version') {
      terminal.out(request.command === 'help' ? helpText(request.topic) : `${ports.version}\n`);
      return EXIT.done;
    }
    open = await openSession(request, ports);
    if (ports.signal.aborted) throw new Cancelled();
    return await COMMANDS[request.command]({ ...open, request, ports });
  } catch (error) {
    if (error instanceof Cancelled) {
      terminal.err(`${l10n.t('Cancelled.')}\n`);
      return EXIT.cancelled;
    }
    if (error instanceof UsageError) {
      terminal.err(`${joinSentences(error.message, l10n.t('qwen-auth --help tells more.'))}\n`);
      return EXIT.misused;
    }
    terminal.err(`${sentenceFor(error, open?.session.snapshot, terminal.isInteractive)}\n`);
    return EXIT.failed;
  } finally {
    await open?.close();
  }
}
