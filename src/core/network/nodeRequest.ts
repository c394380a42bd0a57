import http, { type ClientRequest } from 'node:http';
import https from 'node:https';

/** What a request is to be. */
export interface NodeRequestOptions {
  /** GET unless given. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** The authorities to trust, in the place of the platform's (PEM). */
  readonly ca?: string[];
  readonly rejectUnauthorized?: boolean;
}

/**
 * Begins a request by Node's own `http` and `https`; nothing of it is sent before it is ended. Throws
 * `Obstacle` where a proxy is in the way.
 */
export type NodeRequest = (url: URL, options: NodeRequestOptions) => Promise<ClientRequest>;

/** Requests that go the platform's way: in VS Code's extension host that is VS Code's, by the proxy of its settings. */
export const platformRequest: NodeRequest = async (url, options) => beginRequest(url, options);

/** The same at once, with whatever else Node takes. */
export function beginRequest(url: URL, options: https.RequestOptions): ClientRequest {
  return url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
}
