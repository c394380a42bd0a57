// Faults on demand: what a network, a firewall or a server on a bad day would do in place of the real answer.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RecordedRequest } from './http';

/** An answer made by hand. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An array is written piece by piece, each in a write of its own. */
  readonly body?: string | readonly string[];
  /** Milliseconds before each piece of the body. */
  readonly gap?: number;
  /** What comes after the body: its end, a connection reset, or silence. */
  readonly ending?: 'end' | 'reset' | 'hang';
}

/** What happens to which requests in place of, or before, the real answer. */
export interface Fault {
  /** The path, or a rule, of the requests that it strikes. */
  readonly on: string | ((request: RecordedRequest) => boolean);
  /** How many requests it strikes; once unless given, `Infinity` for always. */
  readonly times?: number;
  /** Milliseconds before anything is answered. */
  readonly delay?: number;
  /**
   * `reset`: a connection reset before any header; `hang`: silence; undefined: the real answer, after the delay. A
   * function answers what it is asked, as a server does that sends back what it got.
   */
  readonly reply?: Answer | ((request: RecordedRequest) => Answer | undefined);
}

type Answer = Reply | 'reset' | 'hang';

/** The faults that wait for their requests; the first that fits strikes. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  /** Adds a fault behind those that wait already. */
  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** Forgets every fault. */
  clear(): void {
    this.#waiting = [];
  }

  /** The fault that strikes this request, counted as used. */
  take(request: RecordedRequest): Fault | undefined {
    const entry = this.#waiting.find(({ fault, left }) => left > 0 && strikes(fault, request));
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}

function strikes({ on }: Fault, request: RecordedRequest): boolean {
  return typeof on === 'string' ? request.path === on : on(request);
}

/** Plays the fault; true when the request has thereby been dealt with. */
export async function play(fault: Fault, request: RecordedRequest, response: ServerResponse): Promise<boolean> {
  const { delay = 0 } = fault;
  const reply = typeof fault.reply === 'function' ? fault.reply(request) : fault.reply;
  if (delay > 0) await sleep(delay, undefined, { ref: false });
  if (reply === undefined) return false;
  if (reply === 'reset') reset(response);
  else if (reply !== 'hang') await send(reply, response);
  return true;
}

async function send(
  { status = 200, headers = {}, body = '', gap = 0, ending = 'end' }: Reply,
  response: ServerResponse,
) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.flushHeaders();
  for (const piece of typeof body === 'string' ? [body] : body) {
    if (gap > 0) await sleep(gap, undefined, { ref: false });
    if (response.destroyed) return;
    if (piece !== '') await new Promise<void>((written) => response.write(piece, () => written()));
  }
  if (ending === 'end') response.end();
  if (ending === 'reset') reset(response);
}

function reset(response: ServerResponse) {
  // RST rather than FIN: the client sees ECONNRESET, as it would when a proxy or a firewall cuts in.
  response.socket?.resetAndDestroy();
}

/** What a web application firewall answers in place of JSON. */
export const htmlWithStatus200: Reply = {
  headers: { 'Content-Type': 'text/html' },
  body: '<!doctype html><title>Attention</title><p>Please verify that you are a human.</p>',
};

/** A complete answer with nothing in it. */
export const emptyBody: Reply = { body: '' };

/** JSON that ends too early although the connection is fine. */
export const truncatedJson: Reply = { body: '{"access_token":"sandbox-' };

/** An RFC 6749 §5.2 error, 400 unless given. */
export function oauthError(error: string, status = 400, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers,
    body: JSON.stringify({ error, error_description: `The sandbox was told to answer ${error}.` }),
  };
}
