import { isDeepStrictEqual } from 'node:util';
import { Kept } from '../base/kept';
import { modelKey } from '../providers/model';
import type { Snapshot } from '../session/snapshot';
import { listAge, type PickableModel, pickerView, typedModel } from './pickerView';

/** The panel's list of models. Nothing that is true of a moment only is in it. */
export type ModelList = ReturnType<typeof modelListView>;

const rows = new Kept<readonly PickableModel[], readonly ReturnType<typeof rowOf>[]>();

/** Every model that may be chosen, by base URL. */
export function modelListView(snapshot: Snapshot) {
  return pickerView(snapshot).map(({ label, host, baseUrl, models }) => ({
    label,
    host,
    baseUrl,
    models: rows.of(models, [], () => models.map(rowOf)),
  }));
}

function rowOf({ model: { id, name }, detail, ready }: PickableModel) {
  return { id, name, detail, ready };
}

/** By base URL, of what time the server's own list is. */
export function listAgesView(list: ModelList, snapshot: Snapshot): Readonly<Record<string, string>> {
  const ages = list.map(({ baseUrl }) => [baseUrl, listAge(baseUrl, snapshot)] as const);
  return Object.fromEntries(ages.flatMap(([baseUrl, age]) => (age === undefined ? [] : [[baseUrl, age] as const])));
}

/** The list of models, which stays the same object while it says the same. */
export class KeptModelList {
  #models: Snapshot['models'] | undefined;
  #typed: string | undefined;
  #list: ModelList = [];

  /** The list of that snapshot. */
  of(snapshot: Snapshot): ModelList {
    const model = typedModel(snapshot);
    const typed = model && modelKey(model);
    // What else decides on the list is read together with the models.
    if (snapshot.models === this.#models && typed === this.#typed) return this.#list;
    const list = modelListView(snapshot);
    this.#models = snapshot.models;
    this.#typed = typed;
    if (!isDeepStrictEqual(list, this.#list)) this.#list = list;
    return this.#list;
  }
}
