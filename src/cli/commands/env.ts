import { ConfigurationError } from '../../core/base/errors';
import { isHiding } from '../../core/base/oneLine';
import { EXIT } from '../exitCodes';
import { writeVariables } from '../shells';
import type { Context } from './command';
import { variablesInUse } from './variablesInUse';

/** Prints the variables of the model in use, for a shell to read: the one command that prints a key. */
export async function env(context: Context): Promise<number> {
  const { request, ports } = context;
  const variables = await variablesInUse(context);
  if (ports.terminal.isRead) refuseHidden(variables);
  ports.terminal.outExactly(writeVariables(request.shell ?? 'sh', variables));
  return EXIT.done;
}

/** A terminal would obey what a file of a project put into a value. */
function refuseHidden(variables: Readonly<Record<string, string>>): void {
  const [name] = Object.entries(variables).find(([, value]) => isHiding(value)) ?? [];
  if (name === undefined) return;
  throw new ConfigurationError(
    { variable: name },
    `The value of ${name} has control characters in it, which a terminal would obey. Nothing was printed. ` +
      'Take them out where it is set, or let a program read the output.',
  );
}
