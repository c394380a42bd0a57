import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { isSwitched } from '../../core/views/chatView';
import type { AnswerParts } from '../answers/answerParts';
import { notify } from '../answers/notifications';

const MOVE = l10n.t('Use it in the chat too');

/** Offers to move a chat that stays on a model of its own, once the person switches the model in use to another. */
export class MovedChat implements Disposable {
  readonly #parts: Pick<AnswerParts, 'session' | 'act'>;
  readonly #following: Pick<Disposable, 'dispose'>;
  /** The model of its own that the chat asked last, by id and name; undefined once that was spoken of. */
  #asked: { readonly id: string; readonly name: string } | undefined;

  constructor(parts: Pick<AnswerParts, 'session' | 'act'>, idOf: () => string | undefined) {
    this.#parts = parts;
    const { session } = parts;
    let { snapshot } = session;
    this.#following = session.onDidChange(() => {
      const before = snapshot;
      ({ snapshot } = session);
      if (!isSwitched(before, snapshot) || !this.#asked || this.#asked.id === idOf()) return;
      void this.#offer(this.#asked.name, snapshot.selected?.name ?? '');
    });
  }

  /** The chat has asked that model; undefined for the one in use. */
  note(model: { readonly id: string; readonly name: string } | undefined): void {
    this.#asked = model;
  }

  dispose(): void {
    this.#following.dispose();
  }

  async #offer(name: string, inUse: string): Promise<void> {
    this.#asked = undefined;
    const text = l10n.t('The model in use is {inUse}. The chat stays on {model}.', { inUse, model: name });
    const chosen = await notify('info', text, MOVE);
    if (chosen === MOVE) await this.#parts.act({ type: 'useInChat' });
  }
}
