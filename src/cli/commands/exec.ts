import * as l10n from '@vscode/l10n';
import { keysIn } from '../../core/gateway/keysIn';
import { EXIT } from '../exitCodes';
import { openGateway } from '../gateway';
import type { RunOutcome } from '../ports';
import type { Context } from './command';
import { variablesInUse } from './variablesInUse';

/**
 * Runs a program with the variables of the model in use, in its environment alone; its exit code is ours. Through a
 * gateway it gets a token in the place of every key, which is good for as long as it runs.
 */
export async function exec(context: Context): Promise<number> {
  const { request, ports } = context;
  const [program = '', ...rest] = request.program;
  const outcome = request.gateway
    ? await runThroughGateway(context, [program, ...rest])
    : await ports.run([program, ...rest], await variablesInUse(context));
  switch (outcome.kind) {
    case 'ended':
      return outcome.code;
    case 'missing':
      ports.terminal.err(`${l10n.t('There is no program {program} to run.', { program })}\n`);
      return EXIT.notFound;
    case 'notExecutable':
      ports.terminal.err(`${l10n.t('{program} cannot be run: {why}.', { program, why: outcome.why })}\n`);
      return EXIT.notExecutable;
  }
}

async function runThroughGateway(context: Context, command: readonly [string, ...string[]]): Promise<RunOutcome> {
  const { session, ports } = context;
  const gateway = await openGateway(context);
  const withoutKeys = keysIn(ports.environment, session.snapshot).map((name) => [name, undefined]);
  try {
    return await ports.run(command, { ...Object.fromEntries(withoutKeys), ...gateway.variables });
  } finally {
    gateway.dispose();
  }
}
