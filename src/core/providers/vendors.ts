import * as l10n from '@vscode/l10n';
import { CHINA, INTERNATIONAL, KEYED, MILLION, onePlace, type Provider } from './provider';
import { readDeepSeekBalance, readMiniMaxRemains, readMoonshotBalance, readZaiLimits } from './quotaReaders';
import type { Reasoning } from './reasoning';

const VENDOR = { ...KEYED, group: 'vendor' } as const;
/** The name of a vendor that is also in the names of models, which other providers sell too. */
const makerOf = (pattern: RegExp) => ({ pattern, rank: 'last' }) as const;
const EFFORTS = ['low', 'high', 'max'];

const GPT_5: Reasoning = {
  field: 'reasoning_effort',
  efforts: ['low', 'medium', 'high', 'xhigh'],
  canDisable: true,
};

/** OpenAI itself. */
export const OPENAI: Provider = {
  ...VENDOR,
  id: 'openai',
  vendor: 'openai',
  label: 'OpenAI',
  aliases: {
    // "OpenAI-compatible" says how a server speaks, not whose it is.
    pattern:
      /(?<!compatible with |兼容 ?)\bopen[ -]?ai\b(?![ -]?(?:compatible|style|protocol|format|sdk|兼容|协议|格式|风格))/i,
    rank: 'last',
  },
  keyBegins: { pattern: /^sk-(?:proj|svcacct|admin)-/ },
  envKey: 'OPENAI_API_KEY',
  regions: onePlace({
    baseUrl: 'https://api.openai.com/v1',
    consoleUrl: 'https://platform.openai.com/api-keys',
    docsUrl: 'https://platform.openai.com/docs/models',
  }),
  models: [
    { id: 'gpt-4o', contextWindowSize: 128_000, maxOutputTokens: 16_384, vision: true },
    { id: 'gpt-4o-mini', contextWindowSize: 128_000, maxOutputTokens: 16_384, vision: true },
    { id: 'gpt-5.2', contextWindowSize: 400_000, maxOutputTokens: 128_000, vision: true, reasoning: GPT_5 },
    { id: 'gpt-5.4', contextWindowSize: 1_050_000, maxOutputTokens: 128_000, vision: true, reasoning: GPT_5 },
    { id: 'gpt-5.5', contextWindowSize: 1_050_000, maxOutputTokens: 128_000, vision: true, reasoning: GPT_5 },
  ],
  bestForCode: ['gpt-5.5', 'gpt-5.4', 'gpt-5.2'],
};

/** Azure: its models are the deployments of the person's own resource. */
export const AZURE: Provider = {
  ...VENDOR,
  id: 'azure',
  vendor: 'azure',
  label: 'Azure OpenAI',
  aliases: { pattern: /\bazure\b|微软云/i, rank: 'first' },
  envKey: 'AZURE_OPENAI_API_KEY',
  keyHint: l10n.t('a key of your resource'),
  keyHeader: 'api-key',
  baseUrl: 'required',
  baseUrlHint: 'https://your-resource.openai.azure.com',
  regions: onePlace({
    baseUrl: '',
    consoleUrl: 'https://portal.azure.com',
    docsUrl: 'https://learn.microsoft.com/en-us/azure/ai-foundry/openai/reference',
  }),
  models: [],
};

const DEEPSEEK: Provider = {
  ...VENDOR,
  id: 'deepseek',
  vendor: 'deepseek',
  label: 'DeepSeek',
  aliases: makerOf(/\bdeep ?seek\b(?![-/.])|深度求索/i),
  envKey: 'DEEPSEEK_API_KEY',
  quota: { kind: 'asked', at: 'origin', path: '/user/balance', read: readDeepSeekBalance },
  regions: onePlace({
    baseUrl: 'https://api.deepseek.com',
    consoleUrl: 'https://platform.deepseek.com/api_keys',
    docsUrl: 'https://api-docs.deepseek.com/zh-cn/',
  }),
  models: ['deepseek-v4-pro', 'deepseek-v4-flash'].map((id) => ({
    id,
    contextWindowSize: MILLION,
    maxOutputTokens: 384_000,
    reasoning: { field: 'thinking', efforts: EFFORTS, default: 'high', canDisable: true },
  })),
  bestForCode: ['deepseek-v4-pro'],
};

const KIMI_CODE = {
  contextWindowSize: 262_144,
  vision: true,
  reasoning: { field: 'thinking', canDisable: false },
} as const;

const MOONSHOT: Provider = {
  ...VENDOR,
  id: 'moonshot',
  vendor: 'moonshot',
  label: 'Kimi (Moonshot AI)',
  aliases: makerOf(/\b(?:moonshot|kimi)\b(?![-/.])|月之暗面/i),
  envKey: 'MOONSHOT_API_KEY',
  quota: { kind: 'asked', at: 'baseUrl', path: '/users/me/balance', read: readMoonshotBalance },
  regions: [
    {
      id: 'international',
      label: l10n.t('International'),
      name: 'International',
      aliases: INTERNATIONAL,
      baseUrl: 'https://api.moonshot.ai/v1',
      consoleUrl: 'https://platform.moonshot.ai/console/api-keys',
      docsUrl: 'https://platform.kimi.ai/docs',
    },
    {
      id: 'china',
      label: l10n.t('China'),
      name: 'China',
      aliases: CHINA,
      baseUrl: 'https://api.moonshot.cn/v1',
      consoleUrl: 'https://platform.moonshot.cn/console/api-keys',
      docsUrl: 'https://platform.moonshot.cn/docs',
    },
  ],
  models: [
    {
      id: 'kimi-k3',
      contextWindowSize: MILLION,
      maxOutputTokens: 131_072,
      vision: true,
      reasoning: { field: 'reasoning_effort', efforts: EFFORTS, default: 'max', canDisable: false },
    },
    { id: 'kimi-k2.7-code', ...KIMI_CODE },
    { id: 'kimi-k2.7-code-highspeed', ...KIMI_CODE },
    { id: 'kimi-k2.6', ...KIMI_CODE, reasoning: { field: 'thinking', canDisable: true } },
  ],
  bestForCode: ['kimi-k2.7-code', 'kimi-k3'],
};

