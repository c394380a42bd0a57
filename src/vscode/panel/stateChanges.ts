import { isDeepStrictEqual } from 'node:util';
import type { PanelState, StateChanges } from '../../shared/messages';
import type { ModelGroupChange, ModelGroupView } from '../../shared/modelViews';

/** The changes that turn one state into the next. A field that is the same object is not looked into. */
export function stateChanges(before: PanelState, after: PanelState): StateChanges {
  const old = new Map<string, unknown>(Object.entries(before));
  const fields = new Map<string, unknown>(Object.entries(after).filter(([, value]) => value !== undefined));
  fields.delete('models');
  const models = before.models === after.models ? [] : modelChanges(before.models, after.models);
  return {
    changed: Object.fromEntries([...fields].filter(([name, value]) => !isDeepStrictEqual(old.get(name), value))),
    gone: [...old]
      .filter(([name, value]) => name !== 'models' && value !== undefined && !fields.has(name))
      .map(([name]) => name),
    ...(before.models !== after.models && { models }),
  };
}

/** Each group of the list: what it begins and ends with as before is not in it. */
function modelChanges(
  before: readonly ModelGroupView[],
  after: readonly ModelGroupView[],
): readonly ModelGroupChange[] {
  const groups = new Map(before.map((group) => [group.baseUrl, group.models]));
  return after.map(({ models, ...group }) => {
    const old = groups.get(group.baseUrl) ?? [];
    const isSame = (at: number, end: number): boolean => isDeepStrictEqual(old.at(at), models.at(end));
    const shortest = Math.min(old.length, models.length);
    let keep = 0;
    while (keep < shortest && isSame(keep, keep)) keep += 1;
    let rest = 0;
    while (rest < shortest - keep && isSame(-1 - rest, -1 - rest)) rest += 1;
    return { ...group, keep, remove: old.length - keep - rest, add: models.slice(keep, models.length - rest) };
  });
}
