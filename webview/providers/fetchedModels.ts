import * as l10n from '@vscode/l10n';
import { plural } from '../../src/language/numbers';
import { joinSentences } from '../../src/language/joinSentences';
import type { EntryRef, FetchedView } from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { createCountedFilter } from '../kit/countedFilter';
import { el, whenChanged } from '../kit/dom';
import { createModelBoxes } from './modelBoxes';
import { failureBox } from '../kit/problem';
import { button, progressRing } from '../kit/toolkit';
import { focusOn } from '../kit/focus';

/** The models that a server named, to choose some of them. */
export interface FetchedModels {
  readonly element: HTMLElement;
  update(fetched: FetchedView | undefined): void;
}

/** What a server answers to the question for its models: a list with boxes to check and a filter, or why there is none. */
export function createFetchedModels(post: (intent: ToHost) => void, announcer: Announcer): FetchedModels {
  let entry: EntryRef | undefined;
  const heading = el('h1', { tabindex: '-1' });
  const ring = progressRing();
  const asking = el('p', { class: 'muted' });
  const problem = el('div');
  const follow = () => {
    const { length } = boxes.chosen();
    add.textContent = addText(length);
    add.ariaDisabled = String(length === 0);
  };
  const boxes = createModelBoxes(follow);
  const filter = createCountedFilter(announcer, (text) => boxes.filter(text));
  const choose = () => {
    const ids = boxes.chosen();
    if (entry && ids.length > 0) post({ type: 'addModels', entry, ids });
  };
  const add = button({ label: l10n.t('Add'), onClick: choose });
  const ask = (allowed: boolean) => entry && post({ type: 'fetchModels', entry, allowed });
  const allow = button({ label: l10n.t('Allow for this workspace…'), onClick: () => ask(true) });
  const again = button({ label: l10n.t('Try again'), appearance: 'secondary', onClick: () => ask(false) });
  const stop = () => post({ type: 'stopFetching' });
  const back = button({ label: l10n.t('Back'), appearance: 'secondary', onClick: stop });
  const progress = el('div', { class: 'row' }, ring, asking);
  const found = [filter.field.element, boxes.element, filter.count];
  const buttons = el('div', { class: 'row' }, add, allow, again, back);
  const element = el('section', { class: 'fetched' }, heading, progress, problem, ...found, buttons);
  element.addEventListener('keydown', ({ key }) => key === 'Escape' && stop());

  const render = whenChanged((fetched: FetchedView | undefined) => {
    element.hidden = fetched === undefined;
    entry = fetched?.entry;
    if (fetched === undefined) return;
    const { kind, host } = fetched;
    const failed = kind === 'failed' ? fetched : undefined;
    heading.textContent = titleOf(fetched);
    ring.hidden = kind !== 'running';
    asking.textContent = kind === 'running' ? l10n.t('Asking {host}…', { host }) : '';
    problem.replaceChildren(...(failed ? [failureBox(failed.problem, post)] : []));
    boxes.show(kind === 'found' ? fetched.models : []);
    for (const part of [...found, add]) part.hidden = kind !== 'found';
    allow.hidden = !failed?.asks;
    again.hidden = failed?.asks !== false;
    filter.apply();
    follow();
    announce(fetched, announcer);
    if (kind === 'running') filter.field.value = '';
    if (kind === 'found') filter.field.focus();
    else focusOn(heading);
  });
  return { element, update: render };
}

function addText(count: number): string {
  if (count === 0) return l10n.t('Add');
  return plural(count, l10n.t('Add {count} model', { count }), l10n.t('Add {count} models', { count }));
}

/** Where the list was cut, its name says so. */
function titleOf(fetched: FetchedView): string {
  const { host } = fetched;
  return fetched.kind === 'found' && fetched.cut
    ? l10n.t('Models of {host} ({cut})', { host, cut: fetched.cut })
    : l10n.t('Models of {host}', { host });
}

function foundText({ host, models, cut }: Extract<FetchedView, { readonly kind: 'found' }>): string {
  const count = models.length;
  return cut
    ? plural(
        count,
        l10n.t('{host} has {count} model ({cut}).', { host, count, cut }),
        l10n.t('{host} has {count} models ({cut}).', { host, count, cut }),
      )
    : plural(
        count,
        l10n.t('{host} has {count} model.', { host, count }),
        l10n.t('{host} has {count} models.', { host, count }),
      );
}

function announce(fetched: FetchedView, announcer: Announcer): void {
  if (fetched.kind === 'found') announcer.say(foundText(fetched));
  if (fetched.kind !== 'failed') return;
  announcer.warn(joinSentences(fetched.problem.message, fetched.problem.cause));
}
