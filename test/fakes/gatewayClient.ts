import http, { type IncomingHttpHeaders } from 'node:http';
import type { GatewayAccess } from '../../src/core/gateway/gateway';
import { parseJson } from '../../src/core/base/json';

/** An answer of the gateway, read whole. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

/** A request to the gateway: a POST where it has a body, with its token unless `headers` say otherwise. */
export interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

/** Asks the gateway over Node's own HTTP, which lets a test set any header. Rejects where the connection breaks. */
export function askGateway(
  { baseUrl, token }: Pick<GatewayAccess, 'baseUrl' | 'token'>,
  asked: Asked,
): Promise<Answered> {
  const { path, body } = asked;
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  const { method = text === undefined ? 'GET' : 'POST', headers } = asked;
  const all = { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json', ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request(baseUrl + path, { method, headers: all, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const read = Buffer.concat(chunks).toString('utf8');
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, text: read, json: parseJson(read) });
      });
    });
    request.once('error', reject);
    request.end(text);
  });
}

/** The body of a chat in which the person says one thing. */
export function chatWith(model: string, said: string, more: object = {}) {
  return { model, messages: [{ role: 'user', content: said }], ...more };
}
