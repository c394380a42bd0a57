import * as l10n from '@vscode/l10n';
import { type CatalogueModel, CHINA, INTERNATIONAL, KEYED, MILLION, type Provider } from './provider';
import type { Reasoning } from './reasoning';

const SWITCH: Reasoning = { field: 'enable_thinking', canDisable: true };
const ALWAYS: Reasoning = { field: 'enable_thinking', canDisable: false };

// What the models of a family have in common, whichever plan they are of.
const QWEN = { contextWindowSize: MILLION, maxOutputTokens: 65_536, enableThinking: true, reasoning: SWITCH } as const;
const QWEN_PLUS = { ...QWEN, vision: true } as const;
const QWEN_3_8 = {
  contextWindowSize: MILLION,
  maxOutputTokens: 65_536,
  vision: true,
  reasoning: {
    field: 'reasoning_effort',
    efforts: ['low', 'medium', 'xhigh'],
    default: 'xhigh',
    canDisable: true,
  },
} as const;
const QWEN_CODER = { contextWindowSize: 262_144, maxOutputTokens: 32_768, vision: false } as const;
const DEEPSEEK_V4 = {
  contextWindowSize: MILLION,
  maxOutputTokens: 384_000,
  reasoning: { field: 'enable_thinking', efforts: ['high', 'max'], default: 'high', canDisable: true },
} as const;
const DEEPSEEK_V4_LATER = {
  ...DEEPSEEK_V4,
  reasoning: { ...DEEPSEEK_V4.reasoning, efforts: ['low', 'high', 'max'] },
} as const;
const GLM_5 = { contextWindowSize: 202_752, maxOutputTokens: 131_072, vision: false, enableThinking: true } as const;
const KIMI = { contextWindowSize: 262_144, vision: true, enableThinking: true, reasoning: SWITCH } as const;
const KIMI_CODE = { ...KIMI, reasoning: ALWAYS } as const;
const MINIMAX = { contextWindowSize: 196_608, maxOutputTokens: 65_536, vision: false } as const;

const ALIBABA = { ...KEYED, vendor: 'alibaba', group: 'alibaba' } as const;

/** The models of Qwen OAuth accounts. */
export const QWEN_OAUTH_MODELS: readonly CatalogueModel[] = [
  { id: 'coder-model', contextWindowSize: MILLION, maxOutputTokens: 65_536, vision: true, reasoning: SWITCH },
];

/** The subscription that is counted in requests. */
export const CODING_PLAN: Provider = {
  ...ALIBABA,
  id: 'coding-plan',
  method: 'coding-plan',
  label: 'Coding Plan',
  aliases: { pattern: /coding[ _-]?plan|编程(?:套餐|计划)|编码(?:套餐|计划)/i },
  keyBegins: {
    pattern: /^sk-sp-/,
    // Those of the Token Plan begin so too: which it is, only a server can tell.
    owner: l10n.t("Alibaba Cloud's plans"),
  },
  envKey: 'BAILIAN_CODING_PLAN_API_KEY',
  quota: {
    kind: 'counted',
    plan: 'codingPlan',
    editions: {
      lite: { fiveHours: 1200, week: 9000, month: 18_000 },
      pro: { fiveHours: 6000, week: 45_000, month: 90_000 },
    },
  },
  keyHint: 'sk-sp-…',
  keyPrefix: 'sk-sp-',
  regions: [
    {
      id: 'china',
      label: l10n.t('China (Beijing)'),
      name: 'China (Beijing)',
      aliases: CHINA,
      baseUrl: 'https://coding.dashscope.aliyuncs.com/v1',
      consoleUrl: 'https://bailian.console.aliyun.com/cn-beijing/?tab=globalset#/efm/coding_plan',
      docsUrl: 'https://help.aliyun.com/zh/model-studio/coding-plan',
    },
    {
      id: 'international',
      label: l10n.t('International (Singapore)'),
      name: 'International (Singapore)',
      aliases: INTERNATIONAL,
      baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/v1',
      consoleUrl: 'https://www.alibabacloud.com/help/en/model-studio/coding-plan',
      docsUrl: 'https://www.alibabacloud.com/help/en/model-studio/coding-plan',
    },
  ],
  models: [
    { id: 'qwen3.5-plus', ...QWEN_PLUS },
    { id: 'qwen3.6-plus', ...QWEN_PLUS },
    { id: 'qwen3.7-plus', ...QWEN_PLUS },
    { id: 'glm-5', ...GLM_5 },
    { id: 'kimi-k2.5', ...KIMI, maxOutputTokens: 32_768 },
    { id: 'MiniMax-M2.5', ...MINIMAX, enableThinking: true },
    { id: 'qwen3-coder-plus', ...QWEN_CODER, contextWindowSize: MILLION },
    { id: 'qwen3-coder-next', ...QWEN_CODER },
    { id: 'qwen3-max-2026-01-23', ...QWEN_CODER, enableThinking: true, reasoning: SWITCH },
    { id: 'glm-4.7', ...GLM_5, maxOutputTokens: 16_384 },
  ],
  bestForCode: ['qwen3-coder-plus', 'qwen3-coder-next'],
};

