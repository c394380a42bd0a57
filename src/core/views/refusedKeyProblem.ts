import * as l10n from '@vscode/l10n';
import type { RefusedKey } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { CUSTOM_SERVER } from '../providers/ownServers';
import { type Problem, saidText, showMethod } from './action';
import { joinSentences } from '../../language/joinSentences';
import { longListText } from '../../language/listText';
import { bracketed } from './bracketed';

const CHECK_OTHERS = l10n.t('Check the other regions');

/** What a person reads of a key that a server refused, or of one that it asks for. */
export function refusedKeyProblem(about: RefusedKey): Problem {
  const { method, host, provider, keyLast4, made, envKey, status = 401, said, places } = about;
  if (made) {
    return {
      message: l10n.t('{0} refuses the key that it has just made (401).', host),
      action: showMethod(l10n.t('Try again'), method),
    };
  }
  const action = showMethod(l10n.t('Enter another key'), method);
  if (keyLast4 === undefined) {
    return {
      message: l10n.t('{0} asks for a key (401).', host),
      cause: l10n.t('None was given.'),
      action: showMethod(l10n.t('Enter a key'), method),
    };
  }
  const known = provider === CUSTOM_SERVER.id ? undefined : findProvider(provider);
  const from = envKey && l10n.t('The key comes from the environment variable {0}.', envKey);
  const key = provider === CUSTOM_SERVER.id ? undefined : known ? l10n.t('{0} key', known.label) : l10n.t('API key');
  const message = bracketed(refusedText(host, key, keyLast4), status);
  const cause = joinSentences(from, saidText(said), whyRefused(about, (known?.regions.length ?? 1) > 1));
  if (!places) return { message, cause, action };
  return { message, cause, action: { label: CHECK_OTHERS, intent: { type: 'checkOtherRegions' } }, others: [action] };
}

/** A server of the person's own has no name for its keys. */
function refusedText(host: string, key: string | undefined, ending: string): string {
  if (key === undefined)
    return ending
      ? l10n.t('{host} refused the key that ends in {ending}', { host, ending })
      : l10n.t('{0} refused the key', host);
  return ending
    ? l10n.t('{host} refused the {key} that ends in {ending}', { host, key, ending })
    : l10n.t('{host} refused the {key}', { host, key });
}

function whyRefused({ places, refusedBy, unreached }: RefusedKey, hasRegions: boolean): string {
  if (!refusedBy) {
    return hasRegions || places
      ? l10n.t('The key is mistyped or revoked, or belongs to another region or plan.')
      : l10n.t('The key is mistyped or revoked, or belongs to another service.');
  }
  const asked = refusedBy.length > 0 ? l10n.t('Refused it too: {0}.', longListText(refusedBy)) : undefined;
  const rest = unreached?.length
    ? l10n.t('Could not be asked: {0}.', longListText(unreached))
    : l10n.t('The key is mistyped or revoked.');
  return joinSentences(asked, rest);
}
