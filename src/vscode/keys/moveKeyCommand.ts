import { answer, type CommandParts, type CommandResult } from '../answers/commandAnswer';
import { findKey, takeKeyOut } from './moveKey';
import { signIn } from '../signIn/signInCommand';

/** `qwen.moveKey`: signs in with a key from a settings file, and only when it is stored takes it out of there. */
export async function moveKey(parts: CommandParts, argument: unknown): Promise<CommandResult> {
  const occasion = { during: 'signIn', method: 'api-key' } as const;
  const found = await answer(parts, occasion, async () => await findKey(parts.settingsFiles, argument));
  if (!found.ok) return found;
  const signedIn = await signIn(parts, { ...found.request, apiKey: found.key });
  if (!signedIn.ok) return signedIn;
  return await answer(parts, occasion, async () => {
    await takeKeyOut(found);
    return signedIn;
  });
}