/** The subscription that is counted in tokens. Its keys may begin as those of the Coding Plan do, or otherwise. */
const TOKEN_PLAN: Provider = {
  ...ALIBABA,
  id: 'token-plan',
  method: 'coding-plan',
  label: 'Token Plan',
  aliases: { pattern: /token[ _-]?plan|token ?套餐/i },
  envKey: 'BAILIAN_TOKEN_PLAN_API_KEY',
  quota: { kind: 'counted', plan: 'tokenPlan' },
  regions: [
    {
      id: 'china',
      label: l10n.t('China (Beijing)'),
      name: 'China (Beijing)',
      aliases: CHINA,
      baseUrl: 'https://token-plan.cn-beijing.maas.aliyuncs.com/compatible-mode/v1',
      consoleUrl: 'https://bailian.console.aliyun.com/cn-beijing?tab=doc#/doc/?type=model&url=3028856',
      docsUrl: 'https://bailian.console.aliyun.com/cn-beijing?tab=doc#/doc/?type=model&url=3028856',
    },
    {
      id: 'international',
      label: l10n.t('International (Singapore)'),
      name: 'International (Singapore)',
      aliases: INTERNATIONAL,
      baseUrl: 'https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1',
      consoleUrl: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=doc#/doc/?type=model',
      docsUrl: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=doc#/doc/?type=model',
    },
  ],
  models: [
    { id: 'qwen3.7-plus', ...QWEN_PLUS },
    { id: 'qwen3.6-plus', ...QWEN_PLUS },
    { id: 'qwen3.7-max', ...QWEN },
    { id: 'qwen3.8-max', ...QWEN_3_8, enableThinking: true, reasoning: { ...QWEN_3_8.reasoning, canDisable: false } },
    {
      id: 'qwen3.8-max-preview',
      ...QWEN_3_8,
      enableThinking: true,
      reasoning: { ...QWEN_3_8.reasoning, canDisable: false },
    },
    { id: 'qwen3.6-flash', ...QWEN },
    { id: 'deepseek-v4-pro', ...DEEPSEEK_V4 },
    { id: 'deepseek-v4-flash-0731', ...DEEPSEEK_V4_LATER },
    { id: 'deepseek-v3.2', contextWindowSize: 131_072, vision: false, reasoning: SWITCH },
    { id: 'kimi-k2.7-code', ...KIMI_CODE },
    { id: 'kimi-k2.6', ...KIMI },
    { id: 'kimi-k2.5', ...KIMI, maxOutputTokens: 32_768 },
    { id: 'glm-5.2', ...GLM_5, contextWindowSize: MILLION },
    { id: 'glm-5.1', ...GLM_5 },
    { id: 'glm-5', ...GLM_5 },
    { id: 'MiniMax-M2.5', ...MINIMAX },
    { id: 'qwen3.8-flash', ...QWEN_3_8 },
    { id: 'deepseek-v4-pro-0813', ...DEEPSEEK_V4_LATER },
  ],
  bestForCode: ['qwen3.8-max', 'qwen3.7-max'],
};

