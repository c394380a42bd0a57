import type { CatalogueModel } from './provider';
import { DEFAULT_GENERATION_CONFIG } from './generationConfig';
import type { Model } from './model';

/** What is known of a model, as its requests and the lists of models want it. */
export function fromCatalogue({
  contextWindowSize,
  maxOutputTokens,
  vision,
  enableThinking,
  reasoning,
}: Omit<CatalogueModel, 'id'>): Pick<Model, 'generationConfig' | 'thinking' | 'reasoning' | 'maxOutputTokens'> {
  return {
    generationConfig: {
      ...DEFAULT_GENERATION_CONFIG,
      ...(enableThinking && { extraBody: { enable_thinking: true } }),
      contextWindowSize,
      vision,
    },
    thinking: Boolean(reasoning ?? enableThinking),
    ...(reasoning && { reasoning }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
}
