import * as l10n from '@vscode/l10n';
import type { PanelState } from '../../src/shared/messages';
import type { ModelGroupView, ModelInUseView, ModelView } from '../../src/shared/modelViews';
import { textFilter } from '../kit/textFilter';

/** How many models of a group are listed before somebody asks for the rest. */
const FIRST = 5;

type Name = Pick<ModelInUseView, 'id' | 'baseUrl'>;

/** What rows are made of. */
export type Listed = Pick<PanelState, 'models' | 'modelInUse' | 'recentModels'>;

/** The models of one base URL, or those that were in use last: then `baseUrl` is empty. */
export type RowGroup = Omit<ModelGroupView, 'models'>;

/** A row of the list: the heading of a group, or what can be chosen. */
export type Row = ({ readonly kind: 'heading' } & PlacedRow) | ChoiceRow;

interface PlacedRow {
  readonly group: RowGroup;
  /** Its place in the list, from 0. */
  readonly index: number;
}

/** A model, or the rest of a group; `position` is its place among the choices alone, from 1. */
export type ChoiceRow = PlacedRow & {
  readonly key: string;
  readonly position: number;
} & (
    | { readonly kind: 'model'; readonly model: ModelView; readonly baseUrl: string; readonly detail: string }
    | { readonly kind: 'more'; readonly left: number }
  );

/** Names a model within the whole list. */
export const keyOf = ({ id, baseUrl }: Name): string => `${id} ${baseUrl}`;

const RECENT: RowGroup = { label: l10n.t('Recent'), host: '', baseUrl: '' };

/**
 * The rows of the models in which each word of the filter occurs, or in their group, under the headings of their groups.
 * Without a filter: first those that were in use last, then of each group its first ones, unless all of it is wanted.
 */
export function rowsOf(listed: Listed, filter: string, whole: ReadonlySet<string>): readonly Row[] {
  const rows: Row[] = [];
  let position = 0;
  const head = (group: RowGroup) => rows.push({ kind: 'heading', group, index: rows.length });
  const add = (group: RowGroup, { baseUrl, label }: RowGroup, model: ModelView) => {
    const detail = group === RECENT ? label : model.detail;
    const key = keyOf({ id: model.id, baseUrl });
    rows.push({ kind: 'model', key, group, model, baseUrl, detail, position: ++position, index: rows.length });
  };
  const recent = filter === '' ? recentOf(listed) : [];
  if (recent.length > 0) head(RECENT);
  for (const { group, model } of recent) add(RECENT, group, model);

  const above = new Set(recent.map(({ model }) => model));
  const matches = textFilter(filter);
  for (const group of listed.models) {
    const { baseUrl } = group;
    const found =
      filter === '' ? without(above, group.models) : group.models.filter((one) => matches(textOf(one, group)));
    if (found.length === 0) continue;
    // One row more takes as much place as the row that says so.
    const isCut = filter === '' && !whole.has(baseUrl) && found.length > FIRST + 1;
    const shown = isCut ? firstOf(found, group, listed.modelInUse) : found;
    head(group);
    for (const model of shown) add(group, group, model);
    const left = found.length - shown.length;
    if (left > 0)
      rows.push({ kind: 'more', key: `more ${baseUrl}`, group, left, position: ++position, index: rows.length });
  }
  return rows;
}

/** What a model is found by. It is put together once, for there may be thousands. */
const texts = new WeakMap<ModelView, string>();
function textOf(model: ModelView, { label }: RowGroup): string {
  const known = texts.get(model) ?? `${model.name} ${model.id} ${model.detail} ${label}`.toLowerCase();
  texts.set(model, known);
  return known;
}

const without = (some: ReadonlySet<ModelView>, models: readonly ModelView[]) =>
  some.size === 0 ? models : models.filter((model) => !some.has(model));

/** The first models of a group, and the one in use wherever it stands. */
function firstOf(models: readonly ModelView[], { baseUrl }: RowGroup, inUse: Name | undefined): readonly ModelView[] {
  const at = baseUrl === inUse?.baseUrl ? models.findIndex(({ id }) => id === inUse.id) : -1;
  const first = models.slice(0, FIRST);
  const model = models[at];
  return at < FIRST || model === undefined ? first : [...first, model];
}

/** The models that were in use last, those that are still there; none where there is only the one that is in use. */
function recentOf({ models, modelInUse, recentModels = [] }: Listed) {
  const names = modelInUse && !recentModels.some((one) => keyOf(one) === keyOf(modelInUse)) ? [modelInUse] : [];
  const found = [...names, ...recentModels].flatMap(({ id, baseUrl }) => {
    const group = models.find((one) => one.baseUrl === baseUrl);
    const model = group?.models.find((one) => one.id === id);
    return group && model ? [{ group, model }] : [];
  });
  return found.length > 1 ? found : [];
}
