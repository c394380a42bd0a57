import { ProgressLocation, window } from 'vscode';
import { Cancelled } from '../../core/base/errors';
import { stringIn } from '../../core/base/json';
import { hostOf } from '../../core/base/origin';
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
    if (!id) await session.discoverModel(new AbortController().signal);
    // Lists that have grown old are there in their new form the next time.
    if (!id) void session.refreshModels('due').catch(() => undefined);
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
    const progress = { location: ProgressLocation.Window, title: 'Testing the connection' };
    const tested = await (panel.isVisible('signIn') ? work() : window.withProgress(progress, work));
    const { text, firstTokenMs, model, sources, folderLabel: folder } = tested;
    const who = `${model.name} at ${hostOf(model.baseUrl)}`;
    if (!panel.isVisible('signIn'))
      void showAnswer(text, firstTokenMs, folder === undefined ? who : `In ${folder}, ${who}`, panel);
    return {
      ...(folder !== undefined && { folder }),
      text,
      firstTokenMs,
      model: model.id,
      baseUrl: model.baseUrl,
      sources,
    };
  });
  return { ...about, ...result };
}

async function showAnswer(text: string, firstTokenMs: number, who: string, panel: PanelView): Promise<void> {
  const details = 'Show details';
  const chosen = await notify('info', `${who} answered in ${Math.round(firstTokenMs)} ms: ${text}`, details);
  if (chosen === details) panel.show();
}
