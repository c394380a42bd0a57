import { commands, type Disposable } from 'vscode';
import type { ExplainDocument } from './status/explainDocument';
import type { PickerParts } from './models/modelPicker';
import type { Versions } from '../core/views/diagnosticsText';
import type { OutputLog } from './platform/log';
import { statusReport } from '../core/views/statusReport';
import type { Act } from './answers/answerParts';
import { askToSend } from './answers/consentDialog';
import { commandOf } from './answers/intents';
import { configure, pasteSignIn } from './signIn/configureFromText';
import { forgetPermissions } from './keys/consentNotice';
import { switchModel, testConnection } from './models/modelCommands';
import { moveKey, type MoveKeyParts } from './keys/moveKeyCommand';
import { checkOtherRegions, sendKey } from './signIn/otherRegions';
import { importQwenCodeSignIn, type ImportParts } from './signIn/qwenCodeSignIn';
import { askAndSignIn, signIn, type SignInParts } from './signIn/signInCommand';
import { signOut } from './signIn/signOutCommand';
import { choosePlan, type ChoosePlanParts } from './status/choosePlan';
import { chooseFolder, type FolderParts } from './status/folderPicker';
import { copyDiagnostics } from './status/copyDiagnostics';
import { useInChat, type UseInChatParts } from './chat/chatSetupCommand';
import { exportUsage, resetUsage, type UsageParts } from './usage/usageCommands';
import {
  openQwenCode,
  revokeTerminalAccess,
  type TerminalCommandParts,
  useInTerminal,
} from './terminal/terminalCommands';
import { writeQwenCodeSettings } from './terminal/writeQwenSettings';

/** What all commands together work on; each names its own part of it. */
export type CommandParts = SignInParts &
  ImportParts &
  MoveKeyParts &
  PickerParts &
  UseInChatParts &
  UsageParts &
  ChoosePlanParts &
  TerminalCommandParts & {
    readonly explanation: ExplainDocument;
    readonly folders: FolderParts;
    readonly log: OutputLog;
    readonly versions: Versions;
  };

type Command = (parts: CommandParts, argument: unknown) => unknown;

/** Every command of the manifest. */
export const COMMANDS = {
  'qwen.signIn': signIn,
  'qwen.signOut': signOut,
  'qwen.switchModel': switchModel,
  'qwen.testConnection': testConnection,
  'qwen.status': ({ session }) => statusReport(session.snapshot),
  'qwen.configureFromText': configure,
  'qwen.importQwenCodeSignIn': importQwenCodeSignIn,
  'qwen.useInTerminal': useInTerminal,
  'qwen.openQwenCode': openQwenCode,
  'qwen.revokeTerminalAccess': revokeTerminalAccess,
  'qwen.writeQwenCodeSettings': writeQwenCodeSettings,
  'qwen.moveKey': moveKey,
  'qwen.useInChat': useInChat,
  'qwen.checkOtherRegions': checkOtherRegions,
  'qwen.sendKey': sendKey,
  'qwen.explain': ({ explanation }, argument) => explanation.open(argument),
  'qwen.choosePlan': choosePlan,
  'qwen.chooseFolder': ({ folders }) => chooseFolder(folders),
  'qwen.forgetPermissions': forgetPermissions,
  'qwen.openPanel': ({ panel }) => panel.show(),
  'qwen.manageProviders': ({ panel }) => panel.show('providers'),
  'qwen.showUsage': ({ panel }) => panel.show('usage'),
  'qwen.exportUsage': exportUsage,
  'qwen.resetUsage': resetUsage,
  'qwen.copyDiagnostics': copyDiagnostics,
  'qwen.showLog': ({ log }) => log.show(),
} as const satisfies Record<string, Command>;

/** Adds to the parts what is done by the commands themselves: what a button promises, and a sign-in on the way. */
export function bindCommands(given: Omit<CommandParts, 'act' | 'signIn' | 'paste'>): CommandParts {
  const parts: CommandParts = {
    ...given,
    act: (intent, about) => act(parts, intent, about),
    signIn: (request) => askAndSignIn(parts, request),
    paste: () => pasteSignIn(parts),
  };
  return parts;
}

/** Those that need not know who is signed in: a page shows by itself that this is not known yet. */
const AT_ONCE: ReadonlySet<string> = new Set([
  'qwen.openPanel',
  'qwen.manageProviders',
  'qwen.showUsage',
  'qwen.showLog',
]);

/** Registers every command; the one place that does. One that comes before the keychain was read waits for that. */
export function registerCommands(parts: CommandParts): readonly Disposable[] {
  return Object.entries<Command>(COMMANDS).map(([id, run]) =>
    commands.registerCommand(id, async (argument: unknown) => {
      if (!AT_ONCE.has(id)) await parts.session.loaded();
      return await run(parts, argument);
    }),
  );
}

async function act(parts: CommandParts, intent: Parameters<Act>[0], about: Parameters<Act>[1]): Promise<unknown> {
  const command = commandOf(intent);
  if (!command) return await askToSend(parts.session, about ?? parts.session.snapshot);
  const [argument]: readonly unknown[] = command.arguments ?? [];
  const run: Command | undefined = isOwn(command.command) ? COMMANDS[command.command] : undefined;
  return await (run ? run(parts, argument) : commands.executeCommand(command.command, argument));
}

function isOwn(id: string): id is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, id);
}
