import type { Secret } from '../base/secret';
import { readPlainWords } from './plainWords';

/**
 * A text that is typed where everybody can read it:
 * keys are shown by their last signs alone, and are known all the same.
 */
export class MaskedText {
  readonly #keys = new Map<string, Secret>();

  /** What a field with this in it means: with the keys in the place of what was shown of them. */
  whole(field: string): string {
    // A mask may begin as a longer one does.
    const longestFirst = [...this.#keys].sort(([one], [other]) => other.length - one.length);
    return longestFirst.reduce((text, [mask, key]) => text.replaceAll(mask, key.reveal()), field);
  }

  /** What the field is to show. */
  shown(field: string): string {
    const text = this.whole(field);
    return keysIn(text).reduce((rest, key) => {
      const mask = `••••${key.last4}`;
      this.#keys.set(mask, key);
      return rest.replaceAll(key.reveal(), mask);
    }, text);
  }
}

function keysIn(text: string): readonly Secret[] {
  const words = readPlainWords(text);
  if (words.kind === 'modelProviders') return words.env.map(({ key }) => key);
  return words.kind === 'signIn' && words.apiKey ? [words.apiKey] : [];
}