const GLM_5 = { contextWindowSize: 204_800, maxOutputTokens: 131_072, vision: false } as const;

const ZAI: Provider = {
  ...VENDOR,
  id: 'zai',
  vendor: 'zai',
  label: 'Z.AI',
  aliases: { pattern: /\bz\.ai\b/i, rank: 'first' },
  envKey: 'ZAI_API_KEY',
  quota: {
    kind: 'asked',
    at: 'origin',
    path: '/api/monitor/usage/quota/limit',
    bareKey: true,
    regions: ['coding-plan'],
    read: readZaiLimits,
  },
  keyHint: l10n.t('a key of your account'),
  regionsAre: 'plan',
  regions: [
    {
      id: 'standard',
      label: 'Standard API key',
      baseUrl: 'https://api.z.ai/api/paas/v4',
      consoleUrl: 'https://z.ai/manage-apikey/apikey-list',
      docsUrl: 'https://docs.z.ai/',
    },
    {
      id: 'coding-plan',
      label: 'Coding Plan',
      aliases: { pattern: /coding[ _-]?plan/i },
      baseUrl: 'https://api.z.ai/api/coding/paas/v4',
      consoleUrl: 'https://z.ai/manage-apikey/apikey-list',
      docsUrl: 'https://docs.z.ai/',
    },
  ],
  models: [
    { id: 'GLM-5.2', ...GLM_5, contextWindowSize: MILLION, enableThinking: true },
    { id: 'GLM-5.1', ...GLM_5, enableThinking: true },
    { id: 'GLM-5', ...GLM_5 },
    { id: 'GLM-5-Turbo', ...GLM_5 },
  ],
  bestForCode: ['GLM-5.2', 'GLM-5.1'],
};

const MINIMAX_M2 = { contextWindowSize: 196_608, vision: false } as const;

const MINIMAX: Provider = {
  ...VENDOR,
  id: 'minimax',
  vendor: 'minimax',
  label: 'MiniMax',
  aliases: makerOf(/\bmini ?max\b(?![-/.])/i),
  envKey: 'MINIMAX_API_KEY',
  quota: { kind: 'asked', at: 'baseUrl', path: '/api/openplatform/coding_plan/remains', read: readMiniMaxRemains },
  keyHint: l10n.t('a key of your account'),
  regions: [
    {
      id: 'international',
      label: l10n.t('International'),
      name: 'International',
      aliases: INTERNATIONAL,
      baseUrl: 'https://api.minimax.io/v1',
      consoleUrl: 'https://platform.minimax.io/user-center/basic-information/interface-key',
      docsUrl: 'https://www.minimax.io/platform',
    },
    {
      id: 'china',
      label: l10n.t('China'),
      name: 'China',
      aliases: CHINA,
      baseUrl: 'https://api.minimaxi.com/v1',
      consoleUrl: 'https://platform.minimaxi.com/user-center/basic-information/interface-key',
      docsUrl: 'https://platform.minimaxi.com',
    },
  ],
  models: [
    { id: 'MiniMax-M3', contextWindowSize: MILLION, vision: true },
    { id: 'MiniMax-M2.7', ...MINIMAX_M2, contextWindowSize: 204_800 },
    { id: 'MiniMax-M2.7-highspeed', ...MINIMAX_M2, contextWindowSize: 204_800 },
    { id: 'MiniMax-M2.5', ...MINIMAX_M2, maxOutputTokens: 65_536 },
    { id: 'MiniMax-M2.5-highspeed', ...MINIMAX_M2, maxOutputTokens: 65_536 },
  ],
  bestForCode: ['MiniMax-M3'],
};

const GROK: Provider = {
  ...VENDOR,
  id: 'grok',
  vendor: 'xai',
  label: 'Grok (xAI)',
  aliases: makerOf(/\b(?:grok|xai)\b(?![-/.])/i),
  keyBegins: { pattern: /^xai-/ },
  envKey: 'XAI_API_KEY',
  keyHint: 'xai-…',
  regions: onePlace({
    baseUrl: 'https://api.x.ai/v1',
    consoleUrl: 'https://console.x.ai',
    docsUrl: 'https://docs.x.ai/docs',
  }),
  models: [
    { id: 'grok-4.5', contextWindowSize: 500_000 },
    { id: 'grok-4.3', contextWindowSize: MILLION },
    { id: 'grok-4.20-0309-reasoning', contextWindowSize: MILLION },
    { id: 'grok-4.20-0309-non-reasoning', contextWindowSize: MILLION },
    { id: 'grok-4.20-multi-agent-0309', contextWindowSize: MILLION },
    { id: 'grok-build-0.1', contextWindowSize: 262_144 },
  ],
  bestForCode: ['grok-4.5'],
};

/** Vendors of models. */
export const VENDOR_PROVIDERS: readonly Provider[] = [OPENAI, AZURE, DEEPSEEK, MOONSHOT, ZAI, MINIMAX, GROK];
