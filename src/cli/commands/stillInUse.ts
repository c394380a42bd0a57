import * as l10n from '@vscode/l10n';
import { type Credential, resolveCredential } from '../../core/credentials/resolve';
import { describeSource } from '../../core/providers/source';
import type { Snapshot } from '../../core/session/snapshot';
import { openSession } from '../openSession';
import type { Context } from './command';

/** Says which key signs requests, where it is one that neither comes with a sign-in nor goes with it. */
export function sayWhatIsStillInUse({ session, ports }: Pick<Context, 'session' | 'ports'>): void {
  const key = keyInUse(session.snapshot);
  if (key)
    ports.terminal.err(`${l10n.t('Still in use is the key from {source}.', { source: describeSource(key.source) })}\n`);
}

/** After a sign-in: says which key the next command will use all the same. */
export async function sayWhatGoesBefore({ request, ports }: Pick<Context, 'request' | 'ports'>): Promise<void> {
  // What this run has chosen, the new sign-in, is not kept.
  const { session } = await openSession(request, ports);
  const key = keyInUse(session.snapshot);
  session.dispose();
  if (!key) return;
  const why = l10n.t(
    'The sign-in is not in use here: the key from {source} goes before it. Take that away to use it.',
    { source: describeSource(key.source) },
  );
  ports.terminal.err(`${why}\n`);
}

/** The key of the model in use, or of the server that will be asked for its models first. */
function keyInUse(snapshot: Snapshot): Credential | undefined {
  const { environmentServer: server, selected, accounts, configuration } = snapshot;
  const { variables } = configuration;
  const credential =
    server?.id === '' && !selected?.envKey ? resolveCredential(server, { accounts, variables }) : snapshot.credential;
  return credential?.kind === 'key' && credential.key && !credential.account ? credential : undefined;
}
