import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { ConfigurationError } from '../../core/base/errors';
import type { Context } from './command';

/**
 * Asks before a stored sign-in is destroyed, unless `--yes` says so beforehand; false is a no. Throws
 * `ConfigurationError` where nobody is there to answer.
 */
export async function confirmLoss({ request, ports }: Context, loss: string): Promise<boolean> {
  const { terminal, signal } = ports;
  if (request.yes) return true;
  if (!terminal.isInteractive) {
    throw new ConfigurationError(
      { part: request.command },
      joinSentences(loss, l10n.t('Nobody is there to be asked: run it again with --yes.')),
    );
  }
  const isConfirmed = await terminal.confirm(joinSentences(loss, l10n.t('Go on? [y/N] ')), signal);
  if (!isConfirmed) terminal.err(`${l10n.t('Nothing was changed.')}\n`);
  return isConfirmed;
}
