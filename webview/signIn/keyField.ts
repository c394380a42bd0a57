import * as l10n from '@vscode/l10n';
import { iconButton, textField, type TextFieldPart } from '../kit/toolkit';

/** A field for a key, which is hidden unless the person wants to see it. */
interface KeyField extends TextFieldPart {
  /** The key, for the intent that saves it. It stays in the field, hidden, until `leave`: a refused one can be mended. */
  send(): string;
  /** Takes a key that was sent out of the page: it was good, or the person is elsewhere. */
  leave(): void;
}

/** The field; `onKey` hears the keys that are pressed in it. */
export function keyField(onKey: (event: KeyboardEvent) => void): KeyField {
  let isShown = false;
  let sent: string | undefined;
  const toggle = iconButton({ icon: 'eye', label: l10n.t('Show key'), onClick: () => show(!isShown) });
  const field = textField({ label: l10n.t('API key'), secret: true, end: toggle, onKey });
  const show = (next: boolean) => {
    isShown = next;
    field.setHidden(!next);
    toggle.setIcon(next ? 'eyeClosed' : 'eye', next ? l10n.t('Hide key') : l10n.t('Show key'));
  };
  return Object.assign(field, {
    send() {
      show(false);
      sent = field.value.trim();
      return sent;
    },
    leave() {
      show(false);
      // What was typed since is not known to be wrong.
      if (field.value.trim() === sent) field.value = '';
      sent = undefined;
    },
  });
}
