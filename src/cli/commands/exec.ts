import type { Context } from './command';
import { variablesInUse } from './variablesInUse';

/** As a shell says it. */
const NOT_FOUND = 127;

/** Runs a program with the variables of the model in use, in its environment alone; its exit code is ours. */
export async function exec(context: Context): Promise<number> {
  const { request, world } = context;
  const [program = '', ...rest] = request.program;
  const code = await world.run([program, ...rest], await variablesInUse(context));
  if (code === undefined) world.terminal.err(`There is no program ${program} to run.\n`);
  return code ?? NOT_FOUND;
}
