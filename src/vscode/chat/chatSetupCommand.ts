import * as l10n from '@vscode/l10n';
import { commands, ConfigurationTarget, extensions, ProgressLocation, window, workspace } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { modelInUse } from '../../core/session/snapshot';
import { chatView } from '../../core/views/chatView';
import { IN_USE, IN_USE_NAME } from '../../core/views/languageModelsView';
import { WORKSPACE_TRUST } from '../../core/views/problem';
import { AI_SWITCH, CHAT_EXTENSION, type ChatSetup, VENDOR } from './chatSetup';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult, SignIn } from '../answers/answerParts';
import type { Log } from '../../core/base/ports';
import { describeError } from '../platform/log';

/** What the set-up of the chat works with. */
export interface UseInChatParts extends AnswerParts {
  readonly chatSetup: ChatSetup;
  readonly signIn: SignIn;
}

/** One thing that VS Code's chat needs before our models answer in it. */
interface Step {
  /** What is going to be done, for the person to agree to. */
  readonly text: string;
  /** What to do by hand where it cannot be done from here. */
  readonly byHand: string;
  isDone(): Promise<boolean>;
  run(): Promise<unknown>;
}

const ENABLED_WITHIN_MS = 20_000;
const UTILITY_MODEL = 'chat.byokUtilityModelDefault';

/** The way to the chat as things are now. */
export function wayToChat(chatSetup: Pick<ChatSetup, 'isSetUp'>): ReturnType<typeof chatView> {
  const isSwitchedOff = workspace.getConfiguration().get(AI_SWITCH) === true;
  return chatView({ isSwitchedOff, isTrusted: workspace.isTrusted, isSetUp: chatSetup.isSetUp() });
}

/**
 * `qwen.useInChat`: sets VS Code's chat up for our models after a yes,
 * and opens it with the entry for the model in use chosen.
 */
export async function useInChat(
  parts: UseInChatParts,
): Promise<CommandResult<{ readonly model: string; readonly baseUrl: string }>> {
  const { session, log } = parts;
  const obstacle = findObstacle();
  if (!obstacle && session.snapshot.accounts.length === 0 && !session.snapshot.credential) {
    const signedIn = await parts.signIn({});
    if (!signedIn.ok) return signedIn;
  }
  return await answer(parts, { during: 'test' }, async () => {
    if (obstacle) throw obstacle;
    await session.discovery.discoverModel(new AbortController().signal);
    const { model } = modelInUse(session.snapshot);
    const missing = await missingSteps(parts);
    if (missing.length > 0) {
      await askFor(missing);
      const progress = { location: ProgressLocation.Notification, title: l10n.t('Setting up the chat…') };
      await window.withProgress(progress, async () => {
        for (const step of missing) await runStep(step, log);
      });
    }
    await parts.chatSetup.noteSetUp();
    await runStep(OPENING, log);
    return { model: model.id, baseUrl: model.baseUrl };
  });
}

/** What keeps VS Code from having a chat at all, whatever models it is for. */
function findObstacle(): ConfigurationError | undefined {
  if (workspace.getConfiguration().get(AI_SWITCH) === true) {
    const text = l10n.t(
      'The AI features of VS Code are switched off, and its chat with them. To switch them on, clear the setting {setting}.',
      { setting: AI_SWITCH },
    );
    return new ConfigurationError({ setting: AI_SWITCH }, text);
  }
  if (workspace.isTrusted) return undefined;
  return new ConfigurationError(
    { part: WORKSPACE_TRUST },
    l10n.t('VS Code has no chat in a workspace that is not trusted. Trust it, if you do, then try again.'),
  );
}

async function missingSteps(parts: UseInChatParts): Promise<readonly Step[]> {
  const steps: readonly Step[] = [chatExtension, providerGroup(parts), utilityModel];
  const done = await Promise.all(steps.map((step) => step.isDone()));
  return steps.filter((_, index) => !done[index]);
}

async function runStep({ run, byHand }: Pick<Step, 'run' | 'byHand'>, log: Log): Promise<void> {
  try {
    await run();
  } catch (error) {
    log.error(describeError(error));
    throw new ConfigurationError(
      { part: 'chat' },
      l10n.t('VS Code does not let this be done from here. Do it by hand: {what}', { what: byHand }),
    );
  }
}

async function askFor(steps: readonly Step[]): Promise<void> {
  const yes = l10n.t('Set up chat');
  const detail = steps.map(({ text }) => `• ${text}`).join('\n\n');
  const title = l10n.t('Use Qwen in the chat of VS Code?');
  const chosen = await window.showInformationMessage(title, { modal: true, detail }, yes);
  if (chosen !== yes) throw new Cancelled();
}

const chatExtension: Step = {
  text: l10n.t(
    'Turns on the chat that is built into VS Code (the extension GitHub Copilot Chat). ' +
      'You need no GitHub account for it.',
  ),
  byHand: l10n.t('run "Chat: Manage Language Models", which turns it on.'),
  isDone: async () => extensions.getExtension(CHAT_EXTENSION) !== undefined,
  run: async () => {
    await commands.executeCommand('workbench.extensions.installExtension', CHAT_EXTENSION, { enable: true });
    await enabled();
  },
};

/** Without a group of another vendor than Copilot the chat asks for a GitHub account. */
const providerGroup = ({ chatSetup }: UseInChatParts): Step => ({
  text: l10n.t('Adds Qwen to the models of the chat.'),
  byHand: l10n.t('run "Chat: Manage Language Models", take "Add Models", then "Qwen".'),
  isDone: () => chatSetup.hasGroup(),
  run: async () => {
    const group = { name: 'Qwen', vendor: VENDOR };
    await commands.executeCommand('lm.addLanguageModelsProviderGroup', group).then(undefined, (error: unknown) => {
      if (!String(error).includes('already exists')) throw error;
    });
  },
});

const utilityModel: Step = {
  text: l10n.t(
    "Lets the model that you chat with do the chat's small tasks too, such as finding its title (the setting {setting}).",
    { setting: UTILITY_MODEL },
  ),
  byHand: l10n.t('set {setting} to "mainAgent" in the settings.', { setting: UTILITY_MODEL }),
  isDone: async () => {
    const setting = workspace.getConfiguration().inspect(UTILITY_MODEL);
    // Not every version has it, and what the person has chosen stays.
    return setting?.defaultValue === undefined || setting.globalValue !== undefined;
  },
  run: async () => await workspace.getConfiguration().update(UTILITY_MODEL, 'mainAgent', ConfigurationTarget.Global),
};

async function enabled(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      if (extensions.getExtension(CHAT_EXTENSION)) resolve();
      else reject(new Error(`${CHAT_EXTENSION} was not enabled.`));
    };
    const timer = setTimeout(settle, ENABLED_WITHIN_MS);
    const subscription = extensions.onDidChange(() => extensions.getExtension(CHAT_EXTENSION) && settle());
    if (extensions.getExtension(CHAT_EXTENSION)) settle();
  });
}

/** The last of all, every time. */
const OPENING: Pick<Step, 'run' | 'byHand'> = {
  byHand: l10n.t('run "Chat: Open Chat", and choose "{model}" below the message.', { model: IN_USE_NAME }),
  run: async () => {
    const modelSelector = { vendor: VENDOR, id: IN_USE };
    await commands.executeCommand('workbench.action.chat.open', { query: '', isPartialQuery: true, modelSelector });
  },
};
