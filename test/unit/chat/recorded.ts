import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { ChatPart } from '../../../src/core/chat/parts';
import { prompt } from '../../../src/core/chat/request';
import { streamChat } from '../../../src/core/chat/streamChat';
import { RequestError } from '../../../src/core/base/errors';
import { model } from '../../fakes/models';

/** Where the transcripts are. */
export const FOLDER = 'test/unit/chat/transcripts';
const ACCESS = { baseUrl: 'https://models.example.com/v1', key: undefined, keyHeader: 'authorization' } as const;

/** What came: the parts, texts joined and ids that we made left out, and behind them the error. */
export type Read = readonly unknown[];

const usage = (inputTokens: number, outputTokens: number, more: object = {}) => ({
  kind: 'usage',
  inputTokens,
  outputTokens,
  ...more,
});
const text = (said: string) => ({ kind: 'text', text: said });
const thinking = (thought: string) => ({ kind: 'thinking', text: thought });
const call = (id: string, name: string, input: object) => ({ kind: 'toolCall', id, name, input });
const broken = (details: object, failure = 'unusable') => ({ failure, details });

/** What each transcript says. */
export const EXPECTED: Readonly<Record<string, Read>> = {
  'dashscope-thinking': [
    thinking('用户在问好。Answer briefly.'),
    text('你好，世界 👋🏽'),
    usage(21, 14, { cachedTokens: 0, thinkingTokens: 8 }),
  ],
  'dashscope-tools': [
    call('call_5f', 'read_file', { path: 'src/main.ts' }),
    call('call_60', 'list', {}),
    usage(212, 31),
  ],
  'openai-interleaved-tools': [
    call('call_A', 'weather', { city: 'São Paulo' }),
    call('call_B', 'time', { zone: 'UTC' }),
    usage(88, 40, { cachedTokens: 64, thinkingTokens: 0 }),
  ],
  'deepseek-keep-alive': [
    thinking('Two and two are four.'),
    text('4'),
    usage(12, 9, { cachedTokens: 4, thinkingTokens: 7 }),
  ],
  'ollama-same-index': [
    thinking('Both at once.'),
    call('call_q1', 'add', { a: 1, b: 2 }),
    call('call_q2', 'add', { a: 3, b: 4 }),
    usage(150, 48),
  ],
  'vllm-usage-everywhere': [thinking('Hm.'), text('Hi there\n'), usage(9, 4)],
  'openrouter-comments': [thinking('Say hi.'), text('Hi!'), usage(7, 6, { cachedTokens: 0, thinkingTokens: 3 })],
  'azure-filter-results': [text('Hello'), usage(8, 1)],
  'moonshot-usage-in-choice': [thinking('Greet.'), text('Hi'), usage(5, 3)],
  'llama-cpp-timings': [text('Hi'), usage(9, 2)],
  'minimax-think-tag': [thinking('\nThe user <greets> me.\n'), text('Hi <think>!'), usage(10, 20)],
  'lm-studio-think-only': [thinking('So it ends <')],
  'tag-like-beginning': [text('\n <the> </think> <')],
  blank: [text(' <think')],
  'no-done': [text('One two')],
  'no-ids': [call('ours', 'first', { n: 1 }), call('ours', 'second', { n: 2 })],
  'lines-of-all-kinds': [text('ab\u2028c')],
  'openai-error': [
    text('Once upon'),
    broken({ code: 'server_error', text: 'The server had an error while processing your request.' }),
  ],
  'openrouter-error': [text('Once'), broken({ status: 429, text: 'Rate limit exceeded' }, 'status')],
  'vllm-error': [
    text('Once'),
    broken({ status: 500, code: 'InternalServerError', text: 'CUDA ran out of memory' }, 'status'),
  ],
  'cut-in-text': [text('Once upon'), broken({})],
  'cut-between-events': [text('Once upon'), broken({ text: 'it broke off' })],
  'cut-in-call': [broken({ text: 'it reached its limit of tokens before its call of a tool was whole' })],
  'cut-before-arguments': [broken({ text: 'it reached its limit of tokens before its call of a tool was whole' })],
  'cut-after-null': [text('Once'), broken({ text: 'it broke off' })],
  'odd-arguments': [broken({ text: 'the arguments of its call of a tool are no JSON object' })],
  filtered: [text('Once'), broken({ text: "the server's content filter held it back" })],
};

/** The bytes of a transcript. */
export function transcript(name: string): Uint8Array {
  return readFileSync(path.join(FOLDER, `${name}.sse`));
}

/** What a model is understood to say that answers in these pieces. */
export async function read(pieces: readonly Uint8Array[]): Promise<Read> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const ports = {
    fetch: () => Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
    loadOpenAI: () => import('openai'),
    userAgent: 'QwenAuth/test',
  };
  const parts: ChatPart[] = [];
  try {
    const asking = { model: model(), chat: prompt('Hi'), maxRetries: 0 };
    for await (const part of streamChat(ports, ACCESS, asking, new AbortController().signal)) parts.push(part);
    return joined(parts);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return [...joined(parts), { failure: error.failure, details: error.details }];
  }
}

function joined(parts: readonly ChatPart[]): Read {
  const all: ChatPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') all.splice(-1, 1, { ...part, text: last.text + part.text });
    else if (part.kind === 'thinking' && last?.kind === 'thinking')
      all.splice(-1, 1, { ...part, text: last.text + part.text });
    else all.push(part.kind === 'toolCall' && /^call_[\da-f-]{36}$/.test(part.id) ? { ...part, id: 'ours' } : part);
  }
  return all;
}
