import type { KeyMethod } from '../base/method';
import type { ProviderQuota } from './quota';
import type { Reasoning } from './reasoning';

/** A model as a provider's documents describe it. What is not known is left out. */
export interface CatalogueModel {
  readonly id: string;
  /** Tokens. */
  readonly contextWindowSize?: number;
  /** The most tokens of an answer. */
  readonly maxOutputTokens?: number;
  readonly vision?: boolean;
  /** Thinks only when a request says `enable_thinking: true`, as Qwen Code's do. */
  readonly enableThinking?: true;
  readonly reasoning?: Reasoning;
}

/** What people call a provider or a region in a text. */
export interface Aliases {
  readonly pattern: RegExp;
  /** Where a text names several: `first` counts before the others, and `last` only where there is no other. */
  readonly rank?: 'first' | 'last';
}

/** How the keys of a provider begin, where no other vendor's do so: a hint whose a key is, and no proof. */
interface KeyBeginning {
  readonly pattern: RegExp;
  /** Whose such keys are, where that is more than this provider. */
  readonly owner?: string;
}

/** Where a provider is reached; `id` is empty where it has only one place. */
export interface Region {
  readonly id: string;
  readonly label: string;
  /** What it is called in every language, where the label is translated. */
  readonly name?: string;
  /** Absent where a text that names the provider can mean no other place. */
  readonly aliases?: Aliases;
  /** Empty where only the person knows it. */
  readonly baseUrl: string;
  /** The page on which a key can be had. */
  readonly consoleUrl?: string;
  /** The page that explains it. */
  readonly docsUrl?: string;
}

/** A service with an OpenAI-compatible API. */
export interface Provider {
  readonly id: string;
  readonly method: KeyMethod;
  /** The vendor, who may have several providers: a key that one of them refuses may be for another. */
  readonly vendor: string;
  /** Under which heading it is offered. */
  readonly group: 'alibaba' | 'vendor' | 'gateway' | 'own';
  readonly label: string;
  /** Undefined where only its address tells. */
  readonly aliases: Aliases | undefined;
  /** The variable that its key is customarily kept in. */
  readonly envKey: string;
  readonly key: 'required' | 'optional';
  /** What a key looks like, for a person. */
  readonly keyHint: string;
  /** What every key of it begins with, where the provider says so. */
  readonly keyPrefix?: string;
  readonly keyBegins?: KeyBeginning;
  /** The header that carries the key: `authorization` as a bearer token, or Azure's `api-key`. */
  readonly keyHeader: 'authorization' | 'api-key';
  /** Whether the person may, or must, name the base URL. */
  readonly baseUrl: 'fixed' | 'optional' | 'required';
  readonly baseUrlHint: string;
  /** What its places differ in. */
  readonly regionsAre: 'region' | 'plan';
  readonly regions: readonly [Region, ...Region[]];
  readonly models: readonly CatalogueModel[];
  /**
   * The ids of its models that are best for code, the best first:
   * the first that its server has is the one to begin with.
   */
  readonly bestForCode: readonly string[];
  /** The path, from the origin, of a list that says more of the models than OpenAI's does. */
  readonly modelsPath?: string;
  /** Whether a sign-in in the browser makes a key there. */
  readonly browserSignIn?: true;
  /** How it is known what is left there; absent where nobody tells. */
  readonly quota?: ProviderQuota;
}

/** A round size of context, in tokens. */
export const MILLION = 1_000_000;

/** What is common to most providers: one bearer key at a fixed address. */
export const KEYED = {
  method: 'api-key',
  key: 'required',
  keyHint: 'sk-…',
  keyHeader: 'authorization',
  baseUrl: 'fixed',
  baseUrlHint: '',
  regionsAre: 'region',
  bestForCode: [],
} as const;

/** What people call a provider's place in China. */
export const CHINA: Aliases = { pattern: /\bchina\b|beijing|中国|北京|国内|大陆/i, rank: 'last' };
/** What people call a provider's place outside of China. */
export const INTERNATIONAL: Aliases = {
  pattern: /\binternational\b|\bintl\b|\boverseas\b|singapore|新加坡|国际|海外/i,
};

/** The one place of a provider that has no regions. */
export function onePlace(place: Omit<Region, 'id' | 'label'>): readonly [Region] {
  return [{ id: '', label: '', ...place }];
}
