// What the gateway adds to a request: the time to its first byte, and how fast an answer comes through.
import http from 'node:http';

import { createNetworkFetch } from '../../src/cli/networkFetch';
import { Gateway } from '../../src/core/gateway/gateway';
import { openBench } from '../fakes/bench';
import { chatWith } from '../fakes/gatewayClient';
import { measure, timed } from './row';

const MB = 1000 * 1000;
const ANSWER_MB = 50;
/** As much as a network brings at once. */
const piece = Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(16_000) } }] })}\n\n`);
const pieces = Math.ceil((ANSWER_MB * MB) / piece.length);

/** A server that answers at once, with one event or with very many. */
const server = http.createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let left = request.url?.startsWith('/long') ? pieces : 1;
  const write = (): void => {
    while (left > 0) {
      left -= 1;
      if (!response.write(piece)) return void response.once('drain', write);
    }
    response.end();
  };
  write();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

const agent = new http.Agent({ keepAlive: true });
const body = JSON.stringify(chatWith('any', 'Hi', { stream: true }));

/** Reads an answer, to its first byte or to its end; resolves with its length in bytes. */
function read(baseUrl: string, token: string, most = Infinity): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
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

// By the way that the program takes itself.
const bench = await openBench({ wrap: () => createNetworkFetch({}) });
for (const [place, row] of [
  ['short', 'the first byte of an answer'],
  ['long', `an answer of ${ANSWER_MB} MB`],
] as const) {
  const direct = `${origin}/${place}/v1`;
  Object.assign(bench.environment, {
    OPENAI_API_KEY: 'sk-bench-0123456789',
    OPENAI_BASE_URL: direct,
    OPENAI_MODEL: 'any',
  });
  await bench.session.load();
  const gateway = new Gateway({ session: bench.session, describe: String });
  const { baseUrl, token } = await gateway.open(() => bench.session.snapshot);
  const through = { what: 'through the gateway', ask: (most?: number) => read(baseUrl, token.reveal(), most) };
  const beside = { what: 'a direct request', ask: (most?: number) => read(direct, 'sk-bench-0123456789', most) };
  if (place === 'short') {
    const first = ({ what, ask }: typeof through) => ({ what, run: () => timed(() => ask(1)) });
    const goal = { of: 'difference', atMost: 2 } as const;
    await measure({ row, unit: 'ms', rounds: 101, ours: first(through), beside: first(beside), goal });
  } else {
    const speed = ({ what, ask }: typeof through) => ({
      what,
      run: async () => {
        let length = 0;
        const ms = await timed(async () => void (length = await ask()));
        if (length !== pieces * piece.length) throw new Error(`${length} bytes were read.`);
        return length / 1000 / ms;
      },
    });
    await measure({
      row,
      unit: 'MB/s',
      ours: speed(through),
      beside: speed(beside),
      goal: { of: 'ratio', atLeast: 0.9 },
    });
  }
  gateway.dispose();
}
agent.destroy();
await bench.stop();
server.closeAllConnections();
server.close();
