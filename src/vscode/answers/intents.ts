import { type Command, commands } from 'vscode';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import { askToSend } from './consent';
import type { Intent } from '../../core/views/problem';

/**
 * Does what a problem's button promises: by the command that does it, where there is one that anybody may run. A yes to a
 * workspace is one to what was in use when it was asked for: `about`, which is what is in use now unless given.
 */
export async function runIntent(
  intent: Intent,
  session: Session,
  about: Pick<Snapshot, 'selected' | 'credential'> = session.snapshot,
): Promise<void> {
  const command = commandOf(intent);
  if (command) await commands.executeCommand(command.command, ...(command.arguments ?? []));
  else await askToSend(session, about);
}

/** The command that does what a button promises; undefined for a yes to a workspace, which is nobody else's to give. */
export function commandOf(intent: Intent): Omit<Command, 'title'> | undefined {
  switch (intent.type) {
    case 'signIn':
    case 'showMethod': {
      const { type: _, ...request } = intent;
      return { command: 'qwen.signIn', arguments: [request] };
    }
    case 'checkOtherRegions':
      return { command: 'qwen.checkOtherRegions' };
    case 'sendKey':
      return { command: 'qwen.sendKey', arguments: [{ to: intent.to }] };
    case 'enterModel':
      return { command: 'qwen.sendKey', arguments: [{ to: 'here', model: '' }] };
    case 'chooseModel':
      return { command: 'qwen.switchModel' };
    case 'allowWorkspace':
      return undefined;
    case 'testConnection':
      return { command: 'qwen.testConnection' };
    case 'openSettings':
      return { command: 'workbench.action.openSettings', arguments: [`@id:${intent.setting}`] };
    case 'writeQwenCodeSettings':
      return { command: 'qwen.writeQwenCodeSettings' };
    case 'setLogLevel':
      return { command: 'workbench.action.setLogLevel' };
    case 'showLog':
      return { command: 'qwen.showLog' };
  }
}
