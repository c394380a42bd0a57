import * as l10n from '@vscode/l10n';
import type { RequestError } from '../base/errors';
import { isRecord, numberIn, stringIn } from '../base/json';
import { callId } from './callIds';
import type { Json } from './chunk';
import type { ToolCall } from './request';
import { toolArguments } from './toolArguments';

/** A call of which pieces are still coming. */
interface PartialCall {
  id: string;
  name: string;
  readonly pieces: string[];
  /** Whether what has come of its arguments may be all of them. */
  mayBeWhole: boolean;
  signature: Json;
}

/** How long all calls may be together, in characters. */
const LONGEST_ARGUMENTS = 4 * 1024 * 1024;
/** How many calls one answer may hold. */
const MOST_CALLS = 1000;
/** How deep arguments may nest: what nests deeper, nobody behind us can write down again. */
const DEEPEST = 200;
/** Members of a call by which its server knows the thought behind it again: Gemini's, and those of gateways to it. */
const SIGNATURES = ['extra_content', 'provider_specific_fields', 'thought_signature', 'thoughtSignature'];

/** The calls of tools in one answer, put together from their pieces. */
export class ToolCalls {
  readonly #newId: () => string;
  readonly #isTool: (name: string) => boolean;
  readonly #unusable: (text: string) => RequestError;
  readonly #calls: PartialCall[] = [];
  readonly #byIndex = new Map<number | undefined, PartialCall>();
  readonly #byId = new Map<string, PartialCall>();
  #length = 0;

  /**
   * `newId` names the calls that the server gives no id, `isTool` knows the whole names, and `unusable` says
   * what is wrong with the answer.
   */
  constructor(newId: () => string, isTool: (name: string) => boolean, unusable: (text: string) => RequestError) {
    this.#newId = newId;
    this.#isTool = isTool;
    this.#unusable = unusable;
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /** The next piece of a call. Throws what `unusable` makes, beyond all measure. */
  feed(piece: Json): void {
    const { name, json, signature } = readFunction(piece);
    const id = idOf(piece['id']);
    const index = numberIn(piece, 'index');
    if (!id && !name && json.trim() === '' && !this.#byIndex.has(index)) return;
    const call = this.#continued(index, id, name, json) ?? this.#begin();
    this.#byIndex.set(index, call);
    this.#length += json.length + (call.id ? 0 : id.length) + (call.name ? 0 : name.length);
    call.id ||= id;
    call.name = this.#isHalfName(call) ? wholeName(call.name, name) : call.name || name;
    if (call.id) this.#byId.set(call.id, call);
    if (json !== '') call.pieces.push(json);
    if (json.trim() !== '') call.mayBeWhole = /[}"]\s*$/.test(json);
    for (const [member, value] of Object.entries(signature))
      this.#length += lengthOf(value) - lengthOf(call.signature[member]);
    call.signature = { ...call.signature, ...signature };
    if (this.#length > LONGEST_ARGUMENTS || this.#calls.length > MOST_CALLS)
      throw this.#unusable(l10n.t('it asks for a tool without end'));
  }

  /**
   * The calls in the order in which they began; `isCut` where the model ran out of tokens. Throws what `unusable` makes
   * where the arguments of one are no JSON object.
   */
  whole(isCut: boolean): readonly ToolCall[] {
    const used = new Set<string>();
    return this.#calls.map((call) => {
      const { id, ...signed } = signedId(call.id);
      const isOwn = id !== '' && !used.has(id);
      used.add(id);
      return this.#whole(
        { ...call, signature: { ...signed, ...call.signature } },
        isOwn ? callId(id) : this.#newId(),
        isCut,
      );
    });
  }

