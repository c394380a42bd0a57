import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult, SignIn } from '../answers/answerParts';
import { findKey, removeKey } from './moveKey';
import type { SettingsFiles } from './settingsFiles';

/** What the move of a key works with. */
export interface MoveKeyParts extends AnswerParts {
  readonly settingsFiles: SettingsFiles;
  readonly signIn: SignIn;
}

/** `qwen.moveKey`: signs in with a key from a settings file, and only when it is stored takes it out of there. */
export async function moveKey(parts: MoveKeyParts, argument: unknown): Promise<CommandResult> {
  const occasion = { during: 'signIn', method: 'api-key' } as const;
  const found = await answer(parts, occasion, async () => await findKey(parts.settingsFiles, argument));
  if (!found.ok) return found;
  const signedIn = await parts.signIn({ ...found.request, apiKey: found.key });
  if (!signedIn.ok) return signedIn;
  return await answer(parts, occasion, async () => {
    await removeKey(found);
    return signedIn;
  });
}
