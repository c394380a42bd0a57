import { extensions, Uri, workspace } from 'vscode';
import { readJsonc } from '../../core/config/jsonc';
import { type Disposable, Emitter, type Event } from '../../core/base/events';
import { stringIn } from '../../core/base/json';
import type { StateStore } from '../../core/base/ports';

/** The extension that brings the agents of VS Code's own chat; a new profile has it, switched off. */
export const CHAT_EXTENSION = 'GitHub.copilot-chat';

/** VS Code's name for who provides our models. */
export const VENDOR = 'qwen';

/** Whether VS Code's own chat is set up for our models. */
export interface ChatUse extends Disposable {
  /** Whether the chat has a group of our models. */
  hasGroup(): Promise<boolean>;
  /** Whether it was set up, and is still switched on. */
  isSetUp(): boolean;
  /** Fires when that may have become another. */
  readonly onDidChange: Event<void>;
  noteSetUp(): Promise<void>;
  /** The ids of models that chats, of any window and day, may hold on to; the latest first. */
  held(): readonly string[];
  hold(model: string): void;
}

const KEY = 'chat';
const HELD = 'chatModels';
const MOST_HELD = 20;

/** Finds the chat's file by the folder in which VS Code keeps what is this extension's; elsewhere it believes its memory. */
export function createChatUse(storage: Uri, state: StateStore): ChatUse {
  const file = Uri.joinPath(storage, '..', '..', 'chatLanguageModels.json');
  const changed = new Emitter<void>();
  const subscription = extensions.onDidChange(() => changed.fire());
  const isNoted = (): boolean => state.get(KEY) === 'setUp';
  const held = (): readonly string[] => {
    const ids = state.get(HELD);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  };
  return {
    hasGroup: async () => (await groupIn(file)) ?? isNoted(),
    isSetUp: () => isNoted() && extensions.getExtension(CHAT_EXTENSION) !== undefined,
    onDidChange: changed.event,
    noteSetUp: async () => {
      await state.set(KEY, 'setUp');
      changed.fire();
    },
    held,
    hold: (model) => {
      const [latest, ...others] = held();
      if (latest === model) return;
      const kept = [latest, ...others].filter((id) => id !== undefined && id !== model);
      void state.set(HELD, [model, ...kept].slice(0, MOST_HELD));
    },
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}

/** Undefined where the file is not, as in a window whose extensions run on another machine, or cannot be read. */
async function groupIn(file: Uri): Promise<boolean | undefined> {
  try {
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    const { value: groups } = readJsonc(file.fsPath, text, { allowTrailingComma: true });
    return Array.isArray(groups) && groups.some((group) => stringIn(group, 'vendor') === VENDOR);
  } catch {
    return undefined;
  }
}
