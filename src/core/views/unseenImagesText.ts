import * as l10n from '@vscode/l10n';
import { hostOf } from '../base/origin';
import type { Unseen } from '../chat/parts';
import type { ModelIdentity } from '../providers/model';
import { saidText } from './action';
import { joinSentences } from '../../language/joinSentences';

/** What a person reads where a model was not sent the images that were meant for it. */
export function unseenImagesText({ id, baseUrl }: ModelIdentity, { isKnown, said }: Unseen): string {
  return joinSentences(
    l10n.t('Images were left out: {model} at {host} does not read them.', { model: id, host: hostOf(baseUrl) }),
    saidText(said),
    isKnown ? l10n.t('If it does, say so in its model entry: {0}.', '"modalities": { "image": true }') : undefined,
  );
}
