import { extensions, Uri, workspace } from 'vscode';
import { readJsonc } from '../../core/config/jsonc';
import { type Disposable, Emitter, type Event } from '../../core/base/events';
import { stringIn } from '../../core/base/json';
import type { StateStore } from '../../core/base/ports';

/** The extension that brings the agents of VS Code's own chat; a new profile has it, switched off. */
export const CHAT_EXTENSION = 'GitHub.copilot-chat';

/** The setting by which the person has no AI features of VS Code's at all. */
export const AI_SWITCH = 'chat.disableAIFeatures';

/** VS Code's name for who provides our models. */
export const VENDOR = 'qwen';

const KEY = 'chat';

/**
 * Whether VS Code's own chat is set up for our models. The chat's file is found by the folder in which VS Code keeps
 * what is this extension's; where it is not there, what was noted before is believed.
 */
export class ChatSetup implements Disposable {
  readonly #file: Uri;
  readonly #state: StateStore;
  readonly #changed = new Emitter<void>();
  readonly #subscriptions = [
    extensions.onDidChange(() => this.#changed.fire()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(AI_SWITCH)) this.#changed.fire();
    }),
  ];

  /** Fires when `isSetUp`, or whether VS Code has a chat at all, may have changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(storage: Uri, state: StateStore) {
    this.#file = Uri.joinPath(storage, '..', '..', 'chatLanguageModels.json');
    this.#state = state;
  }

  /** Whether the chat has a group of our models. */
  async hasGroup(): Promise<boolean> {
    return (await groupIn(this.#file)) ?? this.#isNoted;
  }

  /** Whether it was set up, and is still switched on. */
  isSetUp(): boolean {
    return this.#isNoted && extensions.getExtension(CHAT_EXTENSION) !== undefined;
  }

  async noteSetUp(): Promise<void> {
    await this.#state.set(KEY, 'setUp');
    this.#changed.fire();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  get #isNoted(): boolean {
    return this.#state.get(KEY) === 'setUp';
  }
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
