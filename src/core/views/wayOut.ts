import * as l10n from '@vscode/l10n';
import type { Intent, Problem } from './action';
import { problemText } from './problem';
import { joinSentences } from '../../language/joinSentences';

/** A problem as one text for where there is no button: with what to do in its place. */
export function textWithWayOut(problem: Problem): string {
  return joinSentences(problemText(problem), problem.action && wayOut(problem.action.intent));
}

/** What to do, where there is no button; asking again is up to whoever asked. */
function wayOut(intent: Intent): string | undefined {
  switch (intent.type) {
    case 'signIn':
    case 'showMethod':
      return l10n.t('Run "Qwen: Sign in".');
    case 'chooseModel':
    case 'switchModel':
      return l10n.t('Run "Qwen: Switch model".');
    case 'useInChat':
      return l10n.t('Run "Qwen: Use Qwen in Chat".');
    case 'allowWorkspace':
      return l10n.t('Run "Qwen: Open auth panel" to allow it.');
    case 'manageTrust':
      return l10n.t('Run "Workspaces: Manage Workspace Trust".');
    case 'copyDiagnostics':
      return l10n.t('Run "Qwen: Copy diagnostics".');
    case 'openSettings':
      return l10n.t('See the setting {0}.', intent.setting);
    case 'writeQwenCodeSettings':
      return l10n.t('Run "Qwen: Write Qwen Code settings…".');
    case 'showLog':
      return l10n.t('Run "Qwen: Show log".');
    // Those belong to a sign-in, not to a request.
    case 'checkOtherRegions':
    case 'sendKey':
    case 'enterModel':
    case 'choosePlan':
    case 'testConnection':
    // That is said of terminals alone.
    case 'setLogLevel':
      return undefined;
  }
}
