import * as l10n from '@vscode/l10n';
import { listText, longListText } from '../language/listText';
import { describeSource } from '../core/providers/source';
import { SignInRequired } from '../core/base/errors';
import { hostOf } from '../core/base/origin';
import { askPlaces } from '../core/signIn/otherRegions';
import { otherPlaces, placeAt, placeName, placeText } from '../core/signIn/keyPlaces';
import { isForbiddenKey } from '../core/signIn/signIn';
import type { Context } from './commands/command';
import { chatPorts } from './openSession';
import { sentenceFor } from './problems';

/** The places as the catalogue has them: a terminal knows no gateways. */
const CATALOGUE = {
  endpoint: (_: unknown, { baseUrl }: { readonly baseUrl: string }) => ({ baseUrl, from: 'catalogue' }) as const,
};

/**
 * Finds out where else a key works that its server has refused, once the person agrees to send it there, by an answer
 * or by `--check-regions`. False where there is no other place, or nobody to ask.
 */
export async function checkRegions({ session, request, ports }: Context, error: unknown): Promise<boolean> {
  const { terminal, signal } = ports;
  const { selected, credential } = session.snapshot;
  const key = credential?.kind === 'key' ? credential.key : undefined;
  const here = isRefusal(error) && selected ? placeAt(selected.baseUrl, CATALOGUE) : undefined;
  const places = here && key ? otherPlaces(here, key, CATALOGUE) : [];
  if (!here || !key || !selected || places.length === 0) return false;
  if (!request.checkRegions && !terminal.isInteractive) return false;
  terminal.err(`${sentenceFor(error, session.snapshot, terminal.isInteractive)}\n`);
  const hosts = listText(places.map(({ baseUrl }) => hostOf(baseUrl)));
  const question = l10n.t('Check the other regions of this provider? This sends your key to {hosts}. [y/N] ', {
    hosts,
  });
  if (!request.checkRegions && !(await terminal.confirm(question, signal))) return true;

  const { provider } = here;
  const onPlace = (place: (typeof places)[number]): void =>
    terminal.err(`${l10n.t('Asking {place}…', { place: placeText(place, provider) })}\n`);
  const { found, unreached } = await askPlaces(chatPorts(ports), key, places, onPlace, signal);
  if (found) {
    const answer = l10n.t(
      'This key answers on {found}, not on {here}. Its address is {address}; the other one comes from {source}.',
      {
        found: placeName(found, provider),
        here: placeName(here, found.provider),
        address: found.baseUrl,
        source: describeSource(selected.baseUrlSource),
      },
    );
    terminal.out(`${answer}\n`);
  } else {
    terminal.err(`${l10n.t('None of them takes the key.')}\n`);
    const missing = longListText(unreached.map((place) => placeText(place, provider)));
    if (missing) terminal.err(`${l10n.t('Could not be asked: {places}.', { places: missing })}\n`);
  }
  return true;
}

function isRefusal(error: unknown): boolean {
  return (error instanceof SignInRequired && error.reason === 'refused') || isForbiddenKey(error);
}
