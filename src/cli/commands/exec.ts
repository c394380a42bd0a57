import { EXIT } from '../exitCodes';
import type { Context } from './command';
import { variablesInUse } from './variablesInUse';

/** Runs a program with the variables of the model in use, in its environment alone; its exit code is ours. */
export async function exec(context: Context): Promise<number> {
  const { request, ports } = context;
  const [program = '', ...rest] = request.program;
  const outcome = await ports.run([program, ...rest], await variablesInUse(context));
  switch (outcome.kind) {
    case 'ended':
      return outcome.code;
    case 'missing':
      ports.terminal.err(`There is no program ${program} to run.\n`);
      return EXIT.notFound;
    case 'notExecutable':
      ports.terminal.err(`${program} cannot be run: ${outcome.why}.\n`);
      return EXIT.notExecutable;
  }
}
