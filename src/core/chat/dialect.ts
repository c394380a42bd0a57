import type { RequestError } from '../base/errors';
import { refusedPart } from '../base/refusedPart';

/** In what servers differ, and which no document tells of each of them. */
export interface Dialect {
  /**
   * What requests go without: names of members of the body, `images`, or `parameters`, which are those of tools that take
   * nothing. Without `max_tokens` they have `max_completion_tokens`, and without both neither.
   */
  readonly without: ReadonlySet<string>;
  /** Which calls of earlier turns have the thoughts that led to them: those whose are known, all, or none. */
  readonly thoughts: 'known' | 'all' | 'none';
  /** The ids of calls have nine letters and digits, as Mistral wants them. */
  readonly strictIds?: true;
  /** No thought is signed any more, and Gemini is told not to ask for it: the signatures it has are lost, or not its own. */
  readonly unsigned?: true;
}

/** What most servers take. */
export const USUAL: Dialect = { without: new Set(), thoughts: 'known' };

/** Other names for what is refused. */
const MEANT: Readonly<Record<string, string>> = { include_usage: 'stream_options', functions: 'tools' };
/** What is refused of tools without parameters: that they have a schema without members. */
const BARE_SCHEMA = /(?:schema|parameters|properties)\b.*(?:non-?empty|missing|must not be empty|should be non)/i;
/** What is wrong with one image, rather than with images. */
const ONE_IMAGE = /at most|too (?:large|many|big)|exceed|download|format|decode|base64|corrupt/i;

/**
 * The dialect of a server that has refused `body` in another one; undefined where its words tell of none, or the request
 * cannot do without. `isCallWanted`: the model must call a tool.
 */
export function otherDialect(
  dialect: Dialect,
  refusal: RequestError,
  body: Readonly<Record<string, unknown>>,
  isCallWanted: boolean,
): Dialect | undefined {
  const { text = '' } = refusal.details;
  if (!dialect.strictIds && /tool.?call.?id/i.test(text) && /length of 9|alphanumeric/i.test(text))
    return { ...dialect, strictIds: true };
  if (!dialect.unsigned && /thought_?\s?signature/i.test(text)) return { ...dialect, unsigned: true };
  const part = refusedIn(refusal, body);
  if (part === undefined || dialect.without.has(part))
    return text.includes('reasoning_content') ? otherThoughts(dialect, text) : undefined;
  if (part === 'tools' && isCallWanted) return undefined;
  return { ...dialect, without: new Set([...dialect.without, part]) };
}

function refusedIn(refusal: RequestError, body: Readonly<Record<string, unknown>>): string | undefined {
  const { status, text = '' } = refusal.details;
  if (body['tools'] !== undefined && status === 400 && BARE_SCHEMA.test(text)) return 'parameters';
  if (refusal.reason !== 'unsupported') return undefined;
  const said = refusedPart(refusal.details) ?? '';
  const part = MEANT[said] ?? said;
  if (part === 'images') return ONE_IMAGE.test(text) ? undefined : part;
  return body[part] === undefined ? undefined : part;
}

/** DeepSeek and Moonshot miss it, be it empty; OpenAI knows no such member. */
function otherThoughts(dialect: Dialect, text: string): Dialect | undefined {
  if (dialect.thoughts === 'none') return undefined;
  if (!/must|miss|requir/i.test(text)) return { ...dialect, thoughts: 'none' };
  return dialect.thoughts === 'known' ? { ...dialect, thoughts: 'all' } : undefined;
}
