import { isRecord, stringIn } from '../base/json';

/** A piece of content, whichever shape it came in. */
export type ContentPiece =
  | { readonly kind: 'text' | 'thinking'; readonly text: string }
  | { readonly kind: 'toolCall'; readonly call: Readonly<Record<string, unknown>> };

/** Members in which blocks hold what they say. */
const TEXTS = ['text', 'content', 'value', 'summary', 'parts', 'refusal', 'output_text', 'transcript'];
const THOUGHTS = ['thinking', 'reasoning', 'reasoning_content', 'thought'];
/** How deep blocks may nest. */
const DEEPEST = 8;

/** What content says, in order: a text, a block, or a list of these. `kind` is what is text by itself. */
export function contentPieces(
  content: unknown,
  kind: 'text' | 'thinking' = 'text',
  levels: number = DEEPEST,
): readonly ContentPiece[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind, text: content }];
  if (typeof content === 'number') return [{ kind, text: String(content) }];
  if (levels === 0) return [];
  if (Array.isArray(content)) return content.flatMap((one) => contentPieces(one, kind, levels - 1));
  return isRecord(content) ? blockPieces(content, kind, levels - 1) : [];
}

function blockPieces(
  block: Readonly<Record<string, unknown>>,
  kind: 'text' | 'thinking',
  levels: number,
): readonly ContentPiece[] {
  const type = stringIn(block, 'type') ?? '';
  if (/^(?:tool_use|tool_call|function_call|function)$/.test(type)) return [{ kind: 'toolCall', call: block }];
  const own = /think|reason|thought/i.test(type) ? 'thinking' : kind;
  const first = (names: readonly string[], as: 'text' | 'thinking'): readonly ContentPiece[] =>
    names.map((name) => contentPieces(block[name], as, levels)).find((pieces) => pieces.length > 0) ?? [];
  return [...first(THOUGHTS, 'thinking'), ...first(TEXTS, own)];
}
