import { describeSource } from '../../core/providers/source';
import type { Context } from './command';

/** Says which key signs requests, where it is one that neither comes with a sign-in nor goes with it. */
export function sayWhatIsStillInUse({ session, world }: Pick<Context, 'session' | 'world'>): void {
  const { credential } = session.snapshot;
  if (credential?.kind !== 'key' || !credential.key) return;
  world.terminal.err(`Still in use is the key from ${describeSource(credential.source)}.\n`);
}
