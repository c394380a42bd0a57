import type { LimitsView } from '../../src/shared/messages';
import { el, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';

/** What is known of the limits of the model in use, each with who says so. */
export function createLimits(): Part {
  const heading = el('h2');
  const facts = el('dl', { class: 'facts' });
  const element = el('section', { class: 'limits' }, heading, facts);
  const render = whenChanged((limits: LimitsView | undefined) => {
    element.hidden = limits === undefined;
    heading.textContent = `Limits of ${limits?.host ?? ''}`;
    const rows = limits?.rows ?? [];
    facts.replaceChildren(
      ...rows.flatMap(({ label, text, source, tone }) => [
        el('dt', {}, label),
        el(
          'dd',
          {},
          tone === 'warning' ? el('span', { class: 'badge warning' }, text) : text,
          ' ',
          el('span', { class: 'muted' }, source),
        ),
      ]),
    );
  });
  return { element, update: ({ limits }) => render(limits) };
}
