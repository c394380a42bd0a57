import { broken, text, thinking, usage, type Cases } from './case';

/** Thinking that is marked by tags in the text. */
export const tags: Cases = {
  blank: { says: [text(' <think')] },
  'lm-studio-think-only': { says: [thinking('So it ends <'), broken({ text: 'it was cut at its limit of tokens' })] },
  'minimax-think-tag': { says: [thinking('\nThe user <greets> me.\n'), text('Hi <think>!'), usage(10, 20)] },
  'tag-like-beginning': { says: [text('\n <the>  <')] },
};
