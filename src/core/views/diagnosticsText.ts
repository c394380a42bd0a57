import * as l10n from '@vscode/l10n';
import { redact } from '../base/redaction';
import { type Explanation, renderExplanation } from './explanation';

/** What runs, as text. */
export interface Versions {
  readonly extension: string;
  readonly editor: string;
  readonly system: string;
}

/**
 * What a report of a fault needs, as Markdown: versions, what is in effect and why, the problems, and the last entries
 * of the log. Nothing in it is secret; it names files, hosts and models.
 */
export function diagnosticsText(versions: Versions, explanation: Explanation, log: readonly string[]): string {
  const { extension, editor, system } = versions;
  // A server's words are in the log: nothing of them may end the block.
  const lines = redact(log.join('\n')).replaceAll('```', "'''");
  return [
    `# ${l10n.t('Diagnostics of Qwen Auth')}`,
    `- Qwen Auth ${extension}\n- ${editor}\n- ${system}`,
    renderExplanation(explanation).replace(/^# .*$/m, () => `## ${l10n.t('Configuration')}`),
    `## ${l10n.t('Log')}`,
    lines === '' ? l10n.t('Nothing was logged.') : `\`\`\`\n${lines}\n\`\`\``,
  ].join('\n\n');
}
