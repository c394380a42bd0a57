import { el, uniqueId, whenChanged } from './dom';

/** A choice; description and notice are read out after the label. */
export interface RowChoice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description: string;
  readonly notice?: string | undefined;
}

/** A list of rows of which one is chosen; its details stand below it (ARIA disclosure). */
export interface ChoiceRows<Value extends string> {
  readonly element: HTMLElement;
  /** What is chosen; setting it does not call `onChange`. */
  value: Value | undefined;
  setChoices(choices: readonly RowChoice<Value>[]): void;
  /** What stands below the row of that choice. */
  bodyOf(value: Value): HTMLElement;
  focus(): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly head: HTMLButtonElement;
  readonly body: HTMLElement;
}

/** Rows under a name for who cannot see them; `onChange` hears what the person chooses. */
export function choiceRows<Value extends string>(label: string, onChange: (value: Value) => void): ChoiceRows<Value> {
  const element = el('div', { class: 'choice-rows', role: 'group', 'aria-label': label });
  const bodies = new Map<Value, HTMLElement>();
  let rows = new Map<Value, Row>();
  let chosen: Value | undefined;
  const bodyOf = (value: Value) => {
    const body = bodies.get(value) ?? el('div', { id: uniqueId('choice'), class: 'choice-body' });
    bodies.set(value, body);
    return body;
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
      open(chosen);
    }),
    focus: () => ((chosen && rows.get(chosen)) ?? [...rows.values()][0])?.head.focus(),
  };
}

function choiceRow({ label, description, notice }: RowChoice<string>, body: HTMLElement): Row {
  const details = el(
    'span',
    { id: uniqueId('details'), class: 'details' },
    el('span', { class: 'description' }, description),
    notice === undefined ? undefined : el('span', { class: 'notice' }, ...unbrokenDates(notice)),
  );
  const head = el(
    'button',
    { type: 'button', class: 'choice-head', 'aria-controls': body.id, 'aria-describedby': details.id },
    label,
  );
  return {
    element: el('div', { class: 'choice-row' }, el('div', { class: 'choice-top' }, head, details), body),
    head,
    body,
  };
}

/** A line may break after the hyphens of a date; these do not. */
const unbrokenDates = (text: string) =>
  text.split(/(\d{4}-\d{2}-\d{2})/).map((part, index) => (index % 2 ? el('span', { class: 'date' }, part) : part));
