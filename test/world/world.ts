import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { answers } from './answers';
import { apis } from './apis';
import { blocks } from './blocks';
import { calls } from './calls';
import type { Case, Cases } from './case';
import { documents } from './documents';
import { endings } from './endings';
import { errors } from './errors';
import { framing } from './framing';
import { ids } from './ids';
import { inputs } from './inputs';
import { leaks } from './leaks';
import { reasons } from './reasons';
import { refusals } from './refusals';
import { signatures } from './signatures';
import { tags } from './tags';

/** Where the answers are: a folder for each kind. */
export const FOLDER = 'test/world';

/** All cases by kind. */
export const KINDS: Readonly<Record<string, Cases>> = {
  answers,
  apis,
  blocks,
  calls,
  documents,
  endings,
  errors,
  framing,
  ids,
  inputs,
  leaks,
  reasons,
  refusals,
  signatures,
  tags,
};

/** All cases by id, which is the model's in the sandbox: `framing/lines-of-all-kinds`. */
export const WORLD: Readonly<Record<string, Case>> = Object.fromEntries(
  Object.entries(KINDS).flatMap(([kind, cases]) =>
    Object.entries(cases).map(([name, one]) => [`${kind}/${name}`, one]),
  ),
);

/** An answer as it came from a server. */
export interface Recording {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const STREAM = { status: 200, headers: { 'content-type': 'text/event-stream' } } as const;
const GREETING: Recording = {
  ...STREAM,
  body: Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n'),
};

/** What the server of a case answers to a request. */
export function recordingFor(id: string, body: unknown): Recording {
  return (WORLD[id]?.answers?.(body) ?? true) ? recording(id) : GREETING;
}

/**
 * The bytes of a case: `.sse` holds the body of a stream, `.http` a whole response with its status line and headers.
 */
export function recording(id: string): Recording {
  const stream = path.join(FOLDER, `${id}.sse`);
  return existsSync(stream)
    ? { ...STREAM, body: readFileSync(stream) }
    : readResponse(readFileSync(path.join(FOLDER, `${id}.http`)));
}

function readResponse(message: Buffer): Recording {
  const end = message.indexOf('\n\n');
  const [statusLine = '', ...lines] = message.subarray(0, end).toString().split('\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: message.subarray(end + 2),
  };
}
