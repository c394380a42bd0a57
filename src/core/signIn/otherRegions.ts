import { Cancelled, RequestError, SignInRequired } from '../base/errors';
import { checkAccess } from './checkAccess';
import { hostOf } from '../base/origin';
import type { ChatPorts } from '../chat/sdkClient';
import type { Secret } from '../base/secret';
import { readApiKey } from './apiKey';
import { otherPlaces, type KeyPlace, placeName, placeText } from './keyPlaces';
import { keyTarget, refusedKey, type SignInPorts, type SignInStep } from './signIn';
import type { SignInRequest } from './signInRequest';

/** What other places said to a key: which took it, if any, which did not, and which could not be asked. */
interface PlacesAsked {
  readonly found: KeyPlace | undefined;
  readonly refused: readonly KeyPlace[];
  readonly unreached: readonly KeyPlace[];
}

/**
 * Sends the key of a request to the other places of its vendor, and answers what a person is to know of it: where it is
 * good, or that nobody takes it. Throws `ConfigurationError` or `Cancelled`.
 */
export async function checkOtherRegions(
  ports: SignInPorts,
  request: SignInRequest,
  onStep: (step: SignInStep) => void,
  signal: AbortSignal,
): Promise<SignInRequired> {
  const target = keyTarget(request, ports.settings);
  const { provider, region } = target;
  const key = readApiKey(request.apiKey, provider);
  if (!key) return new SignInRequired(refusedKey(target));
  const onPlace = ({ baseUrl }: KeyPlace): void => onStep({ kind: 'checking', host: hostOf(baseUrl) });
  const asked = await askPlaces(ports, key, otherPlaces({ provider, region }, key, ports.settings), onPlace, signal);
  if (asked.found) {
    return new SignInRequired({
      reason: 'goodElsewhere',
      here: placeName({ provider, region }, asked.found.provider),
      there: placeName(asked.found, provider),
      otherProvider: asked.found.provider.id,
      otherRegion: asked.found.region.id,
    });
  }
  return new SignInRequired({
    ...refusedKey(target),
    keyLast4: key.last4,
    refusedBy: asked.refused.map((place) => placeText(place, provider)),
    unreached: asked.unreached.map((place) => placeText(place, provider)),
  });
}

/**
 * Sends a key to places, one after the other, until one takes it. An account without money, or with too many requests,
 * is one that is known there. Throws `Cancelled`.
 */
export async function askPlaces(
  ports: ChatPorts,
  key: Secret,
  places: readonly KeyPlace[],
  onPlace: (place: KeyPlace) => void,
  signal: AbortSignal,
): Promise<PlacesAsked> {
  const refused: KeyPlace[] = [];
  const unreached: KeyPlace[] = [];
  for (const place of places) {
    onPlace(place);
    const answer = await askPlace(ports, key, place, signal);
    if (answer === 'taken') return { found: place, refused, unreached };
    (answer === 'refused' ? refused : unreached).push(place);
  }
  return { found: undefined, refused, unreached };
}

/** What a place says to a key; undefined where it says nothing of it. */
async function askPlace(
  ports: ChatPorts,
  key: Secret,
  { provider, baseUrl }: KeyPlace,
  signal: AbortSignal,
): Promise<'taken' | 'refused' | undefined> {
  const [guess] = provider.models;
  const model = guess && { id: guess.id, required: false };
  try {
    const check = await checkAccess(ports, { baseUrl, key, keyHeader: provider.keyHeader }, model, signal);
    if (check.kind === 'accepted') return 'taken';
    const { error } = check;
    const isKnown = error instanceof RequestError && (error.isUsedUp || error.details.status === 429);
    return isKnown ? 'taken' : undefined;
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    const { status = 0 } = error instanceof RequestError ? error.details : {};
    return status === 401 || status === 403 ? 'refused' : undefined;
  }
}
