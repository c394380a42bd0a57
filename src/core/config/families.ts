import { PROVIDERS } from '../providers/catalogue';

/** Names under which key, base URL and model come together. */
export interface Family {
  readonly key: string;
  readonly baseUrl: string;
  /** The best one first. */
  readonly models: readonly [string, ...string[]];
}

/**
 * Both generations of names, in their order: the first that is there counts as a whole, so that no key meets the
 * other's URL. `QWEN_MODEL` is what Qwen Code reads where `OPENAI_MODEL` is not set.
 */
export const FAMILIES: readonly [Family, ...Family[]] = [
  { key: 'OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL', models: ['OPENAI_MODEL', 'QWEN_MODEL'] },
  { key: 'LLAMA_API_KEY', baseUrl: 'LLAMA_API_BASE_URL', models: ['LLAMA_API_MODEL'] },
];

/** The variables that providers' keys are kept in; any other may hold something that no model server is to see. */
export const USUAL_KEY_VARIABLES: ReadonlySet<string> = new Set([
  ...FAMILIES.map(({ key }) => key),
  ...PROVIDERS.map(({ envKey }) => envKey),
]);

/** What a variable holds. */
export type Role = 'key' | 'baseUrl' | 'model';

/** What a variable of one of the families holds; every other one that is asked for holds a key. */
export function roleOf(name: string): Role {
  if (FAMILIES.some(({ baseUrl }) => baseUrl === name)) return 'baseUrl';
  return FAMILIES.some(({ models }) => models.includes(name)) ? 'model' : 'key';
}
