import { DEFAULT_GENERATION_CONFIG } from '../../src/core/providers/generationConfig';
import type { Model } from '../../src/core/providers/model';

/** A model of the settings unless changed. */
export function model(changes: Partial<Model> = {}): Model {
  const source = { kind: 'settings', name: 'qwen.modelProviders' } as const;
  const id = changes.id ?? 'qwen3-coder-plus';
  return {
    protocol: 'openai',
    id,
    name: id,
    baseUrl: 'https://models.example.com/v1',
    description: undefined,
    envKey: 'OPENAI_API_KEY',
    generationConfig: DEFAULT_GENERATION_CONFIG,
    thinking: false,
    source,
    baseUrlSource: source,
    baseUrlSide: 'person',
    ...changes,
  };
}
