import * as l10n from '@vscode/l10n';
import { KEYED, onePlace, type Provider } from './provider';

/** A server of the person's own: its address can be changed, it may need no key, and only it knows its models. */
const OWN = {
  ...KEYED,
  group: 'own',
  key: 'optional',
  keyHint: l10n.t('only if your server asks for one'),
  baseUrl: 'optional',
  models: [],
} as const;

/** Any other server, at the address that the person types. */
export const CUSTOM_SERVER: Provider = {
  ...OWN,
  id: 'custom',
  vendor: 'custom',
  label: l10n.t('Another OpenAI-compatible server'),
  aliases: undefined,
  envKey: 'OPENAI_API_KEY',
  baseUrl: 'required',
  baseUrlHint: 'https://example.com/v1',
  regions: onePlace({ baseUrl: '' }),
};

/** Servers that people run themselves, at their default addresses. */
export const OWN_SERVERS: readonly Provider[] = [
  {
    ...OWN,
    id: 'ollama',
    vendor: 'ollama',
    label: 'Ollama',
    aliases: { pattern: /\bollama\b/i },
    envKey: 'OLLAMA_API_KEY',
    baseUrlHint: 'http://localhost:11434/v1',
    regions: onePlace({ baseUrl: 'http://localhost:11434/v1', docsUrl: 'https://docs.ollama.com/openai' }),
  },
  {
    ...OWN,
    id: 'lm-studio',
    vendor: 'lm-studio',
    label: 'LM Studio',
    aliases: { pattern: /\blm[ -]?studio\b/i },
    modelsPath: '/api/v0/models',
    envKey: 'LM_STUDIO_API_KEY',
    baseUrlHint: 'http://localhost:1234/v1',
    regions: onePlace({ baseUrl: 'http://localhost:1234/v1', docsUrl: 'https://lmstudio.ai/docs' }),
  },
  {
    ...OWN,
    id: 'vllm',
    vendor: 'vllm',
    label: 'vLLM',
    aliases: { pattern: /\bvllm\b/i },
    envKey: 'VLLM_API_KEY',
    baseUrlHint: 'http://localhost:8000/v1',
    regions: onePlace({ baseUrl: 'http://localhost:8000/v1', docsUrl: 'https://docs.vllm.ai' }),
  },
  {
    ...OWN,
    id: 'llama-cpp',
    vendor: 'llama-cpp',
    label: 'llama.cpp',
    aliases: { pattern: /\bllama[.-]?cpp\b|\bllama-server\b/i },
    envKey: 'LLAMA_CPP_API_KEY',
    baseUrlHint: 'http://localhost:8080/v1',
    regions: onePlace({
      baseUrl: 'http://localhost:8080/v1',
      docsUrl: 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
    }),
  },
  CUSTOM_SERVER,
];
