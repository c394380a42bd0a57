import { call, text, thinking, usage, type Cases } from './case';

/** Ordinary answers, as each vendor sends them. */
export const answers: Cases = {
  'azure-async-filter': { says: [text('Hi')] },
  'azure-filter-results': { says: [text('Hello'), usage(8, 1)] },
  'dashscope-thinking': {
    says: [
      thinking('用户在问好。Answer briefly.'),
      text('你好，世界 👋🏽'),
      usage(21, 14, { cachedTokens: 0, thinkingTokens: 8 }),
    ],
  },
  'dashscope-tools': {
    says: [call('call_5f', 'read_file', { path: 'src/main.ts' }), call('call_60', 'list', {}), usage(212, 31)],
  },
  'deepseek-keep-alive': {
    says: [thinking('Two and two are four.'), text('4'), usage(12, 9, { cachedTokens: 4, thinkingTokens: 7 })],
  },
  'groq-usage': { says: [text('Hi'), usage(5, 2)] },
  'llama-cpp-timings': { says: [text('Hi'), usage(9, 2)] },
  'moonshot-usage-in-choice': { says: [thinking('Greet.'), text('Hi'), usage(5, 3)] },
  'ollama-same-index': {
    says: [
      thinking('Both at once.'),
      call('call_q1', 'add', { a: 1, b: 2 }),
      call('call_q2', 'add', { a: 3, b: 4 }),
      usage(150, 48),
    ],
  },
  'openai-interleaved-tools': {
    says: [
      call('call_A', 'weather', { city: 'São Paulo' }),
      call('call_B', 'time', { zone: 'UTC' }),
      usage(88, 40, { cachedTokens: 64, thinkingTokens: 0 }),
    ],
  },
  'openrouter-comments': {
    says: [thinking('Say hi.'), text('Hi!'), usage(7, 6, { cachedTokens: 0, thinkingTokens: 3 })],
  },
  'text-completion': { says: [text('Hi')] },
  'usage-first': { says: [text('Hi'), usage(5, 0)] },
  'usage-with-null-choices': { says: [text('Hi'), usage(5, 2)] },
  'vllm-usage-everywhere': { says: [thinking('Hm.'), text('Hi there\n'), usage(9, 4)] },
};
