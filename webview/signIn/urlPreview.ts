import * as l10n from '@vscode/l10n';
import type { ToHost } from '../../src/shared/messages';
import type { DraftView } from '../../src/shared/signInViews';
import { el } from '../kit/dom';
import { endpoint, isUrlAwaited } from './chosenServer';
import type { ServerFields } from './serverFields';

const DRAFT_DELAY_MS = 150;

/** Where requests would go by what is filled in, or why they could not. */
interface UrlPreview {
  readonly element: HTMLElement;
  /** Whether requests could not go there. */
  readonly isWrong: boolean;
  /** Asks for it once the person pauses. */
  soon(): void;
  clear(): void;
  update(draft: DraftView | undefined): void;
}

/** The preview of the base URL, asked for while `isSeen`; what is wrong with what was typed stands beside its field. */
export function createUrlPreview(
  post: (intent: ToHost) => void,
  fields: ServerFields,
  isSeen: () => boolean,
): UrlPreview {
  /** The preview that the state holds, and the one that is shown. */
  let latest: DraftView | undefined;
  let shown: DraftView | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const element = el('p', { class: 'preview' });

  const show = (draft: DraftView | undefined) => {
    shown = draft;
    const error = draft?.ok === false ? draft.error : undefined;
    const goesTo = draft?.ok ? goesToText(draft.baseUrl, draft.note) : undefined;
    // Where the URL cannot be typed, there is no field for its error to stand beside.
    const typed = !fields.baseUrl.element.hidden;
    fields.baseUrl.setError(typed ? error : undefined);
    element.textContent = goesTo ?? (typed ? '' : (error ?? ''));
    element.classList.toggle('error', error !== undefined);
    element.hidden = element.textContent === '';
  };
  const follow = () => {
    const server = fields.value();
    if (latest?.provider !== server?.provider.id || timer !== undefined || isUrlAwaited(server)) return;
    if (JSON.stringify(latest) !== JSON.stringify(shown)) show(latest);
  };
  const ask = () => {
    timer = undefined;
    const server = fields.value();
    if (server === undefined || isUrlAwaited(server) || !isSeen()) return;
    post({ type: 'draft', ...endpoint(server) });
    // No new state comes where the answer is the same as before.
    follow();
  };
  return {
    element,
    get isWrong() {
      return shown?.ok === false;
    },
    soon() {
      clearTimeout(timer);
      timer = setTimeout(ask, DRAFT_DELAY_MS);
      shown = undefined;
      if (isUrlAwaited(fields.value())) show(undefined);
    },
    clear: () => show(undefined),
    update(draft) {
      latest = draft;
      follow();
    },
  };
}

function goesToText(address: string, note = ''): string {
  return note === ''
    ? l10n.t('Requests go to {address}', { address })
    : l10n.t('Requests go to {address}. {note}', { address, note });
}
