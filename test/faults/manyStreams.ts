import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import { Gateway } from '../../src/core/gateway/gateway';
import { openBench } from '../fakes/bench';
import { askGateway, chatWith } from '../fakes/gatewayClient';

/** How many answers, of how many events, and how long one waits for the next, in milliseconds. */
export interface ManyStreams {
  readonly streams: number;
  readonly events: number;
  readonly gapMs: number;
}

/** Asks for answers through a gateway, all at once. Throws where one of them has lost something, or has what is another's. */
export async function passManyStreams(many: ManyStreams): Promise<void> {
  const source = await startSource(many);
  const bench = await openBench();
  const gateway = new Gateway({ session: bench.session, describe: String });
  try {
    const address = source.address();
    const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1`;
    Object.assign(bench.environment, {
      OPENAI_BASE_URL: baseUrl,
      OPENAI_MODEL: 'any',
      OPENAI_API_KEY: 'sk-0123456789',
    });
    await bench.session.load();
    const outcomes: string[] = [];
    bench.session.onDidEndChat(({ outcome }) => outcomes.push(outcome));
    const access = await gateway.open(() => bench.session.snapshot);
    const names = Array.from({ length: many.streams }, (_, at) => `stream${at}x`);
    const answers = await Promise.all(
      names.map((name) =>
        askGateway(access, { path: '/chat/completions', body: chatWith('any', name, { stream: true }) }),
      ),
    );

    for (const [at, { text }] of answers.entries()) {
      const events = Array.from({ length: many.events }, (_, event) => eventOf(names[at] ?? '', event));
      assert.ok(text === `${events.join('')}data: [DONE]\n\n`, `${names[at]} has lost or mixed up something.`);
    }
    assert.deepEqual(
      outcomes,
      Array.from({ length: many.streams }, () => 'answered'),
    );
  } finally {
    gateway.dispose();
    await bench.stop();
    source.closeAllConnections();
    source.close();
  }
}

/** Each answer has the name of its request in every event, which come in turn with those of all others. */
async function startSource({ events, gapMs }: ManyStreams): Promise<Server> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const said = /"content":"(\w+)"/.exec(text)?.[1] ?? '';
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let event = 0; event < events; event += 1) {
      await new Promise((resolve) => response.write(eventOf(said, event), resolve));
      await (gapMs > 0 ? setTimeout(gapMs) : new Promise(setImmediate));
    }
    response.end('data: [DONE]\n\n');
  };
  const source = http.createServer((request, response) => void answer(request, response));
  await once(source.listen(0, '127.0.0.1'), 'listening');
  return source;
}

function eventOf(name: string, event: number): string {
  return `data: ${name} ${event} ${'x'.repeat(200)}\n\n`;
}
