import { el, uniqueId, whenChanged } from './dom';
import { focusOn } from './focus';

/** A choice; description and notice are read out after the label. */
interface RowChoice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description: string;
  readonly notice?: string | undefined;
}

/** A list of rows of which one is chosen; its details stand below it (ARIA disclosure). */
interface ChoiceRows<Value extends string> {
  readonly element: HTMLElement;
  /** What is chosen; setting it does not call `onChange`. */
  value: Value | undefined;
  setChoices(choices: readonly RowChoice<Value>[]): void;
  /** Says something in the row of that choice that may change; an empty text says nothing. */
  setStatus(value: Value, text: string): void;
  /** What stands below the row of that choice. */
  bodyOf(value: Value): HTMLElement;
  focus(): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly head: HTMLButtonElement;
  readonly body: HTMLElement;
  readonly status: HTMLElement;
}

/** Rows under a name for who cannot see them; `onChange` hears what the person chooses. */
export function choiceRows<Value extends string>(label: string, onChange: (value: Value) => void): ChoiceRows<Value> {
  const element = el('div', { class: 'choice-rows', role: 'group', 'aria-label': label });
  const bodies = new Map<Value, HTMLElement>();
  const said = new Map<Value, string>();
  let rows = new Map<Value, Row>();
  let chosen: Value | undefined;
  const bodyOf = (value: Value) => {
    const body = bodies.get(value) ?? el('div', { id: uniqueId('choice'), class: 'choice-body' });
    bodies.set(value, body);
    return body;
  };
  const say = (value: Value) => {
    const status = rows.get(value)?.status;
    if (status === undefined) return;
    status.textContent = said.get(value) ?? '';
    status.hidden = status.textContent === '';
  };
  const open = (value: Value | undefined) => {
    chosen = value;
    for (const [own, { element: row, head, body }] of rows) {
      row.classList.toggle('chosen', own === value);
      head.ariaExpanded = String(own === value);
      body.hidden = own !== value;
    }
  };
  return {
    element,
    bodyOf,
    setStatus(value, text) {
      said.set(value, text);
      say(value);
    },
    get value() {
      return chosen;
    },
    set value(value) {
      if (value !== chosen) open(value);
    },
    setChoices: whenChanged((choices) => {
      rows = new Map(
        choices.map((choice) => {
          const row = choiceRow(choice, bodyOf(choice.value));
          row.head.addEventListener('click', () => {
            if (choice.value === chosen) return;
            open(choice.value);
            onChange(choice.value);
          });
          return [choice.value, row];
        }),
      );
      element.replaceChildren(...[...rows.values()].map((row) => row.element));
      for (const { value } of choices) say(value);
      open(chosen);
    }),
    focus() {
      const row = (chosen && rows.get(chosen)) ?? [...rows.values()][0];
      if (row) focusOn(row.head);
    },
  };
}

function choiceRow({ label, description, notice }: RowChoice<string>, body: HTMLElement): Row {
  const status = el('span', { id: uniqueId('status'), class: 'badge' });
  const details = el(
    'span',
    { id: uniqueId('details'), class: 'details' },
    el('span', { class: 'description' }, description),
    notice === undefined ? undefined : el('span', { class: 'notice' }, ...unbrokenDates(notice)),
  );
  const described = `${status.id} ${details.id}`;
  const head = el(
    'button',
    { type: 'button', class: 'choice-head', 'aria-controls': body.id, 'aria-describedby': described },
    label,
  );
  const top = el('div', { class: 'choice-top' }, head, status, details);
  return { element: el('div', { class: 'choice-row' }, top, body), head, body, status };
}

/** A line may break after the hyphens of a date; these do not. */
const unbrokenDates = (text: string) =>
  text.split(/(\d{4}-\d{2}-\d{2})/).map((part, index) => (index % 2 ? el('span', { class: 'date' }, part) : part));
