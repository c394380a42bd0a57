import type { Event } from '../base/events';
import type { Secret } from '../base/secret';
import type { Provider } from '../providers/provider';
import { type SignInDraft, type SignInQuestion, providerOf } from './openQuestions';

/**
 * What was typed and chosen in sign-ins that were left before they were done, for the next one in the same window. Keys
 * are kept in memory alone, each for the place that it was typed for, until a sign-in succeeds, by whichever way.
 */
export class TypedSignIn {
  readonly #choices = new Map<SignInQuestion, string>();
  readonly #addresses = new Map<Provider | undefined, string>();
  readonly #keys = new Map<string, Secret>();

  constructor(onDidSignIn: Event<void>) {
    onDidSignIn(() => this.#clear());
  }

  /** The row that was chosen last for a question, by its label. */
  choice(question: SignInQuestion): string | undefined {
    return this.#choices.get(question);
  }

  noteChoice(question: SignInQuestion, label: string): void {
    this.#choices.set(question, label);
  }

  /** The address that was typed for a provider. */
  address(draft: SignInDraft): string | undefined {
    return this.#addresses.get(providerOf(draft));
  }

  noteAddress(draft: SignInDraft, text: string): void {
    this.#addresses.set(providerOf(draft), text);
  }

  /** The key that was typed for the very place of a draft. */
  key(draft: SignInDraft): Secret | undefined {
    return this.#keys.get(placeOf(draft));
  }

  noteKey(draft: SignInDraft, key: Secret): void {
    this.#keys.set(placeOf(draft), key);
  }

  #clear(): void {
    for (const kept of [this.#choices, this.#addresses, this.#keys]) kept.clear();
  }
}

function placeOf(draft: SignInDraft): string {
  return JSON.stringify([providerOf(draft)?.id, draft.region, draft.baseUrl]);
}
