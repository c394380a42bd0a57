// How fast an answer of a model is read.
import { OpenAI } from 'openai';

import { prompt } from '../../src/core/chat/request';
import { streamChat } from '../../src/core/chat/streamChat';
import { model } from '../fakes/models';
import { measure, timed } from './row';

const BASE_URL = 'https://models.example.com/v1';
const BYTES = 5 * 1000 * 1000;
/** How much a network brings at once, from a local server to one that sends each event by itself. */
const PIECES = [65_536, 4096, 256];

/** The MB that are read in a second. */
const speed = (read: () => Promise<number>) => async (): Promise<number> => {
  let length = 0;
  const ms = await timed(async () => void (length = await read()));
  if (length !== wanted) throw new Error(`${length} characters were read, and not ${wanted}.`);
  return bytes.length / 1000 / ms;
};

const bytes = answer();
const wanted = await readBare([bytes]);

for (const size of PIECES) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  await measure({
    row: `an answer of ${BYTES / 1e6} MB in pieces of ${size} bytes`,
    unit: 'MB/s',
    ours: { what: 'streamChat', run: speed(() => readWhole(pieces)) },
    beside: { what: 'the package openai alone', run: speed(() => readBare(pieces)) },
    goal: { of: 'ratio', atLeast: 1.5 },
  });
}

/** As a model streams it: a few letters in an event, and now and then a piece of a call. */
function answer(): Uint8Array {
  const event = (delta: object, reason: string | null = null): string => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: reason }];
    const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'qwen3-coder-plus', choices };
    return `data: ${JSON.stringify(chunk)}\n\n`;
  };
  const call = (json: string): object => ({
    tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: json } }],
  });
  const round = Array.from({ length: 50 }, (_, at) => event({ content: ` word${at}` })).join('');
  const body = round.repeat(Math.floor(BYTES / round.length));
  return Buffer.from(`${body}${event(call('{"a":'))}${event(call('1}'))}${event({}, 'tool_calls')}data: [DONE]\n\n`);
}

function responseOf(pieces: readonly Uint8Array[]): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces[at++];
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

async function readBare(pieces: readonly Uint8Array[]): Promise<number> {
  const client = new OpenAI({ baseURL: BASE_URL, apiKey: 'none', fetch: async () => responseOf(pieces) });
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  const stream = await client.chat.completions.create({ model: 'any', messages: [...messages], stream: true });
  let length = 0;
  for await (const chunk of stream) length += chunk.choices[0]?.delta.content?.length ?? 0;
  return length;
}

async function readWhole(pieces: readonly Uint8Array[]): Promise<number> {
  const ports = {
    fetch: async () => responseOf(pieces),
    loadOpenAI: () => import('openai'),
    userAgent: 'QwenAuth/test',
  };
  const access = { baseUrl: BASE_URL, key: undefined, keyHeader: 'authorization' } as const;
  const asking = { model: model(), chat: prompt('Hi'), maxRetries: 0 };
  let length = 0;
  for await (const part of streamChat(ports, access, asking, new AbortController().signal))
    if (part.kind === 'text') length += part.text.length;
  return length;
}
