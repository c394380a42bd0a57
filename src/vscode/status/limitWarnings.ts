import * as l10n from '@vscode/l10n';
import { type Disposable, window } from 'vscode';
import type { Settings } from '../../core/config/settings';
import type { StateStore } from '../../core/base/ports';
import { limitToWarnOf } from '../../core/limits/limitWarnings';
import type { PanelView } from '../answers/answerParts';
import { notify } from '../answers/notifications';
import type { ShownLimits } from './shownLimits';

/** What warning of limits works on. */
interface LimitWarningsParts {
  readonly settings: Pick<Settings, 'warnsOfLimits'>;
  readonly panel: PanelView;
}

const SHOW = l10n.t('Show limits');

/** Warns once when a limit of the model in use is nearly reached, in the window that the person works in. */
export function followLimitWarnings(parts: LimitWarningsParts, limits: ShownLimits, state: StateStore): Disposable {
  // One after the other, so that nothing is said twice.
  let working: Promise<unknown> = Promise.resolve();
  return limits.onDidChange(() => {
    working = working.then(() => warn(parts, limits, state)).catch(() => undefined);
  });
}

async function warn({ settings, panel }: LimitWarningsParts, limits: ShownLimits, state: StateStore): Promise<void> {
  const view = limits.view();
  if (!view || !settings.warnsOfLimits() || !window.state.focused) return;
  const limit = await limitToWarnOf(state, view);
  if (!limit) return;
  const { label, text, source } = limit;
  const message = l10n.t('A limit at {host} is nearly reached. {label}: {text} ({source}).', {
    host: view.host,
    label,
    text,
    source,
  });
  void notify('warning', message, SHOW).then((chosen) => chosen === SHOW && panel.show());
}
