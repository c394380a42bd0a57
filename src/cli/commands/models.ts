import { EXIT } from '../exitCodes';
import { SignInRequired } from '../../core/base/errors';
import { isSameModel } from '../../core/providers/model';
import { table } from '../table';
import type { Context } from './command';

/** Prints every known model, the one in use with a star. */
export async function models({ session, ports }: Context): Promise<number> {
  const { models: known, selected } = session.snapshot;
  const isInUse = (model: (typeof known)[number]): boolean => selected !== undefined && isSameModel(model, selected);
  // One that the command line made is on no list.
  const all = selected && !known.some(isInUse) ? [selected, ...known] : known;
  if (all.length === 0) throw new SignInRequired({ reason: 'signedOut' });
  ports.terminal.out(table(all.map((model) => [isInUse(model) ? '*' : ' ', model.id, model.baseUrl])));
  return EXIT.done;
}
