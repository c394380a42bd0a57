import { commands } from 'vscode';
import type { Session } from '../core/session/session';
import type { Intent } from '../core/views/problem';

/** Does what a problem's button promises: by the command that does it, where there is one that anybody may run. */
export async function runIntent(intent: Intent, session: Session): Promise<void> {
  switch (intent.type) {
    case 'signIn':
    case 'showMethod': {
      const { type: _, ...request } = intent;
      await commands.executeCommand('qwen.signIn', request);
      return;
    }
    case 'chooseModel':
      await commands.executeCommand('qwen.switchModel');
      return;
    case 'allowWorkspace':
      return await session.decideConsent('given');
    case 'testConnection':
      await commands.executeCommand('qwen.testConnection');
      return;
    case 'openSettings':
      await commands.executeCommand('workbench.action.openSettings', `@id:${intent.setting}`);
      return;
    case 'showLog':
      await commands.executeCommand('qwen.showLog');
  }
}
