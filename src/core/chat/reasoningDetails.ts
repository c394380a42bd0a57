import { isRecord } from '../base/json';
import type { Json } from './chunk';
import type { Signature } from './request';

/** Lists of signed thoughts: OpenRouter's and MiniMax's, and LiteLLM's. */
const LISTS = ['reasoning_details', 'thinking_blocks'];
/** Signatures of the whole turn: GitHub's, and Gemini's where it stands beside the text. */
const WHOLE = ['reasoning_opaque', 'extra_content'];
/** Members of a thought that come in pieces. */
const TEXTS = ['text', 'summary', 'thinking', 'data'];
/** How much is kept, in characters: what is longer is sent back to nobody. */
const MOST = 4 * 1024 * 1024;

/** What a server signs of its model's thinking, put together from the pieces of a stream, to be sent back as it was. */
export class ReasoningDetails {
  readonly #lists = new Map<string, Json[]>();
  readonly #whole = new Map<string, unknown>();
  #length = 0;

  /** The next delta, or a whole message, which says all of it again. */
  feed(holder: Json, isMessage: boolean): void {
    for (const name of WHOLE) if (holder[name]) this.#whole.set(name, holder[name]);
    for (const name of LISTS) {
      const given = holder[name];
      if (!Array.isArray(given)) continue;
      const list = isMessage ? [] : (this.#lists.get(name) ?? []);
      for (const detail of given.filter(isRecord)) this.#add(list, detail);
      this.#lists.set(name, list);
    }
  }

  /** The members of the message that is sent back; undefined where there are none. */
  get signature(): Signature | undefined {
    const members = [...this.#lists, ...this.#whole];
    return members.length > 0 && this.#length <= MOST ? Object.fromEntries(members) : undefined;
  }

  #add(list: Json[], detail: Json): void {
    const last = list.at(-1);
    const known = last && isSame(last, detail) ? last : undefined;
    this.#length += JSON.stringify(Object.entries(detail).filter(([name, value]) => value !== known?.[name])).length;
    if (this.#length > MOST) return;
    if (known) list.splice(-1, 1, joined(known, detail));
    else list.push(detail);
  }
}

/** Whether a piece goes on with the thought before it. */
function isSame(last: Json, next: Json): boolean {
  return last['type'] === next['type'] && last['index'] === next['index'] && (!next['id'] || last['id'] === next['id']);
}

function joined(last: Json, next: Json): Json {
  const texts = TEXTS.flatMap((name) => {
    const [before, behind] = [last[name], next[name]];
    return typeof before === 'string' && typeof behind === 'string' ? [[name, before + behind] as const] : [];
  });
  const given = Object.entries(next).filter(([, value]) => value !== null && value !== undefined);
  return { ...last, ...Object.fromEntries(given), ...Object.fromEntries(texts) };
}
