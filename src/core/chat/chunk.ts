import { isRecord, stringIn } from '../base/json';
import { type ContentPiece, contentPieces } from './contentPieces';
import { type Media, mediaIn } from './media';

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** One choice of a chunk: what it adds to the answer. */
export interface Choice {
  readonly pieces: readonly ContentPiece[];
  readonly toolCalls: readonly Json[];
  /** What it holds that is no words. */
  readonly media: Media | undefined;
  /** The object that these are in. */
  readonly holder: Json;
  /** Whether that is a whole message, rather than what is new. */
  readonly isMessage: boolean;
  /** Why the answer ends; undefined where it goes on. */
  readonly reason: string | undefined;
}

/** Members in which servers wrap what was to be a chunk. */
const WRAPPERS = ['output', 'data', 'result', 'response'];
/** What servers call the thinking, the usual name first: some send the same thought under several. */
const THOUGHTS = [
  'reasoning_content',
  'reasoning',
  'thinking',
  'thinking_content',
  'reasoning_text',
  'thought',
  'reasoning_details',
  'thinking_blocks',
];
const TEXTS = ['content', 'refusal', 'text', 'audio'];

/** The choices of a chunk; none where it holds no piece of an answer. More than one are pieces of the same answer. */
export function choicesOf(chunk: Json): readonly Json[] {
  const own = chunk['choices'];
  // Nearly all chunks are like this, and there are many of them.
  if (Array.isArray(own) && own.length === 1 && isRecord(own[0])) return [own[0]];
  const holder = [chunk, ...WRAPPERS.map((name) => chunk[name])].find((one) => isRecord(one) && one['choices']);
  const choices = isRecord(holder) ? holder['choices'] : undefined;
  const all = (Array.isArray(choices) ? choices : [choices]).filter(isRecord);
  return all.filter((choice) => choice['index'] === all[0]?.['index']);
}

/** Reads a choice, whose piece is in `delta`, or in `message` where servers send whole messages. */
export function readChoice(choice: Json): Choice {
  const delta = asRecord(choice['delta']);
  const message = asRecord(choice['message']);
  const isMessage = isRecord(message) && !(isRecord(delta) && hasContent(delta));
  const own = isMessage ? message : isRecord(delta) ? delta : choice;
  // Some servers send an empty delta and say what it was to hold beside it.
  const holder = hasContent(own) ? own : choice;
  return {
    pieces: [...piecesOf(holder, THOUGHTS, 'thinking'), ...piecesOf(holder, TEXTS, 'text')],
    toolCalls: callsIn(holder),
    media: mediaIn(holder),
    holder,
    isMessage,
    reason: reasonIn(choice) ?? reasonIn(holder),
  };
}

/** Some servers send the text alone in the place of what holds it. */
function asRecord(value: unknown): unknown {
  return typeof value === 'string' ? { content: value } : value;
}

/** A word, or as SGLang says it itself, an object with the word as its type and perhaps a message. */
function reasonIn(holder: Json): string | undefined {
  const said = holder['finish_reason'] ?? holder['finishReason'];
  const reason = typeof said === 'string' ? said : isRecord(said) ? reasonOf(said) : undefined;
  return reason === undefined || reason === 'null' || reason.trim() === '' ? undefined : reason;
}

function reasonOf(said: Json): string {
  return [stringIn(said, 'type'), stringIn(said, 'message')].filter(Boolean).join(': ');
}

function hasContent(delta: Json): boolean {
  return Object.entries(delta).some(([name, value]) => name !== 'role' && value !== null && value !== '');
}

/** What the first of these members says that says anything. */
function piecesOf(holder: Json, names: readonly string[], kind: 'text' | 'thinking'): readonly ContentPiece[] {
  for (const name of names) {
    const content = holder[name];
    if (content === undefined || content === null || content === '') continue;
    const pieces = contentPieces(content, kind);
    if (pieces.length > 0) return pieces;
  }
  return [];
}

const NONE: readonly Json[] = [];

/** `function_call` is the one call of OpenAI's older API. */
function callsIn(holder: Json): readonly Json[] {
  const calls = holder['tool_calls'];
  const older = holder['function_call'];
  if (!calls && !older) return NONE;
  return [...(Array.isArray(calls) ? calls : [calls]), isRecord(older) && { index: 0, function: older }].filter(
    isRecord,
  );
}
