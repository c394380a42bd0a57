import * as l10n from '@vscode/l10n';
import type { ActionView, LimitsView } from '../../src/shared/messages';
import { el, whenChanged } from '../kit/dom';
import { limitRows } from '../kit/limitRows';
import type { Part } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';

/** What is known of the limits of the model in use, each with a bar and who says so. */
export function createLimits(act: (intent: ProblemIntent) => void): Part {
  const heading = el('h2');
  const facts = el('div');
  const row = el('div', { class: 'row' });
  const element = el('section', { class: 'limits' }, heading, facts, row);
  const render = whenChanged((limits: LimitsView | undefined) => {
    element.hidden = limits === undefined;
    const where = l10n.t('at {host}', { host: limits?.host ?? '' });
    heading.replaceChildren(l10n.t('What is left'), ' ', el('span', { class: 'muted' }, where));
    facts.replaceChildren(limitRows(limits?.rows ?? []));
  });
  const renderAction = whenChanged((action: ActionView | undefined) => {
    row.hidden = action === undefined;
    if (action === undefined) return row.replaceChildren();
    row.replaceChildren(button({ ...action, appearance: 'link', onClick: () => act(action.intent) }));
  });
  return {
    element,
    update({ limits }) {
      render(limits);
      renderAction(limits?.action);
    },
  };
}
