import * as l10n from '@vscode/l10n';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { platformCode } from '../base/platformCode';
import { apiErrorOf, errorJson, Refused } from './apiError';

/**
 * Answers what is no request, in OpenAI's form, and ends its connection; `answering` is the answer that was begun there
 * before, into which nothing is written.
 */
export function answerUnreadable(error: Error, socket: Duplex, answering: ServerResponse | undefined): void {
  const isBegun = answering !== undefined && answering.headersSent && !answering.writableFinished;
  if (!socket.writable || isBegun) return void socket.destroy();
  const refused = refusalOf(platformCode(error));
  const body = errorJson(apiErrorOf(refused, String));
  const { status } = refused;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function refusalOf(code: string | undefined): Refused {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Refused(431, 'too_large', l10n.t('The headers of the request are too large.'));
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Refused(408, 'too_slow', l10n.t('The request did not come in time.'));
  return new Refused(400, 'invalid_request', l10n.t('This is no HTTP request that can be read.'));
}
