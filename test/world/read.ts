import { RequestError } from '../../src/core/base/errors';
import { parseJson } from '../../src/core/base/json';
import type { ChatPart } from '../../src/core/chat/parts';
import { prompt } from '../../src/core/chat/request';
import { streamChat } from '../../src/core/chat/streamChat';
import { model } from '../fakes/models';
import type { Case } from './case';
import { recordingFor, WORLD } from './world';

const ACCESS = { baseUrl: 'https://models.example.com/v1', key: undefined, keyHeader: 'authorization' } as const;

/** A body as the network brings it. */
export type Cut = (body: Uint8Array) => readonly Uint8Array[];

/** What comes of a case when its answer comes in these pieces. */
export async function readCase(id: string, cut: Cut): Promise<readonly unknown[]> {
  return await read(WORLD[id] ?? { says: [] }, (_, init) => {
    const { status, headers, body } = recordingFor(
      id,
      typeof init?.body === 'string' ? parseJson(init.body) : undefined,
    );
    return new Response(streamOf(cut(body)), { status, headers });
  });
}

/** What comes of a stream of these pieces. */
export async function readPieces(pieces: readonly Uint8Array[]): Promise<readonly unknown[]> {
  const headers = { 'content-type': 'text/event-stream' };
  return await read({ says: [] }, () => new Response(streamOf(pieces), { headers }));
}

async function read(
  { model: known, chat = prompt('Hi') }: Case,
  answer: (url: string, init?: RequestInit) => Response,
): Promise<readonly unknown[]> {
  const ports = {
    fetch: async (url: string, init?: RequestInit) => answer(url, init),
    loadOpenAI: () => import('openai'),
    userAgent: 'QwenAuth/test',
  };
  const parts: ChatPart[] = [];
  try {
    const request = { model: model(known), chat, maxRetries: 0 };
    for await (const part of streamChat(ports, ACCESS, request, new AbortController().signal)) parts.push(part);
    return joined(parts);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return [...joined(parts), failed(error)];
  }
}

/** What is known of an error; of a time that is far away, that there is one. */
function failed({ failure, details, reason }: RequestError): object {
  const { resumesAt, retryAfterSeconds, ...others } = details;
  const when = resumesAt === undefined ? retryAfterSeconds !== undefined && { retryAfterSeconds } : { resumes: true };
  return { failure, details: { ...others, ...when }, ...(reason && { reason }) };
}

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

function joined(parts: readonly ChatPart[]): readonly unknown[] {
  const all: ChatPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') all.splice(-1, 1, { ...part, text: last.text + part.text });
    else if (part.kind === 'thinking' && last?.kind === 'thinking')
      all.splice(-1, 1, { ...part, text: last.text + part.text });
    else all.push(part.kind === 'toolCall' && /^q[\da-z]{8}$/.test(part.id) ? { ...part, id: 'ours' } : part);
  }
  return all;
}
