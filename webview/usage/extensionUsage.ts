import * as l10n from '@vscode/l10n';
import type { ToHost } from '../../src/shared/messages';
import type { ExtensionView, UsageView } from '../../src/shared/usageMessages';
import type { Announcer } from '../kit/announcer';
import { el, uniqueId } from '../kit/dom';
import { button } from '../kit/toolkit';
import { usageTable } from './usageTable';

/** The extensions and programs that use models, each with the button that blocks it. */
interface ExtensionUsage {
  readonly element: HTMLElement;
  show(view: UsageView): void;
}

/** The table of the extensions and programs. A screen reader is told who was blocked, or allowed again. */
export function createExtensionUsage(post: (intent: ToHost) => void, announcer: Announcer): ExtensionUsage {
  let last: readonly ExtensionView[] = [];
  const heading = el('h2', { id: uniqueId('usage'), tabindex: '-1' }, l10n.t('Extensions and programs'));
  const words = l10n.t('VS Code does not ask you before an extension uses these models. You can block each here.');
  const table = usageTable(heading, l10n.t('Extension or program'));
  const element = el('section', {}, heading, el('p', { class: 'hint' }, words), table.element);
  return {
    element,
    show({ extensions, total }) {
      element.hidden = extensions.length === 0;
      table.show(
        extensions.map((extension) => extensionRow(extension, post)),
        total,
      );
      for (const text of blocksSince(last, extensions)) announcer.say(text);
      last = extensions;
    },
  };
}

function extensionRow(extension: ExtensionView, post: (intent: ToHost) => void) {
  const { key, label, state } = extension;
  if (state === 'own') return extension;
  const isBlocked = state === 'blocked';
  const action = button({
    label: isBlocked ? l10n.t('Allow') : l10n.t('Block'),
    ariaLabel: isBlocked
      ? l10n.t('Allow {extension}', { extension: label })
      : l10n.t('Block {extension}', { extension: label }),
    appearance: 'link',
    key,
    onClick: () => post({ type: 'blockExtension', extension: key, blocked: !isBlocked }),
  });
  return { ...extension, action, ...(isBlocked && { badge: l10n.t('Blocked') }) };
}

/** What is new of who is blocked. */
function blocksSince(before: readonly ExtensionView[], extensions: readonly ExtensionView[]): readonly string[] {
  return extensions.flatMap(({ key, label, state }) => {
    const was = before.find((one) => one.key === key)?.state;
    if (was === undefined || was === state) return [];
    return state === 'blocked'
      ? l10n.t('{extension} is blocked from now on.', { extension: label })
      : l10n.t('{extension} may use your models again.', { extension: label });
  });
}
