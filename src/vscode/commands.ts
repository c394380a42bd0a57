import { commands, type Disposable } from 'vscode';
import { statusReport } from '../core/views/statusReport';
import type { CommandParts } from './answers/commandAnswer';
import { configure } from './signIn/configureFromText';
import { forgetPermissions } from './keys/consentQuestion';
import { switchModel, testConnection } from './models/modelCommands';
import { moveKey } from './keys/moveKeyCommand';
import { checkOtherRegions, sendKey } from './signIn/otherRegions';
import { importQwenCodeSignIn } from './signIn/qwenCodeSignIn';
import { signIn } from './signIn/signInCommand';
import { signOut } from './signIn/signOutCommand';
import { useInChat } from './chat/useInChat';
import { exportUsage, resetUsage } from './usage/usageCommands';
import { openQwenCode, useInTerminal } from './terminal/terminalCommands';
import { writeQwenCodeSettings } from './terminal/writeQwenSettings';

type Command = (parts: CommandParts, argument: unknown) => unknown;

/** Every command of the manifest. */
export const COMMANDS = {
  'qwen.signIn': signIn,
  'qwen.signOut': signOut,
  'qwen.switchModel': switchModel,
  'qwen.testConnection': testConnection,
  'qwen.status': async ({ session }) => {
    await session.loaded();
    return statusReport(session.snapshot);
  },
  'qwen.configureFromText': configure,
  'qwen.importQwenCodeSignIn': importQwenCodeSignIn,
  'qwen.useInTerminal': useInTerminal,
  'qwen.openQwenCode': openQwenCode,
  'qwen.writeQwenCodeSettings': writeQwenCodeSettings,
  'qwen.moveKey': moveKey,
  'qwen.useInChat': useInChat,
  'qwen.checkOtherRegions': checkOtherRegions,
  'qwen.sendKey': sendKey,
  'qwen.explain': ({ explanation }) => explanation.open(),
  'qwen.forgetPermissions': forgetPermissions,
  'qwen.openPanel': ({ panel }) => panel.show(),
  'qwen.manageProviders': ({ panel }) => panel.show('providers'),
  'qwen.showUsage': ({ panel }) => panel.show('usage'),
  'qwen.exportUsage': exportUsage,
  'qwen.resetUsage': resetUsage,
  'qwen.showLog': ({ log }) => log.show(),
} as const satisfies Record<string, Command>;

/** Registers every command; the one place that does. */
export function registerCommands(parts: CommandParts): readonly Disposable[] {
  return Object.entries<Command>(COMMANDS).map(([id, run]) =>
    commands.registerCommand(id, async (argument: unknown) => await run(parts, argument)),
  );
}
