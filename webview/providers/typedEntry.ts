import type { EntryDraftView, EntryFields, EntryTarget } from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import { type EntryFieldsPart, wrongField } from './entryFields';

const DRAFT_DELAY_MS = 150;

/** What is typed, on its way to the extension, and what the extension makes of it. */
export class TypedEntry {
  readonly #post: (intent: ToHost) => void;
  readonly #fields: EntryFieldsPart;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSubmitted = false;
  /** What the form is about; undefined while it is about no entry. */
  target: EntryTarget | undefined;
  latest: EntryDraftView | undefined;

  constructor(post: (intent: ToHost) => void, fields: EntryFieldsPart) {
    this.#post = post;
    this.#fields = fields;
  }

  /** Begins anew, with nothing sent and nothing to wait for. */
  reset(): void {
    this.stop();
    this.latest = undefined;
    this.#isSubmitted = false;
  }

  submit(type: 'saveEntry' | 'tryEntry'): void {
    this.#isSubmitted = true;
    this.#send(type);
  }

  /** Asks for a preview at once. */
  draft(): void {
    this.#send('draftEntry');
    // No new state comes where the answer is the same as before.
    this.show(this.latest);
  }

  /** Asks for a preview once the person stops typing. */
  draftSoon(): void {
    this.stop();
    this.#timer = setTimeout(() => this.draft(), DRAFT_DELAY_MS);
  }

  /** Asks for no preview any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  show(draft: EntryDraftView | undefined): void {
    this.latest = draft;
    this.#fields.show(draft, this.#isSubmitted);
  }

  /** The first field with which something is wrong, once all of that is shown. */
  wrong(): keyof EntryFields | undefined {
    this.show(this.latest);
    return wrongField(this.latest);
  }

  #send(type: 'saveEntry' | 'tryEntry' | 'draftEntry'): void {
    this.stop();
    if (this.target !== undefined) this.#post({ type, target: this.target, fields: this.#fields.value() });
  }
}
