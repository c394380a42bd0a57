import { commands, type Disposable } from 'vscode';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import type { Event } from '../../core/base/events';

/** Whether VS Code's chat is set up for our models. */
interface ChatState {
  isSetUp(): boolean;
  readonly onDidChange: Event<void>;
}

/** The context keys of the manifest, each a function of what is known. */
export const CONTEXT_KEYS = {
  'qwen.signedIn': ({ accounts }: Snapshot) => accounts.length > 0,
  'qwen.hasStored': ({ accounts, unreadable }: Snapshot) => accounts.length + unreadable.length > 0,
  'qwen.hasModels': ({ accounts, models }: Snapshot) => accounts.length > 0 || models.length > 0,
  'qwen.modelChosen': ({ candidates: [inUse] }: Snapshot) =>
    inUse?.chosenBy === 'workspace' || inUse?.chosenBy === 'default',
  'qwen.answered': ({ connection }: Snapshot) => connection.kind === 'answered',
  'qwen.usedInChat': (_: Snapshot, chat: ChatState) => chat.isSetUp(),
} as const;

/** Keeps the context keys equal to the session's state. */
export function followContextKeys(session: Session, chat: ChatState): Disposable {
  const known = new Map<string, boolean>();
  const update = (): void => {
    for (const [key, of] of Object.entries(CONTEXT_KEYS)) {
      const value = of(session.snapshot, chat);
      if (known.get(key) === value) continue;
      known.set(key, value);
      void commands.executeCommand('setContext', key, value);
    }
  };
  update();
  const subscriptions = [session.onDidChange(update), chat.onDidChange(update)];
  return { dispose: () => subscriptions.forEach((subscription) => subscription.dispose()) };
}
