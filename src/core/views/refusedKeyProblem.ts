import type { RefusedKey } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { CUSTOM_SERVER } from '../providers/ownServers';
import { type Problem, saidText, showMethod } from './action';

const CHECK_OTHERS = 'Check the other regions';

/** What a person reads of a key that a server refused, or of one that it asks for. */
export function refusedKeyProblem(about: RefusedKey): Problem {
  const { method, host, provider, keyLast4, made, envKey, status = 401, said, places } = about;
  if (made) {
    return { message: `${host} refuses the key that it has just made (401).`, action: showMethod('Try again', method) };
  }
  const action = showMethod('Enter another key', method);
  if (keyLast4 === undefined) {
    return {
      message: `${host} asks for a key (401).`,
      cause: 'None was given.',
      action: showMethod('Enter a key', method),
    };
  }
  const known = provider === undefined || provider === CUSTOM_SERVER.id ? undefined : findProvider(provider);
  const key = provider === CUSTOM_SERVER.id ? 'key' : `${known?.label ?? 'API'} key`;
  const from = envKey ? `The key comes from the environment variable ${envKey}.` : undefined;
  const message = `${host} refused the ${key}${keyLast4 && ` that ends in ${keyLast4}`} (${status}).`;
  const cause = [from, saidText(said), whyRefused(about, (known?.regions.length ?? 1) > 1)].filter(Boolean).join(' ');
  if (!places) return { message, cause, action };
  return { message, cause, action: { label: CHECK_OTHERS, intent: { type: 'checkOtherRegions' } }, others: [action] };
}

function whyRefused({ places, refusedBy, unreached }: RefusedKey, hasRegions: boolean): string {
  if (!refusedBy) {
    const elsewhere = hasRegions || places ? 'another region or plan' : 'another service';
    return `It is mistyped or revoked, or belongs to ${elsewhere}.`;
  }
  const asked = refusedBy.length > 0 ? `Refused it too: ${refusedBy.join('; ')}. ` : '';
  const rest = unreached?.length ? `Could not be asked: ${unreached.join('; ')}.` : 'It is mistyped or revoked.';
  return asked + rest;
}
