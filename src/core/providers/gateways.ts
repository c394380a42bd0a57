import * as l10n from '@vscode/l10n';
import { readOpenRouterKey } from './quotaReaders';
import { KEYED, MILLION, onePlace, type Provider } from './provider';

const GATEWAY = { ...KEYED, group: 'gateway' } as const;

/** Gateways, which pass requests on to the models of many vendors. */
export const GATEWAY_PROVIDERS: readonly Provider[] = [
  {
    ...GATEWAY,
    id: 'openrouter',
    vendor: 'openrouter',
    label: 'OpenRouter',
    aliases: { pattern: /\bopen[ -]?router\b/i },
    keyBegins: { pattern: /^sk-or-/ },
    envKey: 'OPENROUTER_API_KEY',
    keyHint: 'sk-or-…',
    browserSignIn: true,
    quota: { kind: 'asked', at: 'baseUrl', path: '/key', read: readOpenRouterKey },
    regions: onePlace({
      baseUrl: 'https://openrouter.ai/api/v1',
      consoleUrl: 'https://openrouter.ai/keys',
      docsUrl: 'https://openrouter.ai/docs',
    }),
    models: [
      { id: 'z-ai/glm-4.5-air:free', contextWindowSize: 128_000, vision: false },
      { id: 'openai/gpt-oss-120b:free', contextWindowSize: 131_072, vision: false },
    ],
    // One that costs nothing: a key that was made in one click has no balance yet.
    bestForCode: ['z-ai/glm-4.5-air:free', 'openai/gpt-oss-120b:free'],
  },
  {
    ...GATEWAY,
    id: 'requesty',
    vendor: 'requesty',
    label: 'Requesty',
    aliases: { pattern: /\brequesty\b/i },
    envKey: 'REQUESTY_API_KEY',
    keyHint: l10n.t('a key of your account'),
    regions: onePlace({
      baseUrl: 'https://router.requesty.ai/v1',
      consoleUrl: 'https://app.requesty.ai/api-keys',
      docsUrl: 'https://docs.requesty.ai',
    }),
    models: [
      { id: 'openai/gpt-4o-mini', contextWindowSize: 128_000, maxOutputTokens: 16_384, vision: true },
      { id: 'openai/gpt-4o', contextWindowSize: 128_000, maxOutputTokens: 16_384, vision: true },
    ],
    bestForCode: ['openai/gpt-4o'],
  },
  {
    ...GATEWAY,
    id: 'modelscope',
    vendor: 'modelscope',
    label: 'ModelScope',
    aliases: { pattern: /\bmodel[ -]?scope\b|魔搭/i },
    keyBegins: { pattern: /^ms-/ },
    envKey: 'MODELSCOPE_API_KEY',
    keyHint: 'ms-…',
    regions: onePlace({
      baseUrl: 'https://api-inference.modelscope.cn/v1',
      consoleUrl: 'https://modelscope.cn/my/myaccesstoken',
      docsUrl: 'https://modelscope.cn/docs/model-service/API-Inference/intro',
    }),
    models: [
      { id: 'Qwen/Qwen3.5-397B-A17B', contextWindowSize: MILLION, maxOutputTokens: 65_536, enableThinking: true },
      {
        id: 'deepseek-ai/DeepSeek-V4-Flash',
        contextWindowSize: MILLION,
        maxOutputTokens: 384_000,
        enableThinking: true,
      },
      { id: 'ZhipuAI/GLM-5.1', contextWindowSize: MILLION, maxOutputTokens: 131_072, enableThinking: true },
    ],
    bestForCode: ['Qwen/Qwen3.5-397B-A17B', 'ZhipuAI/GLM-5.1'],
  },
];
