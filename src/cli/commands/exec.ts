import { askForConsent } from '../consents';
import { openaiVariables } from '../../core/terminal/openaiVariables';
import type { Context } from './command';

/** As a shell says it. */
const NOT_FOUND = 127;

/** Runs a program with the variables of the model in use, in its environment alone; its exit code is ours. */
export async function exec({ session, request, world }: Context): Promise<number> {
  const [program = '', ...rest] = request.program;
  await askForConsent(session, world, request.allowWorkspace);
  const { model, access } = await session.access(world.signal);
  const code = await world.run([program, ...rest], openaiVariables(model, access));
  if (code === undefined) world.terminal.err(`There is no program ${program} to run.\n`);
  return code ?? NOT_FOUND;
}
