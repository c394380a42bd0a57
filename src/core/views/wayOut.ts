import type { Intent, Problem } from './action';
import { problemText } from './problem';

/** A problem as one text for where there is no button: with what to do in its place. */
export function textWithWayOut(problem: Problem): string {
  return [problemText(problem), problem.action && wayOut(problem.action.intent)].filter(Boolean).join(' ');
}

/** What to do, where there is no button; asking again is up to whoever asked. */
function wayOut(intent: Intent): string | undefined {
  switch (intent.type) {
    case 'signIn':
    case 'showMethod':
      return 'Run "Qwen: Sign in".';
    case 'chooseModel':
    case 'switchModel':
      return 'Run "Qwen: Switch model".';
    case 'useInChat':
      return 'Run "Qwen: Use Qwen in Chat".';
    case 'allowWorkspace':
      return 'Run "Qwen: Open auth panel" to allow it.';
    case 'manageTrust':
      return 'Run "Workspaces: Manage Workspace Trust".';
    case 'copyDiagnostics':
      return 'Run "Qwen: Copy diagnostics".';
    case 'openSettings':
      return `See the setting ${intent.setting}.`;
    case 'writeQwenCodeSettings':
      return 'Run "Qwen: Write Qwen Code settings…".';
    case 'showLog':
      return 'Run "Qwen: Show log".';
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
