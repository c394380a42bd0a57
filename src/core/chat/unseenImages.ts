import { hasImages } from './history';
import type { ChatMessage } from './request';

/** How many conversations are remembered, about. */
const MOST = 1000;

/**
 * Tells when it is news that a model does not see the images of a conversation: an agent sends each of them many times.
 */
export class UnseenImages {
  readonly #told = new Set<string>();

  /**
   * Whether it is to be told: for an image that came after the model's last word, or where nothing was told before.
   * `whose` tells the models, and those who ask them, apart.
   */
  isNews(messages: readonly ChatMessage[], whose: string): boolean {
    const last = messages.findLastIndex(({ role }) => role === 'assistant');
    const isNews = hasImages(messages.slice(last + 1)) || !this.#told.has(whose);
    if (this.#told.size >= MOST) this.#told.clear();
    this.#told.add(whose);
    return isNews;
  }
}
