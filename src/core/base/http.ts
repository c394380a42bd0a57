import { isUtf8 } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import { Cancelled, RequestError, type RequestFailure } from './errors';
import { parseJson } from './json';
import { isCertificateCode, isCutCode, obstacleIn } from './obstacle';
import { platformCode } from './platformCode';
import { retryAfterSeconds } from './retryAfter';
import type { Fetch } from './ports';
import { untilAborted } from './untilAborted';

const TIMEOUT_MS = 30_000;
const MIB = 1024 * 1024;
/** How much of a page is looked through for its charset, in bytes. */
const MOST_OF_HEAD = 1024;
/** How much of an answer is read. */
export const MAX_BYTES = MIB;

/** An HTTP answer, read whole. `json` is undefined where the body is not JSON. */
export interface Answer {
  readonly host: string;
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  readonly json: unknown;
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Sends a request and reads the answer, at most 1 MiB or `maxBytes` of it, within 30 s or `timeoutMs`.
 * Redirects are not followed: what the request carries was meant for this host. Throws `RequestError` where
 * there is no answer, `Cancelled` on abort.
 */
export async function send(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
  { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES }: { readonly timeoutMs?: number; readonly maxBytes?: number } = {},
): Promise<Answer> {
  const { host } = new URL(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = AbortSignal.any([signal, timeout]);
  try {
    // The time is over also where the platform does not hear the signal.
    return await untilAborted(sendAndRead(fetch, url, { ...init, redirect: 'manual', signal: ended }, maxBytes), ended);
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    if (error instanceof RequestError) throw error;
    throw new RequestError(host, timeout.aborted ? 'timeout' : failureOf(error), {}, { cause: safeCause(error) });
  }
}

async function sendAndRead(fetch: Fetch, url: string, init: RequestInit, maxBytes: number): Promise<Answer> {
  const { host } = new URL(url);
  const response = await fetch(url, init);
  const { status, ok, headers } = response;
  if (status >= 300 && status < 400) {
    void response.body?.cancel().catch(() => undefined);
    throw new RequestError(host, 'redirect', { status });
  }
  const text = await readBounded(response, host, maxBytes);
  return { host, status, ok, text, json: parseJson(text), retryAfterSeconds: retryAfterSeconds(headers) };
}

/** Why a request got no answer, by the platform's code at the end of the chain of causes. */
export function failureOf(error: unknown): RequestFailure {
  const obstacle = obstacleIn(error);
  if (obstacle && 'speaks' in obstacle.about) return 'wrongScheme';
  if (obstacle) return 'proxy' in obstacle.about ? 'proxy' : 'untrustedCertificate';
  const code = platformCode(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknownHost';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT')) return 'timeout';
  if (isCertificateCode(code)) return 'untrustedCertificate';
  return isCutCode(code) ? 'cut' : 'network';
}

/**
 * The safe part of a platform's error: the obstacle, else its code alone. System messages name hosts and ports, and
 * others may repeat headers with secrets.
 */
export function safeCause(error: unknown): Error {
  const obstacle = obstacleIn(error);
  if (obstacle) return obstacle;
  const code = platformCode(error);
  const name = error instanceof Error ? error.name : 'Error';
  return new Error(code ? `${name}: ${code}` : name);
}

/** The body of a response as text. Throws `RequestError` for one of more than 1 MiB, or `maxBytes`. */
export async function readBounded(response: Response, host: string, maxBytes: number = MAX_BYTES): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(host, maxBytes);
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), response.headers.get('content-type') ?? '');
}

/** The text of bytes: UTF-8 where they can be that, whatever is said of them, else what their type or page says. */
function decoded(bytes: Buffer, type: string): string {
  const [, charset = 'utf-8'] = /charset=["']?([\w-]+)/i.exec(type + bytes.toString('latin1', 0, MOST_OF_HEAD)) ?? [];
  try {
    return new TextDecoder(isUtf8(bytes) ? 'utf-8' : charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** The error for an answer of more than 1 MiB, or `maxBytes`. */
export function tooLarge(host: string, maxBytes: number = MAX_BYTES): RequestError {
  return new RequestError(host, 'unreadable', {
    text: l10n.t('the answer is larger than {size} MiB', { size: maxBytes / MIB }),
  });
}
