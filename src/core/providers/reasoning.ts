import { isRecord, stringIn } from '../base/json';

/** How the thinking of a model is steered. */
export interface Reasoning {
  /**
   * The member of a request that turns it off: `enable_thinking: false`, `reasoning_effort: 'none'` or
   * `thinking: { type: 'disabled' }`.
   */
  readonly field: 'enable_thinking' | 'reasoning_effort' | 'thinking';
  /** What `reasoning_effort` may be, from least to most; none where thinking is only on or off. */
  readonly efforts?: readonly string[];
  /** The effort where nobody chose one. */
  readonly default?: string;
  readonly canDisable: boolean;
}

const FIELDS = ['enable_thinking', 'reasoning_effort', 'thinking'] as const;

/** Reads `capabilities.reasoning` of a model entry as Qwen Code writes it; undefined for anything else. */
export function readReasoning(value: unknown): Reasoning | undefined {
  if (!isRecord(value) || value['thinking'] !== true) return undefined;
  const field = FIELDS.find((name) => name === value['disableField']);
  if (!field) return undefined;
  const canDisable = value['canDisable'] !== false;
  const listed: readonly unknown[] = Array.isArray(value['efforts']) ? value['efforts'] : [];
  const efforts = listed.filter((effort) => typeof effort === 'string');
  if (value['toggleOnly'] === true || efforts.length === 0) return { field, canDisable };
  const usual = efforts.find((effort) => effort === stringIn(value, 'defaultEffort'));
  return { field, efforts, ...(usual !== undefined && { default: usual }), canDisable };
}
