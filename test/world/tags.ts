import { broken, call, text, thinking, usage, type Cases } from './case';

/** A model whose template begins each answer with a thought. */
const THINKING_MODEL = { id: 'Qwen/Qwen3-235B-A22B-Thinking-2507' };

/** Thinking that is marked by tags in the text. */
export const tags: Cases = {
  'behind-a-sentence': { says: [text('Sure. '), thinking('Greet.'), text('Hi there')] },
  blank: { says: [text(' <think')] },
  'empty-thought': { says: [text('Hi there')] },
  'end-without-beginning': { says: [text('Hm.\n\n\nHi there')] },
  'lm-studio-think-only': { says: [thinking('So it ends <'), broken({ text: 'it was cut at its limit of tokens' })] },
  'minimax-think-tag': { says: [thinking('\nThe user <greets> me.\n'), text('Hi <think>!'), usage(10, 20)] },
  'minimax-thought-twice': { says: [thinking('Greet them.'), text('Hi there')] },
  'of-capitals': { says: [thinking('Greet.'), text('Hi there')] },
  'of-cohere': { says: [thinking('Greet.'), text('Hi there')] },
  'of-gemini': { says: [thinking('Greet.'), text('Hi there')] },
  'of-gemma': { says: [thinking('\nGreet.'), text('Hi there')] },
  'of-gpt-oss': { says: [thinking('Greet.'), text('Hi there')] },
  'of-kimi': { says: [thinking('Greet.'), text('Hi there')] },
  'of-longcat': { says: [thinking('Greet.'), text('Hi there')] },
  'of-mistral': { says: [thinking('Greet.'), text('Hi there')] },
  'of-reasoning': { says: [thinking('Greet.'), text('Hi there')] },
  'of-seed': { says: [thinking('Greet.'), text('Hi there')] },
  'of-thinking': { says: [thinking('Greet.'), text('Hi there')] },
  quoted: { says: [text('Write `<think>` and `</think>` around it.')] },
  'quoted-in-a-block': { says: [text('```xml\n<think>\na</think>\n```\nSo.')] },
  'qwen3-thinking-on-vllm': {
    model: THINKING_MODEL,
    says: [thinking('Okay, the user greets.\n'), text('Hi there')],
  },
  'reasoning-content-and-end': { says: [thinking('Greet.'), text('Hi there')] },
  'reasoning-content-and-late-end': { says: [thinking('Greet.'), text('Hi there\n')] },
  'tag-like-beginning': { says: [text('\n <the>  <')] },
  'thinking-model-and-call': {
    model: THINKING_MODEL,
    says: [thinking('I look.'), call('call_1', 'read', { path: 'a' })],
  },
  'thinking-model-cut': {
    model: THINKING_MODEL,
    says: [text('Okay'), broken({ text: 'it was cut at its limit of tokens' })],
  },
  'thinking-model-with-both-tags': {
    model: THINKING_MODEL,
    says: [thinking('Greet.'), text('Hi there')],
  },
  'thinking-model-with-reasoning-content': {
    model: THINKING_MODEL,
    says: [thinking('Greet.'), text('Hi there')],
  },
  'thinking-model-without-thought': { model: THINKING_MODEL, says: [text('Hi there')] },
  'two-thoughts': { says: [thinking('One.'), text('A\n'), thinking('Two.'), text('B')] },
  'with-attribute': { says: [thinking('Greet.'), text('Hi')] },
  'within-itself': { says: [thinking('A <think>B'), text('Hi')] },
};
