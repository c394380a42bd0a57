import { hostOf } from '../base/origin';
import type { Unseen } from '../chat/parts';
import type { ModelIdentity } from '../providers/model';
import { saidText } from './action';

/** What a person reads where a model was not sent the images that were meant for it. */
export function unseenImagesText({ id, baseUrl }: ModelIdentity, { isKnown, said }: Unseen): string {
  const mend = isKnown && 'If it does, say so in its model entry: "modalities": { "image": true }.';
  return [`Images were left out: ${id} at ${hostOf(baseUrl)} does not read them.`, saidText(said), mend]
    .filter(Boolean)
    .join(' ');
}
