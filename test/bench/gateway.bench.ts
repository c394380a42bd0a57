// What the gateway adds to a request: the time to its first byte, and how fast a long answer comes through. The server,
// the gateway and the program that asks are processes of their own, as they are in use.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';

import { createNetworkFetch } from '../../src/cli/networkFetch';
import { stringIn } from '../../src/core/base/json';
import { Gateway } from '../../src/core/gateway/gateway';
import { openBench } from '../fakes/bench';
import { chatWith } from '../fakes/gatewayClient';
import { measure, type Row, timed } from './row';

const KEY = 'sk-bench-0123456789';
/** How many bytes a network of 1 Gbit/s brings in a millisecond. */
const GIGABIT = 125_000;
const ANSWER_BYTES = 50 * 1000 * 1000;
const TOKENS = 10_000;
const token = { index: 0, delta: { content: ' token' }, finish_reason: null };
/** A token of an answer, as servers write it. */
const EVENT = Buffer.from(
  `data: ${JSON.stringify({ id: 'chatcmpl-0123456789', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'any', choices: [token] })}\n\n`,
);

/** What the server answers, by the path of its base URL. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  first: (response) => response.end(EVENT),
  tokens: (response) => response.end(Buffer.concat(Array.from({ length: TOKENS }, () => EVENT))),
  bytes: (response) => {
    const bytes = Buffer.alloc(ANSWER_BYTES, 'x');
    const begun = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(ANSWER_BYTES, Math.ceil((performance.now() - begun) * GIGABIT));
      response.write(bytes.subarray(sent, due));
      sent = due;
      if (sent < ANSWER_BYTES) return;
      clearInterval(timer);
      response.end();
    }, 1);
  },
};

/** Where answers come from. */
interface Place {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What one of the other processes is, with its argument; it tells its parent where it answers. */
const ROLES: Readonly<Record<string, (argument: string) => Promise<Place>>> = {
  server: async () => {
    const server = http.createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      ANSWERS[request.url?.split('/')[1] ?? '']?.(response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    return { baseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, apiKey: KEY };
  },
  // By the way that the program takes itself.
  gateway: async (baseUrl) => {
    const bench = await openBench({ wrap: () => createNetworkFetch({}) });
    Object.assign(bench.environment, { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: 'any' });
    await bench.session.load();
    const access = await new Gateway({ session: bench.session, describe: String }).open(() => bench.session.snapshot);
    return { baseUrl: access.baseUrl, apiKey: access.token.reveal() };
  },
};

async function start(
  role: string,
  ...args: readonly string[]
): Promise<{ readonly place: Place; readonly stop: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), [role, ...args]);
  const [told] = await once(child, 'message');
  const place = { baseUrl: stringIn(told, 'baseUrl') ?? '', apiKey: stringIn(told, 'apiKey') ?? '' };
  return { place, stop: () => child.disconnect() };
}

const agent = new http.Agent({ keepAlive: true });
const body = JSON.stringify(chatWith('any', 'Hi', { stream: true }));

/** Reads an answer, to its first byte or to its end; resolves with its length in bytes. */
function read({ baseUrl, apiKey }: Place, most = Infinity): Promise<number> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = http.request(`${baseUrl}/chat/completions`, { method: 'POST', headers, agent }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length >= most) resolve(length);
      });
      response.once('end', () => resolve(length));
      response.once('error', reject);
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** Reads an answer by the client that most tools have; resolves with its length in bytes. */
async function readAsTool({ baseUrl, apiKey }: Place): Promise<number> {
  const client = new OpenAI({ baseURL: baseUrl, apiKey });
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  let events = 0;
  for await (const _ of await client.chat.completions.create({ model: 'any', stream: true, messages: [...messages] }))
    events += 1;
  return events * EVENT.length;
}

/** The speed of an answer in MB/s. Throws where it is not whole. */
async function speed(length: number, reading: () => Promise<number>): Promise<number> {
  let got = 0;
  const ms = await timed(async () => void (got = await reading()));
  if (got !== length) throw new Error(`${got} bytes of ${length} were read.`);
  return length / 1000 / ms;
}

async function compare(
  { baseUrl, apiKey }: Place,
  answer: string,
  row: Omit<Row, 'ours' | 'beside'>,
  figure: (place: Place) => Promise<number>,
): Promise<void> {
  const direct = { baseUrl: `${baseUrl}/${answer}/v1`, apiKey };
  const gateway = await start('gateway', direct.baseUrl);
  const ours = { what: 'through the gateway', run: () => figure(gateway.place) };
  await measure({ ...row, ours, beside: { what: 'a direct request', run: () => figure(direct) } });
  gateway.stop();
}

async function measureAll(): Promise<void> {
  const { place, stop } = await start('server');
  const first = { row: 'the first byte of an answer, of 1,000', unit: 'ms', rounds: 1000 } as const;
  await compare(place, 'first', { ...first, goal: { of: 'difference', atMost: 2 } }, (from) =>
    timed(() => read(from, 1)),
  );
  const fast = { unit: 'MB/s', goal: { of: 'ratio', atLeast: 0.9 } } as const;
  await compare(place, 'tokens', { ...fast, row: `${TOKENS} tokens at once, read by OpenAI's client` }, (from) =>
    speed(TOKENS * EVENT.length, () => readAsTool(from)),
  );
  await compare(place, 'bytes', { ...fast, row: '50 MB, as fast as 1 Gbit/s brings them' }, (from) =>
    speed(ANSWER_BYTES, () => read(from)),
  );
  agent.destroy();
  stop();
}

const [, , role = '', argument = ''] = process.argv;
const place = ROLES[role]?.(argument);
if (place) {
  process.once('disconnect', () => process.exit());
  process.send?.(await place);
} else await measureAll();
