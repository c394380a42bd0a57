import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { andText } from '../../language/listText';
import { programVariables, type TerminalVariables } from '../../core/terminal/terminalVariables';
import { askForConsent } from '../consents';
import { sentenceFor } from '../problems';
import { sayWhatIsUsedUp } from '../usedUp';
import type { Context } from './command';

/**
 * The variables of the model in use, once the person has allowed it. Says on standard error where the three usual ones
 * are not among them, and where a limit of the model is used up. Throws what stands in the way.
 */
export async function variablesInUse({ session, request, ports }: Context): Promise<TerminalVariables> {
  const { terminal } = ports;
  await askForConsent(session, ports, request.allowWorkspace);
  const inUse = await session.access(ports.signal);
  sayWhatIsUsedUp(session.snapshot, ports);
  const { variables, leftOut } = programVariables(inUse, session.snapshot);
  if (leftOut) {
    const which = l10n.t('Only {variables} are set, without OPENAI_API_KEY.', {
      variables: andText(Object.keys(variables)),
    });
    const why = sentenceFor(leftOut, session.snapshot, terminal.isInteractive);
    terminal.err(`${joinSentences(which, why)}\n`);
  }
  return variables;
}
