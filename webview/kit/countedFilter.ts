import * as l10n from '@vscode/l10n';
import { plural } from '../../src/language/numbers';
import type { Announcer } from './announcer';
import { el } from './dom';
import { textField, type TextFieldPart } from './toolkit';

const COUNT_DELAY_MS = 400;

/** A field that filters a list of models, with the count of those that are left. */
interface CountedFilter {
  readonly field: TextFieldPart;
  readonly count: HTMLElement;
  /** Filters by what stands in the field. */
  apply(): void;
}

/** How many models of a list match, and how many there are. */
export interface Matching {
  readonly shown: number;
  readonly all: number;
}

/** The filter of a list; `filter` hides what does not match. The count of the rest is said once the person pauses. */
export function createCountedFilter(
  announcer: Announcer,
  filter: (text: string) => Matching,
  onKey: (event: KeyboardEvent) => void = () => undefined,
): CountedFilter {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const count = el('p', { class: 'count muted' });
  const apply = () => void (count.textContent = countText(filter(field.value)));
  const field = textField({
    label: l10n.t('Filter models'),
    labelHidden: true,
    placeholder: l10n.t('Filter models'),
    onKey,
    onInput: () => {
      apply();
      clearTimeout(timer);
      timer = setTimeout(() => announcer.say(count.textContent), COUNT_DELAY_MS);
    },
  });
  return { field, count, apply };
}

function countText({ shown, all }: Matching): string {
  if (shown === all)
    return plural(all, l10n.t('{count} model', { count: all }), l10n.t('{count} models', { count: all }));
  return shown === 0 ? l10n.t('No model matches.') : l10n.t('{shown} of {all} models', { shown, all });
}
