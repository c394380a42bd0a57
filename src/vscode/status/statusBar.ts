import * as l10n from '@vscode/l10n';
import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Event } from '../../core/base/events';
import type { Session } from '../../core/session/session';
import { statusBarView, type StatusBarView } from '../../core/views/statusBarView';
import type { ShownLimits } from './shownLimits';

const MANAGE_TRUST = 'workbench.trust.manage';

const BACKGROUNDS = {
  normal: undefined,
  warning: new ThemeColor('statusBarItem.warningBackground'),
  error: new ThemeColor('statusBarItem.errorBackground'),
} as const satisfies Record<StatusBarView['tone'], ThemeColor | undefined>;

/** What else the person is to know at any time. */
interface ShownNotice {
  text(): string | undefined;
  readonly onDidChange: Event<void>;
}

/** The item that shows which model is in use, whether it can be, what is known of its limits, and a notice. */
export function createStatusBar(session: Session, limits: ShownLimits, notice: ShownNotice): Disposable {
  const item = window.createStatusBarItem('model', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Qwen model');
  const update = (): void => {
    const { text, label, tooltip, tone, command, isUntrusted } = statusBarView(
      session.snapshot,
      limits.view(),
      notice.text(),
    );
    item.text = text;
    item.tooltip = isUntrusted ? withTrustLink(tooltip) : tooltip;
    item.accessibilityInformation = { label };
    item.backgroundColor = BACKGROUNDS[tone];
    item.command = command;
  };
  update();
  item.show();
  const subscriptions = [session, limits, notice].map(({ onDidChange }) => onDidChange(update));
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      item.dispose();
    },
  };
}

function withTrustLink(tooltip: string): MarkdownString {
  const text = new MarkdownString().appendText(tooltip);
  text.isTrusted = { enabledCommands: [MANAGE_TRUST] };
  return text.appendMarkdown(`\n\n[${l10n.t('Manage Trust')}](command:${MANAGE_TRUST})`);
}
