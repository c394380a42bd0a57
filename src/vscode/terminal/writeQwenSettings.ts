import * as l10n from '@vscode/l10n';
import { commands, type Disposable, TabInputTextDiff, ThemeIcon, Uri, window, workspace } from 'vscode';
import { type QwenSettingsChange, writeQwenSettings } from '../../core/config/qwenSettingsWrite';
import { shownSettings } from '../../core/config/shownSettings';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import { hostOf } from '../../core/base/origin';
import { replacePrivateFile } from '../../core/base/privateFile';
import type { Secret } from '../../core/base/secret';
import { modelInUse } from '../../core/session/snapshot';
import { newKeyName } from '../../core/terminal/newKeyName';
import { isQwenCodes, mustBePlain } from '../../core/terminal/terminalVariables';
import { answer } from '../answers/answer';
import type { CommandResult } from '../answers/answerParts';
import type { OwnQwenSettings } from './ownQwenSettings';
import { type TerminalCommandParts, useInTerminal } from './terminalCommands';
import { confirm, notify } from '../answers/notifications';
import { joinSentences } from '../../language/joinSentences';

/** What came of it: the file, whether it is another one now, and the variable that it has the key in. */
interface Written {
  readonly file: string;
  readonly changed: boolean;
  readonly envKey?: string;
  readonly message: string;
}

const SCHEME = 'qwen-code-settings';

/**
 * `qwen.writeQwenCodeSettings`: makes the model in use the one of Qwen Code's settings. What would change is shown
 * first, unless `confirm` says yes beforehand; the key is written only `withKey`, and after a warning.
 */
export async function writeQwenCodeSettings(
  parts: TerminalCommandParts,
  argument: unknown,
): Promise<CommandResult<Written>> {
  const { session, qwenSettings } = parts;
  return await answer(parts, { during: 'test' }, async () => {
    const { snapshot } = session;
    const { model, credential } = modelInUse(snapshot);
    if (credential.kind === 'key') mustBePlain({ baseUrl: model.baseUrl, keyHeader: credential.keyHeader });
    const { file } = qwenSettings;
    const before = await readSettings(qwenSettings);
    const envKey = isQwenCodes(snapshot) ? undefined : newKeyName(model, snapshot);
    const change: QwenSettingsChange = { model, envKey };
    const key = credential.kind === 'key' && envKey !== undefined ? credential.key : undefined;
    const flag = (name: string): boolean => isRecord(argument) && argument[name] === true;
    const withKey = flag('confirm') ? flag('withKey') && key !== undefined : await ask(file, before, change, key);
    // Whoever runs the command may be another extension: the key is the person's to give away.
    if (withKey && !(await isInsisted(file))) throw new Cancelled();
    const after = writeQwenSettings(file, before, { ...change, key: withKey ? key : undefined });
    if (after !== before) await write(qwenSettings, before, after);
    const said = { file, model: model.name, host: hostOf(model.baseUrl) };
    const done =
      after === before
        ? l10n.t('{file} says so already: Qwen Code uses {model} at {host}.', said)
        : l10n.t('Wrote {file}. Qwen Code uses {model} at {host}.', said);
    const message = joinSentences(done, envKey && keyText(envKey, withKey));
    void tell(parts, message, !withKey && envKey !== undefined);
    return { file, changed: after !== before, ...(envKey !== undefined && { envKey }), message };
  });
}

function keyText(variable: string, isInFile: boolean): string {
  return isInFile
    ? l10n.t('Its key is in that file.')
    : l10n.t('Its key is read from the variable {variable}.', { variable });
}

async function readSettings({ files, file }: OwnQwenSettings): Promise<string | undefined> {
  const read = await files.read(file);
  if (read.kind === 'folder')
    throw new ConfigurationError({ file }, l10n.t('{file} is a folder, not a file. Nothing was written.', { file }));
  if (read.kind === 'broken') throw unwritable(file, read.why);
  return read.kind === 'text' ? read.text : undefined;
}

