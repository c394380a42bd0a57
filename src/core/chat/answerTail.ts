import { isRecord, parseJson } from '../base/json';
import { readUsage } from './chatUsage';
import type { Cost } from './tally';
import { estimateTokens } from './tokenEstimate';

/** How much of the end of an answer is kept, in bytes: a server's count stands there. */
const KEPT = 64 * 1024;
/** An object that a server calls `usage`, with objects of one more level in it. */
const USAGE = /"usage"\s*:\s*(\{(?:[^{}]|\{[^{}]*\})*\})/g;
/** The mark of an event of a stream. */
const EVENT = Buffer.from('data:');
/** How many bytes of JSON are a token, about. */
const BYTES_PER_TOKEN = 4;

/** What an answer costs that is passed on as it comes: by the server's count at its end, else about. */
export class AnswerTail {
  readonly #chunks: Uint8Array[] = [];
  #kept = 0;
  #bytes = 0;
  #events = 0;

  /** The next piece of the answer. */
  feed(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    this.#events += eventsIn(chunk);
    this.#chunks.push(chunk);
    this.#kept += chunk.byteLength;
    while (this.#kept - (this.#chunks[0]?.byteLength ?? 0) >= KEPT) this.#kept -= this.#chunks.shift()?.byteLength ?? 0;
  }

  /** The cost so far of the answer to a request with this body, parsed; a stream brings about a token in each event. */
  cost(body: unknown): Cost {
    if (this.#bytes === 0) return { estimated: true };
    const found = [...Buffer.concat(this.#chunks).toString('utf8').matchAll(USAGE)].at(-1)?.[1];
    const usage = found && readUsage({ usage: parseJson(found) });
    if (usage) return { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, estimated: false };
    const outputTokens = this.#events || Math.ceil(this.#bytes / BYTES_PER_TOKEN);
    return { inputTokens: estimateTokens(textIn(body)), outputTokens, estimated: true };
  }
}

/** All texts of a request, without what stands for a picture or a sound. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('data:') ? '' : value;
  const inner = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  return inner.map(textIn).join('\n');
}

function eventsIn(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let events = 0;
  for (let at = bytes.indexOf(EVENT); at >= 0; at = bytes.indexOf(EVENT, at + EVENT.length)) events += 1;
  return events;
}
