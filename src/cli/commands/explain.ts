import { EXIT } from '../exitCodes';
import { explanationOf, renderExplanation } from '../../core/views/explanation';
import type { Context } from './command';

/** Prints where every value in effect comes from, what it shadows, and where was looked. */
export async function explain({ session, ports }: Context): Promise<number> {
  ports.terminal.out(`${renderExplanation(explanationOf(session.snapshot, { trusted: true }))}\n`);
  return EXIT.done;
}
