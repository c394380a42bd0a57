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
  const places = known.map(({ baseUrl }) => baseUrl).join(' and ');
  throw new ConfigurationError({ field: 'model' }, `"${id}" is known at ${places}. Name the base URL too.`);
}

function unknownModel(id: string, baseUrl: string | undefined, models: readonly Model[]): ConfigurationError {
  const at = baseUrl ? ` at ${hostOf(baseUrl)}` : '';
  const known = models.slice(0, 5).map((model) => model.id);
  const hint =
    known.length > 0 ? ` Known are ${known.join(', ')}${models.length > 5 ? ' and more' : ''}.` : ' Sign in first.';
  const what = isKeyNotName(id) ? 'such model' : `model "${id}"`;
  return new ConfigurationError({ field: 'model' }, `No ${what} is known${at}.${hint}`);
}
