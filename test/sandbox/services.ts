/** Whose words a refusal uses. */
export type Vendor = 'qwen' | 'codingPlan' | 'dashscope' | 'openai' | 'azure' | 'openrouter' | 'modelscope' | 'local';

/** What a service wants to see before it answers. */
export type Credential =
  | { readonly kind: 'accessToken' }
  | { readonly kind: 'bearer' | 'apiKeyHeader'; readonly key: string }
  | { readonly kind: 'none' };

/** A stand-in for one endpoint of one vendor. */
export interface ModelService {
  /** The path of its base URL. */
  readonly base: string;
  /** The catalogue endpoints that it stands in for, as the setting `qwen.endpoints` names them. */
  readonly endpoints: readonly string[];
  readonly vendor: Vendor;
  readonly credential: Credential;
  /** True where `/models` needs no key. */
  readonly publicModels?: boolean;
  readonly models: readonly string[];
  /** What its list of models says of some of them, beside the id. */
  readonly told?: Readonly<Record<string, object>>;
  /** Azure: its models are deployments of these, which are listed elsewhere and answer in the older API too. */
  readonly deploymentsOf?: Readonly<Record<string, string>>;
}

/** The models of the Coding Plan, as its documents list them. */
export const CODING_PLAN_MODELS = [
  'qwen3.5-plus',
  'qwen3.6-plus',
  'qwen3.7-plus',
  'glm-5',
  'kimi-k2.5',
  'MiniMax-M2.5',
  'qwen3-coder-plus',
  'qwen3-coder-next',
  'qwen3-max-2026-01-23',
  'glm-4.7',
];

const codingPlan = (region: string, key: string): ModelService => ({
  base: `/coding/${region}/v1`,
  endpoints: [`coding-plan/${region}`],
  vendor: 'codingPlan',
  credential: { kind: 'bearer', key },
  models: CODING_PLAN_MODELS,
});

const bailianModels = [
  'qwen3.6-plus',
  'qwen3.7-plus',
  'qwen3.7-max',
  'glm-5.1',
  'deepseek-v4-pro',
  'deepseek-v4-flash',
  'qwen3.8-max',
  'qwen3.8-max-0902',
  'qwen3.8-flash',
  'deepseek-v4-pro-0813',
  'deepseek-v4-flash-0731',
  'kimi-k3',
  'kimi-k2.7-code',
  'kimi-k2.6',
  'qwen3-max',
];

const bailian = (region: string): ModelService => ({
  base: `/bailian/${region}/v1`,
  endpoints: [`bailian/${region}`],
  vendor: 'dashscope',
  credential: { kind: 'bearer', key: `sk-sandbox-${region}` },
  models: bailianModels,
});

const tokenPlan = (region: string): ModelService => ({
  base: `/token-plan/${region}/v1`,
  endpoints: [`token-plan/${region}`],
  vendor: 'codingPlan',
  credential: { kind: 'bearer', key: `sk-tp-sandbox-${region}` },
  models: ['qwen3.7-plus', 'qwen3.8-max', 'glm-5.2', 'kimi-k2.6'],
});

/** A vendor that speaks as OpenAI does, with one key for each of its places. */
const likeOpenAi = (endpoint: string, models: readonly string[]): ModelService => ({
  base: `/${endpoint}/v1`,
  endpoints: [endpoint],
  vendor: 'openai',
  credential: { kind: 'bearer', key: `sk-sandbox-${endpoint.replace('/', '-')}` },
  models,
});

/** Every model service of the sandbox. */
export const services: readonly ModelService[] = [
  {
    base: '/v1',
    endpoints: [],
    vendor: 'qwen',
    credential: { kind: 'accessToken' },
    models: ['coder-model', 'vision-model'],
  },
  codingPlan('china', 'sk-sp-sandbox-china'),
  codingPlan('international', 'sk-sp-sandbox-intl'),
  ...['china', 'international'].map(tokenPlan),
  ...['beijing', 'singapore', 'virginia', 'hongkong'].map(bailian),
  likeOpenAi('deepseek', ['deepseek-v4-pro', 'deepseek-v4-flash']),
  likeOpenAi('grok', ['grok-4.5', 'grok-build-0.1']),
  ...['moonshot/international', 'moonshot/china'].map((place) => likeOpenAi(place, ['kimi-k3', 'kimi-k2.6'])),
  ...['minimax/international', 'minimax/china'].map((place) => likeOpenAi(place, ['MiniMax-M3', 'MiniMax-M2.5'])),
  ...['zai/standard', 'zai/coding-plan'].map((place) => likeOpenAi(place, ['GLM-5.2', 'GLM-5.1'])),
  likeOpenAi('requesty', ['openai/gpt-4o-mini', 'openai/gpt-4o']),
  {
    base: '/openai/v1',
    endpoints: ['openai'],
    vendor: 'openai',
    credential: { kind: 'bearer', key: 'sk-sandbox-openai' },
    models: ['gpt-5.5', 'gpt-5.2', 'gpt-4o', 'gpt-4o-mini'],
  },
  {
    base: '/azure/openai/v1',
    endpoints: ['azure'],
    vendor: 'azure',
    credential: { kind: 'apiKeyHeader', key: 'azure-sandbox-key' },
    models: ['gpt-4o', 'team-mini'],
    deploymentsOf: { 'gpt-4o': 'gpt-4o', 'team-mini': 'gpt-4o-mini' },
  },
  {
    base: '/openrouter/v1',
    endpoints: ['openrouter'],
    vendor: 'openrouter',
    credential: { kind: 'bearer', key: 'sk-or-sandbox' },
    publicModels: true,
    models: ['z-ai/glm-4.5-air:free', 'openai/gpt-oss-120b:free', 'qwen/qwen3-coder'],
  },
  {
    base: '/modelscope/v1',
    endpoints: ['modelscope'],
    vendor: 'modelscope',
    credential: { kind: 'bearer', key: 'ms-sandbox' },
    models: ['deepseek-ai/DeepSeek-V4-Flash', 'Qwen/Qwen3.5-397B-A17B', 'ZhipuAI/GLM-5.1'],
  },
  {
    base: '/local/v1',
    endpoints: ['ollama', 'lm-studio', 'vllm', 'llama-cpp'],
    vendor: 'local',
    credential: { kind: 'none' },
    models: ['qwen3:8b', 'qwen3-coder:30b', 'llama3.2:latest'],
  },
];
