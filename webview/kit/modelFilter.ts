import type { ModelGroupView, ModelView } from '../../src/shared/messages';

/** Whether each word of the filter occurs in what is shown of the model or of its group, in any case and order. */
export function matches(filter: string, group: ModelGroupView, model: ModelView): boolean {
  return hasWords(`${model.name} ${model.id} ${model.detail} ${group.label}`, filter);
}

/** Whether each of the words occurs in the text, in any case and order. */
export function hasWords(text: string, words: string): boolean {
  const found = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}
