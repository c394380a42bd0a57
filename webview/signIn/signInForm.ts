import * as l10n from '@vscode/l10n';
import type { KeyFormView } from '../../src/shared/providersMessages';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { ProviderView } from '../../src/shared/signInViews';
import { el } from '../kit/dom';
import { button } from '../kit/toolkit';
import type { TextFieldPart } from '../kit/toolkit';

/** The place that a key is for, which is to be typed into its form. */
export type KeyFields = Omit<KeyFormView, 'serial'>;

/** The form of one method. */
export interface SignInForm {
  readonly element: HTMLElement;
  update(state: PanelState): void;
  /** Called each time the form comes into view. */
  shown?(): void;
  /** Called when the person has gone elsewhere, or is signed in: a key that was sent goes out of the page. */
  left?(): void;
  /** Fills in where a key is to go. */
  fillIn?(fields: KeyFields): void;
  /** Brings the person to where they can begin, or mend what was refused. */
  focus(): void;
}

/**
 * The last row of a form: the button that submits it, those that open the pages where a key is had and explained, and the
 * one to where a command is named that prints a key.
 */
export function formActions(
  post: (intent: ToHost) => void,
  onClick: () => void,
  place: () => { readonly provider: string; readonly region?: string } | undefined,
): {
  readonly element: HTMLElement;
  readonly submit: HTMLElement;
  /** Shows the pages that are known of the provider. */
  show(provider: ProviderView): void;
} {
  const open = (type: 'openConsole' | 'openDocs') => {
    const at = place();
    if (at !== undefined) post({ type, ...at });
  };
  const nameCommand = () => post({ type: 'openSettings', setting: 'qwen.keyCommand' });
  const submit = button({ label: l10n.t('Sign in'), onClick });
  const getKey = button({ label: l10n.t('Get a key'), appearance: 'link', onClick: () => open('openConsole') });
  const readDocs = button({ label: l10n.t('Documentation'), appearance: 'link', onClick: () => open('openDocs') });
  const fromCommand = button({ label: l10n.t('Key from a command…'), appearance: 'link', onClick: nameCommand });
  return {
    element: el('div', { class: 'row' }, submit, getKey, readDocs, fromCommand),
    submit,
    show({ hasConsole, hasDocs }) {
      getKey.hidden = !hasConsole;
      readDocs.hidden = !hasDocs;
    },
  };
}

/** The value of a field that must be filled in, or undefined after saying so beside it and bringing the focus there. */
export function required(field: TextFieldPart, message: string): string | undefined {
  const value = field.value.trim();
  if (value !== '') return value;
  field.setError(message);
  field.focus();
  return undefined;
}
