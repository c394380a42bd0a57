import { type Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Session } from '../core/session/session';
import { statusBarView, type StatusBarView } from '../core/views/statusBarView';

const BACKGROUNDS = {
  normal: undefined,
  warning: new ThemeColor('statusBarItem.warningBackground'),
  error: new ThemeColor('statusBarItem.errorBackground'),
} as const satisfies Record<StatusBarView['tone'], ThemeColor | undefined>;

/** The item that shows which model is in use, and whether it can be. */
export function createStatusBar(session: Session): Disposable {
  const item = window.createStatusBarItem('model', StatusBarAlignment.Right, 100);
  item.name = 'Qwen model';
  const update = (): void => {
    const { text, label, tooltip, tone, command } = statusBarView(session.snapshot);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label };
    item.backgroundColor = BACKGROUNDS[tone];
    item.command = command;
  };
  update();
  item.show();
  const subscription = session.onDidChange(update);
  return {
    dispose: () => {
      subscription.dispose();
      item.dispose();
    },
  };
}
