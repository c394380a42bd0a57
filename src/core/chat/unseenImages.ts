import type { ChatMessage, UserContent } from './request';

/** What a model reads of an image that it cannot see. */
const NO_IMAGE: UserContent = { kind: 'text', text: '[An image was left out: this model does not read images.]' };
/** How many conversations are remembered, about. */
const MOST = 1000;

/** The conversation with a word in the place of each image. */
export function withoutImages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message): ChatMessage => {
    if (message.role !== 'user' && message.role !== 'tool') return message;
    return { ...message, content: message.content.map((part) => (part.kind === 'image' ? NO_IMAGE : part)) };
  });
}

/** Whether anything in a conversation is an image. */
export function hasImages(messages: readonly ChatMessage[]): boolean {
  return messages.some((message) => 'content' in message && message.content.some(({ kind }) => kind === 'image'));
}

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
