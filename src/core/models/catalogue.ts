/** How somebody signs in. */
export type Method = 'qwen-oauth' | 'coding-plan' | 'api-key';

/** A model as a provider's documents describe it. */
export interface CatalogueModel {
  readonly id: string;
  /** Tokens. */
  readonly contextWindowSize?: number;
  readonly vision?: boolean;
  readonly thinking?: boolean;
}

/** Where a provider is reached; `id` is empty where it has only one place. */
export interface Region {
  readonly id: string;
  readonly label: string;
  /** Empty where only the person knows it. */
  readonly baseUrl: string;
  /** The page on which a key can be had. */
  readonly consoleUrl?: string;
}

/** A service with an OpenAI-compatible API. */
export interface Provider {
  readonly id: string;
  readonly method: Method;
  readonly label: string;
  /** The variable that its key is customarily kept in. */
  readonly envKey: string;
  readonly key: 'required' | 'optional';
  /** What a key looks like, for a person. */
  readonly keyHint: string;
  /** What every key of it begins with, where the provider says so. */
  readonly keyPrefix?: string;
  /** The header that carries the key: `authorization` as a bearer token, or Azure's `api-key`. */
  readonly keyHeader: 'authorization' | 'api-key';
  /** Whether the person may, or must, name the base URL. */
  readonly baseUrl: 'fixed' | 'optional' | 'required';
  readonly baseUrlHint: string;
  readonly regions: readonly [Region, ...Region[]];
  readonly models: readonly CatalogueModel[];
  /** Whether it makes a key for whoever signs in with the browser. */
  readonly browserSignIn?: true;
}

const MILLION = 1_000_000;

/** What is common to most providers: one bearer key at a fixed address. */
const KEYED = {
  method: 'api-key',
  key: 'required',
  keyHint: 'sk-…',
  keyHeader: 'authorization',
  baseUrl: 'fixed',
  baseUrlHint: '',
  models: [],
} as const;

/** A server of the person's own: its address may be changed, and it may need no key. */
const LOCAL = { ...KEYED, key: 'optional', keyHint: 'only if your server asks for one', baseUrl: 'optional' } as const;

/** The models that Qwen's accounts are answered by. */
export const QWEN_OAUTH_MODELS: readonly CatalogueModel[] = [
  { id: 'coder-model', contextWindowSize: MILLION, vision: true, thinking: true },
];

/** The subscription whose keys begin with `sk-sp-`. */
export const CODING_PLAN: Provider = {
  ...KEYED,
  id: 'coding-plan',
  method: 'coding-plan',
  label: 'Coding Plan',
  envKey: 'BAILIAN_CODING_PLAN_API_KEY',
  keyHint: 'sk-sp-…',
  keyPrefix: 'sk-sp-',
  regions: [
    {
      id: 'china',
      label: 'China (Beijing)',
      baseUrl: 'https://coding.dashscope.aliyuncs.com/v1',
      consoleUrl: 'https://bailian.console.aliyun.com/cn-beijing/?tab=globalset#/efm/coding_plan',
    },
    {
      id: 'international',
      label: 'International (Singapore)',
      baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/v1',
      consoleUrl: 'https://www.alibabacloud.com/help/en/model-studio/coding-plan',
    },
  ],
  models: [
    { id: 'qwen3.5-plus', contextWindowSize: MILLION, vision: true, thinking: true },
    { id: 'qwen3.6-plus', contextWindowSize: MILLION, vision: true, thinking: true },
    { id: 'qwen3.7-plus', contextWindowSize: MILLION, thinking: true },
    { id: 'glm-5', contextWindowSize: 202_752, thinking: true },
    { id: 'kimi-k2.5', contextWindowSize: 262_144, vision: true, thinking: true },
    { id: 'MiniMax-M2.5', contextWindowSize: 196_608, thinking: true },
    { id: 'qwen3-coder-plus', contextWindowSize: MILLION },
    { id: 'qwen3-coder-next', contextWindowSize: 262_144 },
    { id: 'qwen3-max-2026-01-23', contextWindowSize: 262_144, thinking: true },
    { id: 'glm-4.7', contextWindowSize: 202_752, thinking: true },
  ],
};

