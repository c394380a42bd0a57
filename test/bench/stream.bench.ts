// How fast an answer of a model is read.
import { OpenAI } from 'openai';

import { prompt } from '../../src/core/chat/request';
import { streamChat } from '../../src/core/chat/streamChat';
import { openBench } from '../fakes/bench';
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

const ONES = 20_000;
const deltas = [...Array.from({ length: ONES }, () => Buffer.from(event({ content: ' word' }))), ending()];
const ofPackage = { what: 'the package openai alone', run: () => timed(() => readBare(deltas)) };
const AS_FAST = { of: 'ratio', atMost: 1 / 1.5 } as const;

await measure({
  row: `${ONES} pieces of an answer, one by one`,
  unit: 'ms',
  ours: { what: 'streamChat', run: () => timed(() => readWhole(deltas)) },
  beside: ofPackage,
  goal: AS_FAST,
});

let isMeasuring = false;
const bench = await openBench({
  wrap: (send) => async (url, init) => (isMeasuring ? responseOf(deltas) : await send(url, init)),
});
await bench.signInWithKey('openai');
const { selected } = bench.session.snapshot;
isMeasuring = true;
await measure({
  row: `a whole chat of a session, of ${ONES} pieces`,
  unit: 'ms',
  ours: { what: 'Session.chat', run: () => timed(() => chat()) },
  beside: ofPackage,
  goal: AS_FAST,
});
await bench.stop();

await measure({
  row: 'the first part of an answer',
  unit: 'ms',
  rounds: 101,
  ours: { what: 'streamChat', run: () => timed(() => readWhole(deltas, 1)) },
  beside: { what: 'the package openai alone', run: () => timed(() => readBare(deltas, 1)) },
  goal: { of: 'difference', atMost: 0.3 },
});

async function chat(): Promise<void> {
  if (!selected) throw new Error('No model is in use.');
  const { signal } = new AbortController();
  const request = { model: selected, chat: prompt('Hi'), initiator: 'bench' };
  let length = 0;
  for await (const part of bench.session.chat(request, signal)) if (part.kind === 'text') length += part.text.length;
  if (length !== ONES * ' word'.length) throw new Error(`${length} characters were read.`);
}

function event(delta: object, reason: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: reason }];
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'qwen3-coder-plus', choices };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** The end of an answer, with a call in two pieces. */
function ending(): Uint8Array {
  const call = (json: string): object => ({
    tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: json } }],
  });
  return Buffer.from(`${event(call('{"a":'))}${event(call('1}'))}${event({}, 'tool_calls')}data: [DONE]\n\n`);
}

/** As a model streams it: a few letters in an event, and now and then a piece of a call. */
function answer(): Uint8Array {
  const round = Array.from({ length: 50 }, (_, at) => event({ content: ` word${at}` })).join('');
  return Buffer.concat([Buffer.from(round.repeat(Math.floor(BYTES / round.length))), ending()]);
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

/** How many characters are said, or the first of them that come together. */
async function readBare(pieces: readonly Uint8Array[], most = Infinity): Promise<number> {
  const client = new OpenAI({ baseURL: BASE_URL, apiKey: 'none', fetch: async () => responseOf(pieces) });
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  const stream = await client.chat.completions.create({ model: 'any', messages: [...messages], stream: true });
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.choices[0]?.delta.content?.length ?? 0;
    if (length >= most) break;
  }
  return length;
}

async function readWhole(pieces: readonly Uint8Array[], most = Infinity): Promise<number> {
  const ports = {
    fetch: async () => responseOf(pieces),
    loadOpenAI: () => import('openai'),
    userAgent: 'QwenAuth/test',
  };
  const access = { baseUrl: BASE_URL, key: undefined, keyHeader: 'authorization' } as const;
  const request = { model: model(), chat: prompt('Hi'), maxRetries: 0 };
  let length = 0;
  for await (const part of streamChat(ports, access, request, new AbortController().signal)) {
    if (part.kind === 'text') length += part.text.length;
    if (length >= most) break;
  }
  return length;
}
