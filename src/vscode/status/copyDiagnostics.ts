import * as l10n from '@vscode/l10n';
import { env } from 'vscode';
import { diagnosticsText, type Versions } from '../../core/views/diagnosticsText';
import type { CommandResult } from '../answers/answerParts';
import { notify } from '../answers/notifications';
import type { OutputLog } from '../platform/log';
import type { ExplainDocument } from './explainDocument';

/** What a report is made from. */
interface DiagnosticsParts {
  readonly explanation: Pick<ExplainDocument, 'ofInEffect'>;
  readonly log: Pick<OutputLog, 'recent' | 'show'>;
  readonly versions: Versions;
}

/** `qwen.copyDiagnostics`: copies what a report of a fault needs, without a secret, and answers it. */
export async function copyDiagnostics({
  explanation,
  log,
  versions,
}: DiagnosticsParts): Promise<CommandResult<{ readonly text: string }>> {
  const text = diagnosticsText(versions, await explanation.ofInEffect(), log.recent());
  await env.clipboard.writeText(text);
  const done = l10n.t('The diagnostics are in the clipboard. They name files, hosts and models, and hold no key.');
  void notify('info', done);
  return { ok: true, text };
}
