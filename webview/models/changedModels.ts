import type { ModelGroupChange, ModelGroupView } from '../../src/shared/modelViews';

/** The list that follows from the one before; a model that has not changed stays the same object. */
export function changedModels(
  before: readonly ModelGroupView[],
  changes: readonly ModelGroupChange[],
): readonly ModelGroupView[] {
  const groups = new Map(before.map((group) => [group.baseUrl, group]));
  return changes.map(({ keep, remove, add, ...group }) => {
    const { models = [] } = groups.get(group.baseUrl) ?? {};
    return { ...group, models: [...models.slice(0, keep), ...add, ...models.slice(keep + remove)] };
  });
}
