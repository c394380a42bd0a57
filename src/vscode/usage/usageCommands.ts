import * as l10n from '@vscode/l10n';
import { homedir } from 'node:os';
import path from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord, stringIn } from '../../core/base/json';
import { usageCsv, usageJson } from '../../core/usage/usageText';
import { forgottenText } from '../../core/views/usageView';
import type { UsageLog } from '../../core/usage/usageLog';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { confirm, notify } from '../answers/notifications';

/** What the commands work on. */
export interface UsageParts extends AnswerParts {
  readonly usage: UsageLog;
}

/**
 * `qwen.exportUsage`: writes what is known to the file that its argument names, else to the one that the person
 * chooses.
 */
export async function exportUsage(
  parts: UsageParts,
  argument: unknown,
): Promise<CommandResult<{ readonly file: string; readonly days: number }>> {
  return await answer(parts, { during: 'test' }, async () => {
    const given = stringIn(argument, 'file');
    if (given && !path.isAbsolute(given))
      throw new ConfigurationError({ field: 'file' }, l10n.t('"{path}" is not a full path.', { path: given }));
    const target = given ? Uri.file(given) : await chooseFile();
    if (!target) throw new Cancelled();
    const days = await parts.usage.read();
    const text = target.path.toLowerCase().endsWith('.json') ? usageJson(days) : usageCsv(days);
    await workspace.fs.writeFile(target, new TextEncoder().encode(text)).then(undefined, (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      const message = l10n.t('{file} cannot be written: {why}', { file: target.fsPath, why });
      throw new ConfigurationError({ field: 'file' }, message);
    });
    if (!given) void notify('info', l10n.t('Saved to {file}.', { file: target.fsPath }));
    return { file: target.fsPath, days: days.length };
  });
}

/**
 * `qwen.resetUsage`: forgets what was counted, once the person or the argument has said yes, and says what that was.
 */
export async function resetUsage(
  parts: UsageParts,
  argument: unknown,
): Promise<CommandResult<{ readonly requests: number; readonly message: string }>> {
  const { usage, log } = parts;
  return await answer(parts, { during: 'test' }, async () => {
    const isConfirmed = isRecord(argument) && argument['confirmed'] === true;
    if (!isConfirmed && !(await askToForget())) throw new Cancelled();
    const { requests, message } = forgottenText(await usage.forget());
    log.info(`Forgotten: the count of ${requests} requests`);
    void notify('info', message);
    return { requests, message };
  });
}

async function chooseFile(): Promise<Uri | undefined> {
  return await window.showSaveDialog({
    title: l10n.t('Export usage'),
    filters: { CSV: ['csv'], JSON: ['json'] },
    defaultUri: Uri.file(path.join(homedir(), 'qwen-usage.csv')),
  });
}

async function askToForget(): Promise<boolean> {
  const detail = l10n.t(
    'The counts of all models and extensions are forgotten. Extensions that you have blocked stay blocked.',
  );
  return await confirm(l10n.t('Forget what was counted?'), detail, l10n.t('Reset'));
}
