import type { Announcer } from './announcer.js';
import { el } from './dom.js';
import { textField, type TextFieldPart } from './toolkit.js';

const COUNT_DELAY_MS = 400;

/** A field that filters a list of models, with the count of those that are left. */
export interface CountedFilter {
  readonly field: TextFieldPart;
  readonly count: HTMLElement;
  /** Filters by what stands in the field. */
  apply(): void;
}

/** The filter of a list; `filter` hides what does not match, and words the count, which is said once the person pauses. */
export function createCountedFilter(
  announcer: Announcer,
  filter: (text: string) => string,
  onKey: (event: KeyboardEvent) => void = () => undefined,
): CountedFilter {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const count = el('p', { class: 'count muted' });
  const apply = () => void (count.textContent = filter(field.value));
  const field = textField({
    label: 'Filter models',
    labelHidden: true,
    placeholder: 'Filter models',
    onKey,
    onInput: () => {
      apply();
      clearTimeout(timer);
      timer = setTimeout(() => announcer.say(count.textContent), COUNT_DELAY_MS);
    },
  });
  return { field, count, apply };
}
