import * as l10n from '@vscode/l10n';
import { ProgressLocation, window } from 'vscode';
import { Cancelled } from '../../core/base/errors';
import { sourcesForPrograms } from '../../core/providers/source';
import { stringIn } from '../../core/base/json';
import { hostOf } from '../../core/base/origin';
import type { TestedConnection } from '../../core/session/connectionTest';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult, PanelView } from '../answers/answerParts';
import { pickModel, type PickerParts } from './modelPicker';
import { notify } from '../answers/notifications';

/** `qwen.switchModel`: selects the model that its argument names, else the one that the person picks. */
export async function switchModel(
  parts: PickerParts,
  argument: unknown,
): Promise<CommandResult<{ readonly model: string; readonly baseUrl: string }>> {
  const { session } = parts;
  return await answer(parts, { during: 'test' }, async () => {
    const id = stringIn(argument, 'id');
    const baseUrl = stringIn(argument, 'baseUrl');
    if (!id) await session.discovery.discoverModel(new AbortController().signal);
    // Lists that have grown old are there in their new form the next time.
    if (!id) void session.discovery.refresh('due').catch(() => undefined);
    const wanted = id ? { id, ...(baseUrl && { baseUrl }) } : await pickModel(parts);
    if (!wanted) throw new Cancelled();
    const model = await session.switchModel(wanted);
    return { model: model.id, baseUrl: model.baseUrl };
  });
}

/** `qwen.testConnection`: asks the model in use, and shows the answer and where all came from. */
export async function testConnection(parts: AnswerParts, argument: unknown) {
  const { session, panel } = parts;
  const { selected, configuration } = session.snapshot;
  const about = { ...(selected && { model: selected.id, baseUrl: selected.baseUrl }) };
  const result = await answer(parts, { during: 'test', folder: configuration.folderLabel }, async () => {
    const work = async () => await session.testConnection(stringIn(argument, 'prompt'));
    const progress = { location: ProgressLocation.Window, title: l10n.t('Testing the connection') };
    const tested = await (panel.isVisible('signIn') ? work() : window.withProgress(progress, work));
    const { text, firstTokenMs, model, sources, folderLabel: folder } = tested;
    if (!panel.isVisible('signIn')) void showAnswer(tested, panel);
    return {
      ...(folder !== undefined && { folder }),
      text,
      firstTokenMs,
      model: model.id,
      baseUrl: model.baseUrl,
      sources: sourcesForPrograms(sources),
    };
  });
  return { ...about, ...result };
}

async function showAnswer(
  { text, firstTokenMs, model, folderLabel }: TestedConnection,
  panel: PanelView,
): Promise<void> {
  const details = l10n.t('Show details');
  const said = { model: model.name, host: hostOf(model.baseUrl), ms: Math.round(firstTokenMs), text };
  const message =
    folderLabel === undefined
      ? l10n.t('{model} at {host} answered in {ms} ms: {text}', said)
      : l10n.t('In {folder}, {model} at {host} answered in {ms} ms: {text}', { ...said, folder: folderLabel });
  const chosen = await notify('info', message, details);
  if (chosen === details) panel.show();
}
