import type { Side, Source } from './source';
import type { GenerationConfig } from './generationConfig';
import type { Reasoning } from './reasoning';

/** A model that requests can be sent to. Its identity is protocol, id and base URL. */
export interface Model {
  readonly protocol: 'openai';
  readonly id: string;
  readonly baseUrl: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The one to begin with at its provider. */
  readonly isBestForCode?: true;
  /** The variable that holds its key where the keychain has none. */
  readonly envKey: string | undefined;
  readonly generationConfig: GenerationConfig;
  readonly thinking: boolean;
  /** How its thinking is steered, where that is known. */
  readonly reasoning?: Reasoning;
  /** The most tokens of an answer, where that is known. */
  readonly maxOutputTokens?: number;
  readonly source: Source;
  readonly baseUrlSource: Source;
  /** Whose word the base URL is: a workspace's alone does not decide where a key of the person's goes. */
  readonly baseUrlSide: Side;
}

/** What tells one model from another. */
export interface ModelIdentity {
  readonly id: string;
  readonly baseUrl: string;
}

/** A text that is the same for the same model, and another one for any other. */
export function modelKey({ id, baseUrl }: ModelIdentity): string {
  return `${id}\n${baseUrl}`;
}

/** Whether both are the same model. */
export function isSameModel(one: ModelIdentity, other: ModelIdentity): boolean {
  return one.id === other.id && one.baseUrl === other.baseUrl;
}
