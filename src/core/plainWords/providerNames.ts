import { CODING_PLAN, findProvider, type Provider, PROVIDERS, type Region } from '../providers/catalogue';
import { azurePlace } from '../providers/azure';
import { hostOf } from '../base/origin';

/** What people call a provider; where one name is part of another, the longer one comes first. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/\bz\.ai\b/i, 'zai'],
  [/coding[ _-]?plan|编程(?:套餐|计划)|编码(?:套餐|计划)/i, 'coding-plan'],
  [/token[ _-]?plan|token ?套餐/i, 'token-plan'],
  [/\bazure\b|微软云/i, 'azure'],
  [/\bopen[ -]?router\b/i, 'openrouter'],
  [/\bmodel[ -]?scope\b|魔搭/i, 'modelscope'],
  [/\blm[ -]?studio\b/i, 'lm-studio'],
  [/\bollama\b/i, 'ollama'],
  [/\bvllm\b/i, 'vllm'],
  [/\bllama[.-]?cpp\b|\bllama-server\b/i, 'llama-cpp'],
  [/\brequesty\b/i, 'requesty'],
  [/bailian|百炼|\bdash[ -]?scope\b|\bmodel studio\b|\balibaba|阿里云|灵积/i, 'bailian'],
  // "OpenAI-compatible" says how a server speaks, not whose it is.
  [
    /(?<!compatible with |兼容 ?)\bopen[ -]?ai\b(?![ -]?(?:compatible|style|protocol|format|sdk|兼容|协议|格式|风格))/i,
    'openai',
  ],
  // Makers of models come last, and not as a part of a model's name: their models are had elsewhere too.
  [/\bdeep ?seek\b(?![-/.])|深度求索/i, 'deepseek'],
  [/\b(?:moonshot|kimi)\b(?![-/.])|月之暗面/i, 'moonshot'],
  [/\bmini ?max\b(?![-/.])/i, 'minimax'],
  [/\b(?:grok|xai)\b(?![-/.])/i, 'grok'],
];

/** What people call a region, and the catalogue's ids for it; Hong Kong is in China too, so it comes first. */
const REGIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/coding[ _-]?plan/i, ['coding-plan']],
  [/hong[ -]?kong|香港/i, ['hongkong']],
  [/virginia|弗吉尼亚|美国/i, ['virginia']],
  [/\binternational\b|\bintl\b|\boverseas\b|singapore|新加坡|国际|海外/i, ['international', 'singapore']],
  [/\bchina\b|beijing|中国|北京|国内|大陆/i, ['china', 'beijing']],
];

/** What keys begin with; a hint, as other servers may use the same letters. */
const KEY_PREFIXES: readonly (readonly [string, string])[] = [
  ['sk-sp-', 'coding-plan'],
  ['sk-or-', 'openrouter'],
  ['ms-', 'modelscope'],
  ['xai-', 'grok'],
];

/** A place that a key would go to. */
export interface Target {
  readonly provider: Provider;
  readonly region?: Region;
}

/** The provider that a text names. */
export function namedProvider(text: string): Provider | undefined {
  const id = ALIASES.find(([alias]) => alias.test(text))?.[1];
  return id ? findProvider(id) : undefined;
}

/** The region of the provider that a text names. */
export function namedRegion(text: string, provider: Provider): Region | undefined {
  const ids = REGIONS.flatMap(([alias, meant]) => (alias.test(text) ? meant : []));
  return ids.flatMap((id) => provider.regions.find((region) => region.id === id) ?? [])[0];
}

/** The provider whose keys begin as this one does. */
export function providerOfKey(key: string): Provider | undefined {
  const id = KEY_PREFIXES.find(([prefix]) => key.startsWith(prefix))?.[1];
  return id ? findProvider(id) : undefined;
}

/** Where a key goes with a base URL: to a catalogue's endpoint, to the named provider's own server, or to another. */
export function targetOf(baseUrl: string, named: Provider | undefined): Target | undefined {
  const known = catalogueTarget(baseUrl);
  if (known?.provider.baseUrl === 'fixed') return known;
  if (named && named.baseUrl !== 'fixed' && named !== known?.provider) return { provider: named };
  if (known) return known;
  const provider = findProvider(azurePlace(new URL(baseUrl)) ? 'azure' : 'custom');
  return provider && { provider };
}

/** The catalogue's endpoint at a base URL, of which the end may be missing, as in https://api.openai.com. */
function catalogueTarget(baseUrl: string): Target | undefined {
  const all = PROVIDERS.flatMap((provider) => provider.regions.map((region) => ({ provider, region })));
  return all.find(({ region }) => region.baseUrl === baseUrl || region.baseUrl.startsWith(`${baseUrl}/`));
}

/** The provider of a text without a base URL. Keys of the plan do not open the rest of Model Studio. */
export function providerWithoutUrl(named: Provider | undefined, key: string): Provider | undefined {
  const ofKey = providerOfKey(key);
  return named?.id === 'bailian' && ofKey === CODING_PLAN ? ofKey : (named ?? ofKey);
}

/** Whether a URL is the page on which a provider gives out keys. */
export function isConsole(url: string): boolean {
  return CONSOLES.has(hostOf(url));
}

const CONSOLES = new Set(
  PROVIDERS.flatMap(({ regions }) => regions.flatMap((region) => hostOf(region.consoleUrl ?? ''))),
);
