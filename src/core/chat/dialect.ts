/** In what servers differ, and which no document tells of each of them. */
export interface Dialect {
  /**
   * What is left out of requests. A name of a member of the body stands for that member, `images` for images,
   * `parameters` for those of tools that take nothing, `schema` for all but plain schemas, `system` for messages of the
   * system, `turns` for messages out of turn. Without `max_tokens`, requests have `max_completion_tokens`; without
   * both, neither.
   */
  readonly without: ReadonlySet<string>;
  /** Which calls of earlier turns have the thoughts that led to them: those whose are known, all, or none. */
  readonly thoughts: 'known' | 'all' | 'none';
  /** The ids of calls have nine letters and digits, as Mistral wants them. */
  readonly strictIds?: true;
  /**
   * No thought is signed any more, and Gemini is told not to ask for it: the signatures it has are lost, or not its
   * own.
   */
  readonly unsigned?: true;
}

/** What most servers take. */
export const USUAL: Dialect = { without: new Set(), thoughts: 'known' };
