import { RequestError } from '../errors';
import { isRecord, numberIn, parseJson, stringIn } from '../json';
import type { ChatPart, ChatUsage } from './parts';
import { createThinkTag } from './thinkTag';

/** One answer, put together from the chunks of its stream. */
export interface Assembly {
  /** Whether a piece of an answer has come, and whether the model has said that it is done. */
  readonly begun: boolean;
  readonly finished: boolean;
  /** The parts that a chunk brings. A chunk of another shape brings none. Throws `RequestError` beyond all measure. */
  take(chunk: unknown): readonly ChatPart[];
  /**
   * What could only be told at the end: the calls in the order in which they began, and the usage. Throws `RequestError`
   * where the answer has no end, was held back, or a call in it makes no sense.
   */
  end(): readonly ChatPart[];
}

/** A call of which pieces are still coming. */
interface PartialCall {
  readonly index: number | undefined;
  id: string;
  name: string;
  json: string;
}

/** How long all calls may be together, in characters. */
const LONGEST_ARGUMENTS = 4 * 1024 * 1024;
/** How many calls one answer may hold. */
const MOST_CALLS = 1000;
/** How deep arguments may nest: what nests deeper, nobody behind us can write down again. */
const DEEPEST = 200;

/** Begins an answer of `host`. `newId` names the calls that the server gives no id. */
export function createAssembly(host: string, newId: () => string): Assembly {
  const calls: PartialCall[] = [];
  const tag = createThinkTag();
  let length = 0;
  let begun = false;
  let reason: string | undefined;
  let usage: ChatUsage | undefined;
  const unusable = (text: string): RequestError => new RequestError(host, 'unusable', { text });

  const takeCall = (piece: unknown): void => {
    const { name, json } = readFunction(piece);
    const id = stringIn(piece, 'id') ?? '';
    const index = numberIn(piece, 'index');
    let call = index === undefined ? calls.at(-1) : calls.findLast((known) => known.index === index);
    // Some give every call the index 0, and some give none: then another id, or another name, begins another call.
    const isOther = call && (id && call.id ? id !== call.id : index === undefined && name !== '' && call.name !== '');
    if (!call || isOther) calls.push((call = { index, id: '', name: '', json: '' }));
    length += json.length + (call.id ? 0 : id.length) + (call.name ? 0 : name.length);
    call.id ||= id;
    call.name ||= name;
    call.json += json;
    if (length > LONGEST_ARGUMENTS || calls.length > MOST_CALLS) throw unusable('it asks for a tool without end');
  };

  const wholeCall = ({ id, name, json }: PartialCall): ChatPart => {
    const isCut = reason === 'length';
    const input = json.trim() === '' && !isCut ? {} : parseJson(json);
    if (isRecord(input) && isShallow(input, DEEPEST)) return { kind: 'toolCall', id: id || newId(), name, input };
    throw unusable(
      isCut
        ? 'it reached its limit of tokens before its call of a tool was whole'
        : 'the arguments of its call of a tool are no JSON object',
    );
  };

  return {
    get begun() {
      return begun;
    },
    get finished() {
      return reason !== undefined;
    },
    take: (chunk) => {
      const choices = isRecord(chunk) ? chunk['choices'] : undefined;
      const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
      const delta = isRecord(choice) ? choice['delta'] : undefined;
      begun ||= isRecord(delta);
      usage = readUsage(chunk) ?? readUsage(choice) ?? usage;
      const pieces = isRecord(delta) ? delta['tool_calls'] : undefined;
      if (Array.isArray(pieces)) pieces.forEach(takeCall);
      const said = stringIn(choice, 'finish_reason');
      if (said !== 'null') reason = said ?? reason;
      // Some send the same thought under both names.
      const thinking = stringIn(delta, 'reasoning_content') ?? stringIn(delta, 'reasoning');
      const text = stringIn(delta, 'content');
      return [
        ...(thinking === undefined ? [] : [{ kind: 'thinking', text: thinking } as const]),
        ...(text === undefined ? [] : tag.take(text)),
      ];
    },
    end: () => {
      if (!begun) throw new RequestError(host, 'unreadable', { text: 'the answer broke off' });
      if (reason === undefined) throw unusable('it broke off');
      if (reason === 'content_filter') throw unusable("the server's content filter held it back");
      return [...tag.rest(), ...calls.map(wholeCall), ...(usage ? [{ kind: 'usage', ...usage } as const] : [])];
    },
  };
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** Arguments come as pieces of JSON, or, from a few, as the object itself. */
function readFunction(piece: unknown): { readonly name: string; readonly json: string } {
  const called = isRecord(piece) ? piece['function'] : undefined;
  const given = isRecord(called) ? called['arguments'] : undefined;
  return {
    name: stringIn(called, 'name') ?? '',
    json: typeof given === 'string' ? given : isRecord(given) ? JSON.stringify(given) : '',
  };
}

/** The counts of the last chunk that has any hold for the whole answer. */
function readUsage(holder: unknown): ChatUsage | undefined {
  const usage = isRecord(holder) ? holder['usage'] : undefined;
  const inputTokens = numberIn(usage, 'prompt_tokens');
  const outputTokens = numberIn(usage, 'completion_tokens');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const detail = (name: string, member: string): number | undefined =>
    isRecord(usage) ? numberIn(usage[name], member) : undefined;
  const cachedTokens = detail('prompt_tokens_details', 'cached_tokens') ?? numberIn(usage, 'prompt_cache_hit_tokens');
  const thinkingTokens = detail('completion_tokens_details', 'reasoning_tokens');
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    ...(cachedTokens !== undefined && { cachedTokens }),
    ...(thinkingTokens !== undefined && { thinkingTokens }),
  };
}
