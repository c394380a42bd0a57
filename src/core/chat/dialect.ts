/** In what servers differ, and which no document tells of each of them. */
export interface Dialect {
  /** Whether a request may ask for its usage. */
  readonly usage: boolean;
  /** Which calls of earlier turns have the thoughts that led to them: those whose are known, all, or none. */
  readonly thoughts: 'known' | 'all' | 'none';
  /** The ids of calls have nine letters and digits, as Mistral wants them. */
  readonly strictIds?: true;
  /** No thought is signed any more, and Gemini is told not to ask for it: the signatures it has are lost, or not its own. */
  readonly unsigned?: true;
}

/** What most servers take. */
export const USUAL: Dialect = { usage: true, thoughts: 'known' };

/** The dialect of a server that has refused a request in another one, by its words; undefined where those tell of none. */
export function otherDialect(dialect: Dialect, refusal: string): Dialect | undefined {
  if (dialect.usage && /stream_options|include_usage/.test(refusal)) return { ...dialect, usage: false };
  if (!dialect.strictIds && /tool.?call.?id/i.test(refusal) && /length of 9|alphanumeric/i.test(refusal))
    return { ...dialect, strictIds: true };
  if (!dialect.unsigned && /thought_?\s?signature/i.test(refusal)) return { ...dialect, unsigned: true };
  if (!refusal.includes('reasoning_content') || dialect.thoughts === 'none') return undefined;
  // DeepSeek and Moonshot miss it, be it empty; OpenAI knows no such member.
  if (!/must|miss|requir/i.test(refusal)) return { ...dialect, thoughts: 'none' };
  return dialect.thoughts === 'known' ? { ...dialect, thoughts: 'all' } : undefined;
}