  /** The call that a piece goes on with; undefined where it begins one. */
  #continued(index: number | undefined, id: string, name: string, json: string): PartialCall | undefined {
    const known = this.#byId.get(id);
    const here = this.#byIndex.get(index);
    if (known && (!name || index === undefined || here === known)) return known;
    const call = here ?? (name || id ? undefined : this.#calls.at(-1));
    if (!call || !name) return call;
    // Some give every call the index 0, and some give none: then another id, or another name, begins another call.
    if (id && call.id) return call.name === '' && call.pieces.length === 0 ? call : undefined;
    if (index === undefined && call.name !== '') return undefined;
    return call.name !== '' && this.#isAnother(call, name, json) ? undefined : call;
  }

  /** Whether a name that comes again, without an id, is that of another call. */
  #isAnother(call: PartialCall, name: string, json: string): boolean {
    if (call.name !== name) return !this.#isHalfName(call);
    if (!call.mayBeWhole || !/^\s*[{"]/.test(json)) return false;
    // The new piece alone is short: mostly it tells, and nothing else is read.
    return (
      [[json], call.pieces].every((written) => toolArguments(written)) &&
      toolArguments([...call.pieces, json]) === undefined
    );
  }

  /** Whether the rest of its name is still to come: a few send names in pieces. */
  #isHalfName({ name, pieces }: PartialCall): boolean {
    return pieces.length === 0 && !this.#isTool(toolName(name));
  }

  #begin(): PartialCall {
    const call: PartialCall = { id: '', name: '', pieces: [], mayBeWhole: false, signature: {} };
    this.#calls.push(call);
    return call;
  }

  #whole({ name: written, pieces, signature }: PartialCall, id: string, isCut: boolean): ToolCall {
    const name = toolName(written);
    if (name === '') throw this.#unusable(l10n.t('its call of a tool names none'));
    const isBegun = pieces.some((piece) => piece.trim() !== '');
    const input = isCut && !isBegun ? undefined : toolArguments(pieces, isCut);
    if (input && isShallow(input, DEEPEST))
      return { id, name, input, ...(Object.keys(signature).length > 0 && { signature }) };
    throw this.#unusable(
      isCut
        ? l10n.t('it reached its limit of tokens before its call of a tool was whole')
        : l10n.t('the arguments of its call of a tool are no JSON object'),
    );
  }
}

/** LiteLLM writes Gemini's signature into the id, where nobody may shorten it, and takes it in its own member too. */
function signedId(id: string): { readonly id: string; readonly provider_specific_fields?: Json } {
  const [own = '', signature] = id.split('__thought__');
  return { id: own, ...(signature && { provider_specific_fields: { thought_signature: signature } }) };
}

/**
 * Models write more around a name than servers take away: a channel or a tag behind it, the namespace before it, which
 * is gpt-oss's or Gemini's.
 */
function toolName(written: string): string {
  return written
    .replace(/<[|/].*$/s, '')
    .replace(/^\s*(?:functions\.|default_api[.:])/, '')
    .trim();
}

function wholeName(begun: string, piece: string): string {
  return piece.startsWith(begun) ? piece : begun + piece;
}

function idOf(id: unknown): string {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** The names that servers have for what a call is given. */
const GIVEN = ['arguments', 'input', 'parameters', 'args'];

function lengthOf(value: unknown = ''): number {
  return JSON.stringify(value).length;
}

/** Arguments come as pieces of JSON, or, from a few, as the value itself; some leave `function` out. */
function readFunction(piece: Json): { readonly name: string; readonly json: string; readonly signature: Json } {
  const called = isRecord(piece['function']) ? piece['function'] : piece;
  const given = GIVEN.map((name) => called[name]).find((value) => value !== undefined && value !== null) ?? '';
  const signed = [piece, called].flatMap((holder) =>
    SIGNATURES.flatMap((name) => (holder[name] ? [[name, holder[name]] as const] : [])),
  );
  return {
    name: stringIn(called, 'name') ?? '',
    json: typeof given === 'string' ? given : JSON.stringify(given),
    signature: Object.fromEntries(signed),
  };
}
