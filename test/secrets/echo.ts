// Servers that send back what they were sent.
import type { Fault, Reply } from '../sandbox/faults';
import type { RecordedRequest } from '../sandbox/http';
import { isRecord } from '../../src/core/base/json';

/** Fields of a request's body that hold a secret. */
const SECRET_FIELDS = ['device_code', 'code_verifier', 'refresh_token', 'code', 'token'] as const;

/** Everything secret that a request carries, with what it is called. */
export function secretsOf({ headers, form, json }: RecordedRequest): readonly (readonly [string, string])[] {
  const fields = { ...form, ...(isRecord(json) && json) };
  const named = SECRET_FIELDS.map((name) => [name, fields[name]] as const);
  const signed = [
    ['authorization', headers.authorization?.replace(/^Bearer /i, '')],
    ['api-key', headers['api-key']],
  ] as const;
  return [...signed, ...named].flatMap(([name, value]) =>
    typeof value === 'string' && value ? [[name, value] as const] : [],
  );
}

/** The answers that may hold an echo, by what they are. */
export const ECHOES: Readonly<Record<string, (echo: string) => Reply>> = {
  'an API that refuses': (echo) => ({
    status: 400,
    body: JSON.stringify({ error: { message: `Not good: ${echo}`, type: echo, param: echo, code: echo } }),
  }),
  'an API that refuses the key': (echo) => ({
    status: 401,
    body: JSON.stringify({ error: { message: `Incorrect API key provided: ${echo}.`, code: 'invalid_api_key' } }),
  }),
  'an authorization server that refuses': (echo) => ({
    status: 400,
    body: JSON.stringify({ error: 'invalid_request', error_description: `This was sent: ${echo}` }),
  }),
  'a server that is down': (echo) => ({ status: 500, body: `Cannot serve ${echo}`, headers: TEXT }),
  'a page': (echo) => ({ status: 403, body: `<title>${echo}</title><p>${echo}`, headers: HTML }),
  'a stream that ends in an error': (echo) => ({
    body: `data: {"choices":[{"delta":{"content":"Hello"}}]}\n\ndata: ${JSON.stringify({ error: { message: echo } })}\n\n`,
    headers: { 'Content-Type': 'text/event-stream' },
  }),
  'a stream that ends with a reason': (echo) => ({
    body: `data: ${JSON.stringify({ choices: [{ delta: { content: 'Hello' }, finish_reason: `abort: ${echo}` }] })}\n\n`,
    headers: { 'Content-Type': 'text/event-stream' },
  }),
  'a redirect': (echo) => ({ status: 302, body: '', headers: { Location: `/next?of=${encodeURIComponent(echo)}` } }),
};

const TEXT = { 'Content-Type': 'text/plain' };
const HTML = { 'Content-Type': 'text/html' };

/** The fault of a server that answers so to every request that carries a secret. */
export function echoing(reply: (echo: string) => Reply, spell: (secret: string) => string): Fault {
  return {
    on: (request) => secretsOf(request).length > 0,
    times: Infinity,
    reply: (request) =>
      reply(
        secretsOf(request)
          .map(([, secret]) => spell(secret))
          .join(' and '),
      ),
  };
}
