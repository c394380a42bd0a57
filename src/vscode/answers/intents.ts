import type { Command } from 'vscode';
import type { Intent } from '../../core/views/action';

/** The command behind a button; undefined for a permission to a workspace, which only a dialog of its own gives. */
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
    case 'useInChat':
      return { command: 'qwen.useInChat' };
    case 'switchModel':
      return { command: 'qwen.switchModel', arguments: [{ id: intent.id, baseUrl: intent.baseUrl }] };
    case 'choosePlan':
      return { command: 'qwen.choosePlan', arguments: [{ plan: intent.plan }] };
    case 'allowWorkspace':
      return undefined;
    case 'testConnection':
      return { command: 'qwen.testConnection' };
    case 'manageTrust':
      return { command: 'workbench.trust.manage' };
    case 'copyDiagnostics':
      return { command: 'qwen.copyDiagnostics' };
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
