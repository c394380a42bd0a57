import { isRecord, stringIn } from '../base/json';

/** What an answer may hold for which there is no place beside its words. */
export type Media = 'picture' | 'sound';

/** Members beside the text in which servers put pictures: OpenRouter's list. */
const PICTURES = ['images', 'image'];

/**
 * The picture or sound that a piece of an answer holds, in a member of its own or as a block of its content; undefined
 * where there is none.
 */
export function mediaIn(holder: Readonly<Record<string, unknown>>): Media | undefined {
  if (PICTURES.some((name) => isThere(holder[name]))) return 'picture';
  const { audio, content } = holder;
  if (isRecord(audio) && stringIn(audio, 'data')) return 'sound';
  if (!Array.isArray(content)) return undefined;
  return content.map((block) => (isRecord(block) ? mediaOfBlock(block) : undefined)).find(Boolean);
}

function mediaOfBlock(block: Readonly<Record<string, unknown>>): Media | undefined {
  const inline = block['inline_data'] ?? block['inlineData'];
  const type = isRecord(inline) ? (stringIn(inline, 'mime_type') ?? stringIn(inline, 'mimeType')) : block['type'];
  if (typeof type !== 'string') return undefined;
  if (/image/.test(type)) return 'picture';
  return /audio/.test(type) ? 'sound' : undefined;
}

const isThere = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : isRecord(value) || (typeof value === 'string' && value !== '');