/** Every provider whose keys can be saved, in the order in which they are offered. */
export const PROVIDERS: readonly Provider[] = [
  CODING_PLAN,
  {
    ...KEYED,
    id: 'openai',
    label: 'OpenAI',
    envKey: 'OPENAI_API_KEY',
    regions: [
      { id: '', label: '', baseUrl: 'https://api.openai.com/v1', consoleUrl: 'https://platform.openai.com/api-keys' },
    ],
    models: [
      { id: 'gpt-4o', contextWindowSize: 128_000, vision: true },
      { id: 'gpt-4o-mini', contextWindowSize: 128_000, vision: true },
    ],
  },
  {
    ...KEYED,
    id: 'azure',
    label: 'Azure OpenAI',
    envKey: 'AZURE_OPENAI_API_KEY',
    keyHint: 'a key of your resource',
    keyHeader: 'api-key',
    baseUrl: 'required',
    baseUrlHint: 'https://your-resource.openai.azure.com',
    regions: [{ id: '', label: '', baseUrl: '', consoleUrl: 'https://portal.azure.com' }],
  },
  {
    ...KEYED,
    id: 'bailian',
    label: 'Alibaba Cloud Model Studio (Bailian)',
    envKey: 'DASHSCOPE_API_KEY',
    regions: [
      {
        id: 'beijing',
        label: 'China (Beijing)',
        baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
        consoleUrl: 'https://bailian.console.aliyun.com/cn-beijing?tab=api#/api',
      },
      {
        id: 'singapore',
        label: 'Singapore',
        baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
        consoleUrl: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=api#/api',
      },
      {
        id: 'virginia',
        label: 'US (Virginia)',
        baseUrl: 'https://dashscope-us.aliyuncs.com/compatible-mode/v1',
        consoleUrl: 'https://modelstudio.console.alibabacloud.com/us-east-1?tab=api#/api',
      },
      {
        id: 'hongkong',
        label: 'China (Hong Kong)',
        baseUrl: 'https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1',
        consoleUrl: 'https://modelstudio.console.alibabacloud.com/cn-hongkong?tab=api#/api',
      },
    ],
    models: [
      { id: 'qwen3.6-plus', contextWindowSize: MILLION, thinking: true },
      { id: 'qwen3.7-plus', contextWindowSize: MILLION, thinking: true },
      { id: 'qwen3.7-max', contextWindowSize: MILLION, thinking: true },
      { id: 'qwen3.8-max', contextWindowSize: MILLION, vision: true, thinking: true },
      { id: 'qwen3.8-flash', contextWindowSize: MILLION, vision: true, thinking: true },
      { id: 'glm-5.1', contextWindowSize: 202_752, thinking: true },
      { id: 'deepseek-v4-pro', contextWindowSize: MILLION, thinking: true },
      { id: 'deepseek-v4-flash', contextWindowSize: MILLION, thinking: true },
      { id: 'kimi-k3', contextWindowSize: MILLION, vision: true, thinking: true },
      { id: 'kimi-k2.7-code', contextWindowSize: 262_144, vision: true, thinking: true },
    ],
  },
  {
    ...KEYED,
    id: 'openrouter',
    label: 'OpenRouter',
    envKey: 'OPENROUTER_API_KEY',
    keyHint: 'sk-or-…',
    browserSignIn: true,
    regions: [{ id: '', label: '', baseUrl: 'https://openrouter.ai/api/v1', consoleUrl: 'https://openrouter.ai/keys' }],
    models: [
      { id: 'z-ai/glm-4.5-air:free', contextWindowSize: 128_000 },
      { id: 'openai/gpt-oss-120b:free', contextWindowSize: 131_072 },
    ],
  },
  {
    ...KEYED,
    id: 'modelscope',
    label: 'ModelScope',
    envKey: 'MODELSCOPE_API_KEY',
    keyHint: 'ms-…',
    regions: [
      {
        id: '',
        label: '',
        baseUrl: 'https://api-inference.modelscope.cn/v1',
        consoleUrl: 'https://modelscope.cn/my/myaccesstoken',
      },
    ],
    models: [
      { id: 'Qwen/Qwen3.5-397B-A17B', contextWindowSize: MILLION, thinking: true },
      { id: 'deepseek-ai/DeepSeek-V4-Flash', contextWindowSize: MILLION, thinking: true },
      { id: 'ZhipuAI/GLM-5.1', contextWindowSize: MILLION, thinking: true },
    ],
  },
  {
    ...LOCAL,
    id: 'ollama',
    label: 'Ollama',
    envKey: 'OLLAMA_API_KEY',
    baseUrlHint: 'http://localhost:11434/v1',
    regions: [{ id: '', label: '', baseUrl: 'http://localhost:11434/v1' }],
  },
  {
    ...LOCAL,
    id: 'lm-studio',
    label: 'LM Studio',
    envKey: 'LM_STUDIO_API_KEY',
    baseUrlHint: 'http://localhost:1234/v1',
    regions: [{ id: '', label: '', baseUrl: 'http://localhost:1234/v1' }],
  },
  {
    ...LOCAL,
    id: 'vllm',
    label: 'vLLM',
    envKey: 'VLLM_API_KEY',
    baseUrlHint: 'http://localhost:8000/v1',
    regions: [{ id: '', label: '', baseUrl: 'http://localhost:8000/v1' }],
  },
  {
    ...LOCAL,
    id: 'custom',
    label: 'Another OpenAI-compatible server',
    envKey: 'OPENAI_API_KEY',
    baseUrl: 'required',
    baseUrlHint: 'https://example.com/v1',
    regions: [{ id: '', label: '', baseUrl: '' }],
  },
];

/** The provider of that id. */
export function findProvider(id: string): Provider | undefined {
  return PROVIDERS.find((provider) => provider.id === id);
}

/** The name of a provider's place in the setting `qwen.endpoints`: `provider/region`, or the provider alone. */
export function endpointName(provider: Provider, region: Region): string {
  return region.id ? `${provider.id}/${region.id}` : provider.id;
}
