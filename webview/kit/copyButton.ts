import * as l10n from '@vscode/l10n';
import type { Announcer } from './announcer';
import { button } from './toolkit';

/** How long a button says that something was copied. */
const COPIED_MS = 2500;

/** A button that copies something, and says so for a moment to the eye, and to who cannot see it. */
export function copyButton(
  label: string,
  appearance: 'primary' | 'link',
  announcer: Announcer,
  onClick: () => void,
): HTMLElement {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const element = button({
    label,
    appearance,
    onClick() {
      onClick();
      announcer.say(l10n.t('Copied.'));
      element.textContent = l10n.t('Copied');
      clearTimeout(timer);
      timer = setTimeout(() => (element.textContent = label), COPIED_MS);
    },
  });
  return element;
}
