import { isRecord } from '../base/json';
import type { Json } from './chunk';

/** What a chunk says in place of a piece of an answer: an error, or words that are one if no answer comes. */
interface ChunkWords {
  readonly kind: 'error' | 'hint';
  /** The part of the chunk that says so, as the server wrote it. */
  readonly said: Json;
}

/** The values by which a member says that all is well. */
const GOOD = new Set(['', '0', '200', 'ok', 'success', 'succeeded', 'null', 'undefined', 'none', 'false']);
const CODES = ['code', 'error_code', 'errorCode', 'err_code', 'status_code', 'statusCode', 'status'];
const TEXTS = ['message', 'msg', 'error_msg', 'errorMessage', 'error_message', 'detail', 'details', 'errors'];

/**
 * The error that an event holds: in `error` of the chunk, of a choice or of a delta, in `base_resp` (MiniMax), or in
 * place of a chunk. `name` is that of the event.
 */
export function errorIn(chunk: Json, name: string, choices: readonly Json[]): ChunkWords | undefined {
  if (isSaid(chunk['error'])) return { kind: 'error', said: withoutChoices(chunk) };
  for (const choice of choices) {
    const { error, delta } = choice;
    if (isSaid(error)) return { kind: 'error', said: { error } };
    if (isRecord(delta) && isSaid(delta['error'])) return { kind: 'error', said: { error: delta['error'] } };
  }
  const beside = chunk['x_groq'];
  if (isRecord(beside) && isSaid(beside['error'])) return { kind: 'error', said: { error: beside['error'] } };
  const response = chunk['base_resp'];
  if (isRecord(response) && hasCode(response)) return { kind: 'error', said: { base_resp: response } };
  const isNamed = name === 'error' || chunk['object'] === 'error' || chunk['type'] === 'error';
  if (isNamed || chunk['success'] === false) return { kind: 'error', said: withoutChoices(chunk) };
  if (choices.length > 0 || !TEXTS.some((member) => isSaid(chunk[member]))) return undefined;
  return { kind: hasCode(chunk) ? 'error' : 'hint', said: withoutChoices(chunk) };
}

function withoutChoices(chunk: Json): Json {
  return Object.fromEntries(Object.entries(chunk).filter(([name]) => name !== 'choices'));
}

function hasCode(chunk: Json): boolean {
  return CODES.some((name) => isSaid(chunk[name]));
}

/** Whether a member says that something is wrong: some servers have an empty `error` in every chunk. */
function isSaid(value: unknown): boolean {
  if (typeof value === 'object') return value !== null && Object.values(value).some(isSaid);
  const isWord = typeof value === 'string' || typeof value === 'number' || value === true;
  return isWord && !GOOD.has(String(value).trim().toLowerCase());
}
