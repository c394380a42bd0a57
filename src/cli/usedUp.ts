import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/joinSentences';
import { fullWindowFor } from '../core/limits/fullWindows';
import { hostOf } from '../core/base/origin';
import type { Snapshot } from '../core/session/snapshot';
import type { Intent } from '../core/views/action';
import { elsewhere } from '../core/views/elsewhere';
import { fullText } from '../core/views/limitsView';
import type { CliPorts } from './ports';
import { writeOption } from './shells';

/** What is said where a limit of the model in use is used up, as a refusal has told; undefined where none is. */
export function usedUpText(snapshot: Snapshot, now: number): string | undefined {
  const { selected, credential, full } = snapshot;
  const window = selected && credential && fullWindowFor(full, { model: selected, credential });
  if (!window) return undefined;
  const offer = offerText(elsewhere(selected.baseUrl, snapshot)?.intent, snapshot);
  return joinSentences(fullText(window, now).text, offer);
}

/** Says on standard error where a limit of the model in use is used up: whoever begins something may choose another. */
export function sayWhatIsUsedUp(snapshot: Snapshot, { terminal, clock }: CliPorts): void {
  const text = usedUpText(snapshot, clock.now());
  if (text) terminal.err(`${text}\n`);
}

/** What chooses the model of a button here; nothing where the button does something else. */
export function offerText(
  intent: Intent | undefined,
  { models, environmentServer }: Pick<Snapshot, 'models' | 'environmentServer'>,
): string {
  if (intent?.type !== 'switchModel') return '';
  const { id, baseUrl } = intent;
  // Where variables name a server, a model alone is one of that.
  const isClear = !environmentServer && models.filter((model) => model.id === id).length === 1;
  const choice = [writeOption('model', id), ...(isClear ? [] : [writeOption('openai-base-url', baseUrl)])].join(' ');
  return l10n.t('{model} at {host} can answer meanwhile: {options}.', {
    model: id,
    host: hostOf(baseUrl),
    options: choice,
  });
}
