import type { RequestError } from '../base/errors';
import { isRecord, numberIn, parseJson, stringIn } from '../base/json';
import type { ChatPart } from './parts';

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

/** The calls of tools in one answer, put together from their pieces. */
export interface ToolCalls {
  /** Takes a piece of `tool_calls`. Throws what `unusable` makes, beyond all measure. */
  feed(piece: unknown): void;
  /**
   * The calls in the order in which they began; `isCut` where the model ran out of tokens. Throws what `unusable` makes where
   * the arguments of one are no JSON object.
   */
  whole(isCut: boolean): readonly ChatPart[];
}

/** Begins with no call. `newId` names those that the server gives no id, and `unusable` says what is wrong with the answer. */
export function createToolCalls(newId: () => string, unusable: (text: string) => RequestError): ToolCalls {
  const calls: PartialCall[] = [];
  let length = 0;

  const whole = ({ id, name, json }: PartialCall, isCut: boolean): ChatPart => {
    if (name === '') throw unusable('its call of a tool names none');
    const input = json.trim() === '' && !isCut ? {} : parseJson(json);
    if (isRecord(input) && isShallow(input, DEEPEST)) return { kind: 'toolCall', id: id || newId(), name, input };
    throw unusable(
      isCut
        ? 'it reached its limit of tokens before its call of a tool was whole'
        : 'the arguments of its call of a tool are no JSON object',
    );
  };

  return {
    feed: (piece) => {
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
    },
    whole: (isCut) => calls.map((call) => whole(call, isCut)),
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
