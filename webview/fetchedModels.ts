import type { EntryRef, FetchedView } from '../src/shared/manageMessages.js';
import type { ToHost } from '../src/shared/messages.js';
import type { Announcer } from './announcer.js';
import { el, whenChanged } from './dom.js';
import { problemBox } from './problem.js';
import { button, progressRing, textField } from './toolkit.js';

const COUNT_DELAY_MS = 400;

/** The models that a server named, to choose some of them. */
export interface FetchedModels {
  readonly element: HTMLElement;
  update(fetched: FetchedView | undefined): void;
}

/** What a server answers to the question for its models: a list with boxes to check and a filter, or why there is none. */
export function createFetchedModels(post: (intent: ToHost) => void, announcer: Announcer): FetchedModels {
  let entry: EntryRef | undefined;
  let rows: readonly { readonly element: HTMLElement; readonly box: HTMLInputElement; readonly id: string }[] = [];
  let countTimer: ReturnType<typeof setTimeout> | undefined;
  const heading = el('h2', { tabindex: '-1' });
  const ring = progressRing();
  const asking = el('p', { class: 'muted' });
  const problem = el('div');
  const list = el('ul', { class: 'boxes' });
  const count = el('p', { class: 'count muted' });
  const ask = (allowed: boolean) => entry && post({ type: 'fetchModels', entry, allowed });
  const allow = button({ label: 'Allow for this workspace', onClick: () => ask(true) });
  const again = button({ label: 'Try again', appearance: 'secondary', onClick: () => ask(false) });
  const back = button({ label: 'Back', appearance: 'secondary', onClick: () => post({ type: 'stopFetching' }) });
  const add = button({
    label: 'Add',
    onClick: () => {
      const ids = chosen();
      if (entry && ids.length > 0) post({ type: 'addModels', entry, ids });
    },
  });
  const chosen = () => rows.filter(({ box }) => box.checked && !box.disabled).map(({ id }) => id);
  const follow = () => {
    const { length } = chosen();
    add.textContent = length === 0 ? 'Add' : `Add ${length} ${length === 1 ? 'model' : 'models'}`;
    add.ariaDisabled = String(length === 0);
  };
  const applyFilter = () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    for (const { element: row, id } of rows) row.hidden = !words.every((word) => id.toLowerCase().includes(word));
    const shown = rows.filter(({ element: row }) => !row.hidden).length;
    count.textContent = shown === rows.length ? `${shown} models` : `${shown} of ${rows.length} models`;
  };
  const filter = textField({
    label: 'Filter models',
    labelHidden: true,
    placeholder: 'Filter models',
    onInput: () => {
      applyFilter();
      clearTimeout(countTimer);
      countTimer = setTimeout(() => announcer.say(count.textContent), COUNT_DELAY_MS);
    },
  });
  const element = el(
    'section',
    { class: 'fetched' },
    heading,
    el('div', { class: 'row' }, ring, asking),
    problem,
    filter.element,
    list,
    count,
    el('div', { class: 'row' }, add, allow, again, back),
  );
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') post({ type: 'stopFetching' });
  });
  list.addEventListener('change', follow);
  list.addEventListener('keydown', (event) => moveIn(list, event));

  const render = whenChanged((fetched: FetchedView) => {
    const isFound = fetched.kind === 'found';
    const checked = new Set(chosen());
    entry = fetched.entry;
    heading.textContent = `Models of ${fetched.host}`;
    ring.hidden = fetched.kind !== 'running';
    asking.textContent = fetched.kind === 'running' ? `Asking ${fetched.host}…` : '';
    problem.replaceChildren(
      ...(fetched.kind === 'failed' ? [problemBox(fetched.problem, 'bad', () => undefined)] : []),
    );
    rows = isFound ? fetched.models.map((model) => boxRow(model, checked.has(model.id))) : [];
    list.replaceChildren(...rows.map(({ element: row }) => row));
    for (const part of [filter.element, list, count, add]) part.hidden = !isFound;
    allow.hidden = fetched.kind !== 'failed' || !fetched.asks;
    again.hidden = fetched.kind !== 'failed' || fetched.asks;
    applyFilter();
    follow();
    if (fetched.kind === 'failed')
      announcer.warn([fetched.problem.message, fetched.problem.cause].filter(Boolean).join(' '));
    if (isFound) announcer.say(`${fetched.host} has ${rows.length} models.`);
    if (fetched.kind === 'running') filter.value = '';
    (isFound ? filter : heading).focus();
  });
  return {
    element,
    update(fetched) {
      element.hidden = fetched === undefined;
      if (fetched === undefined) entry = undefined;
      else render(fetched);
    },
  };
}

function boxRow({ id, listed }: { readonly id: string; readonly listed: boolean }, checked: boolean) {
  const box = el('input', { type: 'checkbox' });
  box.checked = checked || listed;
  box.disabled = listed;
  const row = el(
    'li',
    {},
    el('label', {}, box, el('span', {}, id), listed ? el('span', { class: 'detail' }, 'listed') : undefined),
  );
  return { element: row, box, id };
}

/** Arrow keys go from box to box, as in every long list. */
function moveIn(list: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const boxes = [...list.querySelectorAll<HTMLElement>('li:not([hidden]) input:enabled')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  boxes[at + step]?.focus();
  event.preventDefault();
}
