import { programVariables, type TerminalVariables } from '../../core/terminal/terminalVariables';
import { askForConsent } from '../consents';
import { sentenceFor } from '../problems';
import type { Context } from './command';

/**
 * The variables of the model in use, once the person has allowed it. Says on standard error where the three usual ones are
 * not among them. Throws what stands in the way.
 */
export async function variablesInUse({ session, request, ports }: Context): Promise<TerminalVariables> {
  const { terminal } = ports;
  await askForConsent(session, ports, request.allowWorkspace);
  const inUse = await session.access(ports.signal);
  const { variables, leftOut } = programVariables(inUse, session.snapshot);
  if (leftOut) {
    const why = sentenceFor(leftOut, session.snapshot, terminal.isInteractive);
    terminal.err(`Only ${Object.keys(variables).join(' and ')} are set, without OPENAI_API_KEY. ${why}\n`);
  }
  return variables;
}
