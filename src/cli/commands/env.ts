import { EXIT } from '../exitCodes';
import { writeVariables } from '../shells';
import type { Context } from './command';
import { variablesInUse } from './variablesInUse';

/** Prints the variables of the model in use, for a shell to read: the one command that prints a key. */
export async function env(context: Context): Promise<number> {
  const { request, ports } = context;
  ports.terminal.outExactly(writeVariables(request.shell ?? 'sh', await variablesInUse(context)));
  return EXIT.done;
}
