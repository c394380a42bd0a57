import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import { EXIT } from '../exitCodes';
import { openGateway } from '../gateway';
import { writeVariables } from '../shells';
import type { Context } from './command';

/**
 * Passes requests of any program of this computer on until it is stopped, or its sign-in was signed out of; prints the
 * variables that programs need for it.
 */
export async function serve(context: Context): Promise<number> {
  const { request, ports } = context;
  const gateway = await openGateway(context);
  try {
    ports.terminal.outExactly(writeVariables(request.shell ?? 'sh', gateway.variables));
    const address = gateway.baseUrl;
    ports.terminal.err(
      `${l10n.t('Answering at {address} with the model in use, until you press Ctrl+C.', { address })}\n`,
    );
    const over = AbortSignal.any([ports.signal, gateway.ended]);
    if (!over.aborted) await once(over, 'abort');
    if (ports.signal.aborted) return EXIT.done;
    ports.terminal.err(`${l10n.t('Somebody signed out of what it answered with. Sign in, and start it anew.')}\n`);
    return EXIT.failed;
  } finally {
    gateway.dispose();
  }
}
