import type { ModelGroupView, ModelInUseView, ModelView } from '../../src/shared/messages';
import { textFilter } from '../kit/textFilter';

/** A row of the list: the heading of a group, or a model that can be chosen. */
export type Row = ({ readonly kind: 'heading' } & PlacedRow) | ModelRow;

interface PlacedRow {
  readonly group: ModelGroupView;
  /** Its place in the list, from 0. */
  readonly index: number;
}

/** A model that can be chosen; `position` is its place among the models alone, from 1. */
export interface ModelRow extends PlacedRow {
  readonly kind: 'model';
  readonly key: string;
  readonly model: ModelView;
  readonly position: number;
}

/** Names a model within the whole list. */
export const keyOf = ({ id, baseUrl }: Pick<ModelInUseView, 'id' | 'baseUrl'>): string => `${id} ${baseUrl}`;

/** The rows of the models in which each word of the filter occurs, or in their group, under the headings of their groups. */
export function rowsOf(groups: readonly ModelGroupView[], filter: string): readonly Row[] {
  const matches = textFilter(filter);
  const rows: Row[] = [];
  let position = 0;
  for (const group of groups) {
    const { label, baseUrl } = group;
    const found =
      filter === ''
        ? group.models
        : group.models.filter(({ name, id, detail }) => matches(`${name} ${id} ${detail} ${label}`));
    if (found.length > 0) rows.push({ kind: 'heading', group, index: rows.length });
    for (const model of found) {
      position += 1;
      const key = keyOf({ id: model.id, baseUrl });
      rows.push({ kind: 'model', key, group, model, position, index: rows.length });
    }
  }
  return rows;
}
