import * as l10n from '@vscode/l10n';
import { isSameModel } from '../providers/model';
import type { Snapshot } from '../session/snapshot';

type InUse = Pick<Snapshot, 'selected' | 'configuration'>;

/** Whether the model in use was switched; that the folder is another one, with a model of its own, is no switch. */
export function isSwitched(before: InUse, { selected, configuration: { folder, folderLabel } }: InUse): boolean {
  const { configuration } = before;
  if (configuration.folder !== folder || configuration.folderLabel !== folderLabel) return false;
  return selected !== undefined && before.selected !== undefined && !isSameModel(selected, before.selected);
}

/** What decides whether there is a chat in VS Code, and whether it is ours already. */
interface ChatConditions {
  readonly isSwitchedOff: boolean;
  readonly isTrusted: boolean;
  readonly isSetUp: boolean;
}

/** The button to VS Code's chat; what keeps the chat away comes first. */
export function chatView({ isSwitchedOff, isTrusted, isSetUp }: ChatConditions) {
  if (isSwitchedOff) {
    return {
      label: l10n.t('Open settings'),
      intent: { type: 'openSettings', setting: 'chat.disableAIFeatures' },
      note: l10n.t('The AI features of VS Code are switched off, and its chat with them.'),
    } as const;
  }
  if (!isTrusted) {
    return {
      label: l10n.t('Manage Trust'),
      intent: { type: 'manageTrust' },
      note: l10n.t(
        'This workspace is not trusted: VS Code has no chat in it, and its files, such as .env, are not read.',
      ),
    } as const;
  }
  return { label: isSetUp ? l10n.t('Open chat') : l10n.t('Use Qwen in Chat'), intent: { type: 'useInChat' } } as const;
}