/** Pay as you go, by region. */
export const MODEL_STUDIO: Provider = {
  ...ALIBABA,
  id: 'bailian',
  label: 'Alibaba Cloud Model Studio (Bailian)',
  aliases: {
    // Other providers' names may stand beside it, as their models are sold there.
    pattern: /bailian|百炼|\bdash[ -]?scope\b|\bmodel studio\b|\balibaba|阿里云|灵积/i,
    rank: 'last',
  },
  keyBegins: { pattern: /^sk-ws-/, owner: 'Alibaba Cloud Model Studio' },
  envKey: 'DASHSCOPE_API_KEY',
  regions: [
    {
      id: 'beijing',
      label: l10n.t('China (Beijing)'),
      name: 'China (Beijing)',
      aliases: CHINA,
      baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
      consoleUrl: 'https://bailian.console.aliyun.com/cn-beijing?tab=api#/api',
      docsUrl: 'https://bailian.console.aliyun.com/cn-beijing?tab=api#/api',
    },
    {
      id: 'singapore',
      label: l10n.t('Singapore'),
      name: 'Singapore',
      aliases: INTERNATIONAL,
      baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
      consoleUrl: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=api#/api',
      docsUrl: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=api#/api/?type=model&url=2712195',
    },
    {
      id: 'virginia',
      label: l10n.t('US (Virginia)'),
      name: 'US (Virginia)',
      aliases: { pattern: /virginia|弗吉尼亚|美国/i },
      baseUrl: 'https://dashscope-us.aliyuncs.com/compatible-mode/v1',
      consoleUrl: 'https://modelstudio.console.alibabacloud.com/us-east-1?tab=api#/api',
      docsUrl: 'https://modelstudio.console.alibabacloud.com/us-east-1?tab=api#/api/?type=model&url=2712195',
    },
    {
      id: 'hongkong',
      label: l10n.t('China (Hong Kong)'),
      name: 'China (Hong Kong)',
      aliases: { pattern: /hong[ -]?kong|香港/i, rank: 'first' },
      baseUrl: 'https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1',
      consoleUrl: 'https://modelstudio.console.alibabacloud.com/cn-hongkong?tab=api#/api',
      docsUrl: 'https://modelstudio.console.alibabacloud.com/cn-hongkong?tab=api#/api/?type=model&url=2712195',
    },
  ],
  models: [
    { id: 'qwen3.6-plus', ...QWEN_PLUS },
    { id: 'qwen3.7-plus', ...QWEN_PLUS },
    { id: 'qwen3.7-max', ...QWEN },
    { id: 'glm-5.1', ...GLM_5 },
    { id: 'deepseek-v4-pro', ...DEEPSEEK_V4 },
    { id: 'deepseek-v4-flash', ...DEEPSEEK_V4 },
    { id: 'qwen3.8-max', ...QWEN_3_8 },
    { id: 'qwen3.8-max-0902', ...QWEN_3_8 },
    { id: 'qwen3.8-flash', ...QWEN_3_8 },
    { id: 'deepseek-v4-pro-0813', ...DEEPSEEK_V4_LATER },
    { id: 'deepseek-v4-flash-0731', ...DEEPSEEK_V4_LATER },
    {
      id: 'kimi-k3',
      contextWindowSize: MILLION,
      maxOutputTokens: 131_072,
      vision: true,
      reasoning: { field: 'reasoning_effort', efforts: ['low', 'high', 'max'], default: 'max', canDisable: false },
    },
    { id: 'kimi-k2.7-code', ...KIMI_CODE },
    { id: 'kimi-k2.6', ...KIMI },
  ],
  bestForCode: ['qwen3.8-max', 'qwen3.7-max'],
};

/** What Alibaba Cloud offers. */
export const ALIBABA_PROVIDERS: readonly Provider[] = [CODING_PLAN, TOKEN_PLAN, MODEL_STUDIO];