/** The file as it was is beside it afterwards. */
async function write(
  { files, file, ...settings }: OwnQwenSettings,
  before: string | undefined,
  after: string,
): Promise<void> {
  if (before !== undefined) await replacePrivateFile(`${file}.backup`, before);
  const written = await files.write(file, after, before, 'ownerOnly');
  if (written.kind === 'changed') {
    const text = l10n.t('{file} was changed by another program at the same moment. Nothing was written.', { file });
    throw new ConfigurationError({ file }, text);
  }
  if (written.kind === 'broken') throw unwritable(file, written.why);
  await settings.reload();
}

/** Shows what would change, and asks; answers whether the key is to be written too. */
async function ask(
  file: string,
  before: string | undefined,
  change: QwenSettingsChange,
  key: Secret | undefined,
): Promise<boolean> {
  const texts = [before ?? '', writeQwenSettings(file, before, change)].map((text) => shownSettings(file, text));
  const shown = showChange(texts);
  try {
    await shown.opened;
    const items = [
      {
        label: l10n.t('Write'),
        iconPath: new ThemeIcon('check'),
        withKey: false,
        ...(key &&
          change.envKey && {
            detail: l10n.t('Without the key, which is read from {variable}.', { variable: change.envKey }),
          }),
      },
      ...(key
        ? [
            {
              label: l10n.t('Write with the key'),
              iconPath: new ThemeIcon('warning'),
              withKey: true,
              detail: l10n.t('In plain text: whoever reads the file has your key.'),
            },
          ]
        : []),
    ];
    const title = {
      title: l10n.t('Write Qwen Code settings'),
      placeHolder: l10n.t('Write these changes into {file}?', { file }),
    };
    const picked = await window.showQuickPick(items, { ...title, ignoreFocusOut: true });
    if (!picked) throw new Cancelled();
    return picked.withKey;
  } finally {
    await shown.close();
  }
}

async function isInsisted(file: string): Promise<boolean> {
  const yes = l10n.t('Write the key');
  const detail = l10n.t(
    'Every program that you run, every backup and whoever you give the file to can read it. Terminals of VS Code ' +
      'get the key without that, with "Use my sign-in in the terminal".',
  );
  const title = l10n.t('Your key would stand in {file} in plain text.', { file });
  return await confirm(title, detail, yes);
}

/** The change side by side. Keys that stand in the file are not shown: other extensions read what is open. */
function showChange([before = '', after = '']: readonly string[]) {
  const texts: Readonly<Record<string, string>> = { '/before.jsonc': before, '/settings.jsonc': after };
  const provider: Disposable = workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ path }) => texts[path] ?? '',
  });
  // Each time others, for VS Code keeps documents a while.
  const query = `${Date.now()}`;
  const [left, right] = Object.keys(texts).map((path) => Uri.from({ scheme: SCHEME, path, query }));
  const title = l10n.t('Qwen Code settings: now ↔ then');
  return {
    opened: commands.executeCommand('vscode.diff', left, right, title, { preview: true }),
    close: async (): Promise<void> => {
      const tabs = window.tabGroups.all.flatMap(({ tabs: all }) => all);
      const own = tabs.filter(({ input }) => input instanceof TabInputTextDiff && input.modified.scheme === SCHEME);
      await window.tabGroups.close(own);
      provider.dispose();
    },
  };
}

async function tell(parts: TerminalCommandParts, message: string, isInVariable: boolean): Promise<void> {
  const use = l10n.t('Use my sign-in in the terminal');
  const offers = isInVariable && !parts.terminal.view().isOn;
  const chosen = await notify('info', message, ...(offers ? [use] : []));
  if (chosen === use) await useInTerminal(parts, undefined);
}

function unwritable(file: string, why: string): ConfigurationError {
  return new ConfigurationError({ file }, l10n.t('{file} {why}. Nothing was written.', { file, why }));
}
