import * as l10n from '@vscode/l10n';
import { andText, listText } from '../../language/listText';
import { joinSentences } from '../../language/joinSentences';
import { isKeyNotName } from '../config/keyShape';
import type { Account } from '../credentials/account';
import { ConfigurationError } from '../base/errors';
import { hostOf } from '../base/origin';
import type { Model } from '../providers/model';
import { findModel } from './modelList';

/** What can be named. */
interface Known {
  readonly models: readonly Model[];
  readonly accounts: readonly Account[];
  readonly selected: Model | undefined;
}

/**
 * The model that a person named. Without a base URL the id must be known at the one in use, or at exactly one; with
 * one, any id goes that an account could answer. Throws `ConfigurationError` for a model that nobody knows.
 */
export function namedModel(
  { id, baseUrl }: { readonly id: string; readonly baseUrl?: string },
  { models, accounts, selected }: Known,
): Model {
  const model = baseUrl ? findModel({ id, baseUrl }, models, accounts) : onlyModel(id, models, selected?.baseUrl);
  if (!model) throw unknownModel(id, baseUrl, models);
  return model;
}

function onlyModel(id: string, models: readonly Model[], inUse: string | undefined): Model | undefined {
  const known = models.filter((model) => model.id === id);
  const here = known.find(({ baseUrl }) => baseUrl === inUse);
  if (here || known.length < 2) return here ?? known[0];
  const places = andText(known.map(({ baseUrl }) => baseUrl));
  throw new ConfigurationError(
    { field: 'model' },
    l10n.t('"{id}" is known at {places}. Name the base URL too.', { id, places }),
  );
}

function unknownModel(id: string, baseUrl: string | undefined, models: readonly Model[]): ConfigurationError {
  const listed = models.slice(0, 5).map((model) => model.id);
  const about = { listed, hasMore: models.length > 5 };
  return unknownModelError(
    isKeyNotName(id) ? undefined : id,
    baseUrl === undefined ? undefined : hostOf(baseUrl),
    about,
  );
}

/**
 * The error for a model that is not known, anywhere or at a host, with those that are. The name is left out where it
 * may be a key.
 */
export function unknownModelError(
  name: string | undefined,
  host: string | undefined,
  { listed, hasMore }: { readonly listed: readonly string[]; readonly hasMore: boolean },
): ConfigurationError {
  const names = listText(listed);
  const known = hasMore ? l10n.t('Known are {names} and more.', { names }) : l10n.t('Known are {names}.', { names });
  const hint = listed.length > 0 ? known : l10n.t('Sign in first.');
  return new ConfigurationError({ field: 'model' }, joinSentences(unknownText(name, host), hint));
}

function unknownText(name: string | undefined, host: string | undefined): string {
  if (name === undefined)
    return host === undefined
      ? l10n.t('No such model is known.')
      : l10n.t('No such model is known at {host}.', { host });
  return host === undefined
    ? l10n.t('No model "{name}" is known.', { name })
    : l10n.t('No model "{name}" is known at {host}.', { name, host });
}
