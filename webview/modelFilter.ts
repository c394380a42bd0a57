import type { ModelGroupView, ModelView } from '../src/shared/messages.js';

/** Whether each word of the filter occurs in what is shown of the model or of its group, in any case and order. */
export function matches(filter: string, group: ModelGroupView, model: ModelView): boolean {
  const text = `${model.name} ${model.id} ${model.detail} ${group.label}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
