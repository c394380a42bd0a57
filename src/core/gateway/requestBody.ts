import * as l10n from '@vscode/l10n';
import type { IncomingMessage } from 'node:http';
import { Cancelled } from '../base/errors';
import { isRecord, parseJson, stringIn } from '../base/json';
import type { WrittenBody } from '../chat/relayBody';
import { Refused } from './apiError';

/** The largest request, in bytes: a talk with many pictures is smaller. */
const MIB = 1024 * 1024;
const MAX_MIB = 64;

/** The body of a request that names a model. Throws `Refused` where it is too large, encoded, or no such JSON. */
export async function readBody(request: IncomingMessage): Promise<WrittenBody & { readonly model: string }> {
  if (request.headers['content-encoding'] !== undefined)
    throw new Refused(415, 'encoded_body', l10n.t('Send the request without a content encoding.'));
  if (Number(request.headers['content-length'] ?? 0) > MAX_MIB * MIB) throw tooLarge();
  // Without the mark that some programs put before all they write.
  const text = new TextDecoder().decode(await bytesOf(request));
  const json = parseJson(text);
  const model = stringIn(json, 'model');
  if (!isRecord(json) || model === undefined)
    throw new Refused(400, 'invalid_body', l10n.t('Send a JSON object that names a "model", such as "qwen-auth".'));
  return { text, json, model };
}

function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_MIB * MIB) {
        request.pause();
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject).once('close', () => request.complete || reject(new Cancelled()));
  });
}

function tooLarge(): Refused {
  return new Refused(413, 'too_large', l10n.t('The request is larger than {maxMib} MiB.', { maxMib: MAX_MIB }));
}
