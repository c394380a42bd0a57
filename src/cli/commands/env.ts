import { askForConsent } from '../consents';
import { openaiVariables } from '../../core/terminal/openaiVariables';
import { writeVariables } from '../shells';
import type { Context } from './command';

/** Prints the variables of the model in use, for a shell to read: the one command that prints a key. */
export async function env({ session, request, world }: Context): Promise<number> {
  await askForConsent(session, world, request.allowWorkspace);
  const { model, access } = await session.access(world.signal);
  world.terminal.outExactly(writeVariables(request.shell ?? 'sh', openaiVariables(model, access)));
  return 0;
}
