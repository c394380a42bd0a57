// What servers really sent, byte for byte: each recorded answer of `test/world` is a model of this service.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Recording, recordingFor, WORLD } from '../world/world';
import type { Behavior } from './behavior';
import { replyJson, type Handler, type Routes } from './http';
import { isRecord } from './json';
import { unknownModel } from './refusals';

/** The path of its base URL; it wants no key. */
export const RECORDINGS = '/world/v1';

/** `/models` and `/chat/completions` of the recorded answers. */
export function recordingRoutes(behavior: Behavior): Routes {
  const chat: Handler = ({ json }, response) => {
    const id = isRecord(json) ? String(json['model']) : '';
    if (id in WORLD) return play(recordingFor(id, json), response, behavior.chunkGap);
    const { status, body } = unknownModel(id);
    replyJson(response, status, body);
  };
  const models: Handler = (_, response) =>
    replyJson(response, 200, { object: 'list', data: Object.keys(WORLD).map((id) => ({ id, object: 'model' })) });
  return { [`GET ${RECORDINGS}/models`]: models, [`POST ${RECORDINGS}/chat/completions`]: chat };
}

/** Sends a recording line by line, `gap` milliseconds apart. */
async function play({ status, headers, body }: Recording, response: ServerResponse, gap: number) {
  response.writeHead(status, headers);
  for (let at = 0; at < body.length && !response.destroyed;) {
    const end = body.indexOf(0x0a, at) + 1 || body.length;
    response.write(body.subarray(at, end));
    at = end;
    await sleep(gap);
  }
  response.end();
}
