import { commands, type Disposable } from 'vscode';
import type { Session } from '../core/session/session';
import { type Snapshot } from '../core/session/snapshot';

/** The `when` keys of the manifest, each a function of the state. */
export const CONTEXT_KEYS = {
  'qwen.signedIn': ({ accounts }: Snapshot) => accounts.length > 0,
  'qwen.hasModels': ({ accounts, models }: Snapshot) => accounts.length > 0 || models.length > 0,
} as const;

/** Keeps the context keys equal to the session's state. */
export function followContextKeys(session: Session): Disposable {
  const known = new Map<string, boolean>();
  const update = (): void => {
    for (const [key, of] of Object.entries(CONTEXT_KEYS)) {
      const value = of(session.snapshot);
      if (known.get(key) === value) continue;
      known.set(key, value);
      void commands.executeCommand('setContext', key, value);
    }
  };
  update();
  return session.onDidChange(update);
}
