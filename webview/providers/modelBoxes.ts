import * as l10n from '@vscode/l10n';
import type { FetchedView } from '../../src/shared/providersMessages';
import type { Matching } from '../kit/countedFilter';
import { el } from '../kit/dom';
import { textFilter } from '../kit/textFilter';

type FoundModel = Extract<FetchedView, { readonly kind: 'found' }>['models'][number];

/** A box to check for each model; that of a model that is listed already is checked for good. */
interface ModelBoxes {
  readonly element: HTMLElement;
  /** The ids of the models that the person checked. */
  chosen(): readonly string[];
  /** Replaces the models; what was checked stays so. */
  show(models: readonly FoundModel[]): void;
  /** Hides what does not match. */
  filter(text: string): Matching;
}

/** The list of boxes, which arrow keys go through as in every long list. */
export function createModelBoxes(onChange: () => void): ModelBoxes {
  let rows: readonly ReturnType<typeof boxRow>[] = [];
  const element = el('ul', { class: 'boxes' });
  const chosen = () => rows.filter(({ box }) => box.checked && !box.disabled).map(({ id }) => id);
  element.addEventListener('change', onChange);
  element.addEventListener('keydown', (event) => moveIn(element, event));
  return {
    element,
    chosen,
    show(models) {
      const checked = new Set(chosen());
      rows = models.map((model) => boxRow(model, checked.has(model.id)));
      element.replaceChildren(...rows.map((row) => row.element));
    },
    filter(text) {
      const matches = textFilter(text);
      for (const row of rows) row.element.hidden = !matches(row.id);
      return { shown: rows.filter((row) => !row.element.hidden).length, all: rows.length };
    },
  };
}

function boxRow({ id, listed }: FoundModel, checked: boolean) {
  const box = el('input', { type: 'checkbox' });
  box.checked = checked || listed;
  box.disabled = listed;
  const badge = listed ? el('span', { class: 'detail' }, l10n.t('listed')) : undefined;
  return { element: el('li', {}, el('label', {}, box, el('span', {}, id), badge)), box, id };
}

function moveIn(list: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const boxes = [...list.querySelectorAll<HTMLElement>('li:not([hidden]) input:enabled')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  boxes[at + step]?.focus();
  event.preventDefault();
}
