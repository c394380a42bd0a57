import * as l10n from '@vscode/l10n';
import { orText } from '../../language/listText';
import { unknownModelError } from '../models/namedModel';
import { ConfigurationError } from '../base/errors';
import { addressText, hostOf } from '../base/origin';
import { isKeyNotName } from '../config/keyShape';
import { findModel } from '../models/modelList';
import { endpointName, PROVIDERS } from '../providers/catalogue';
import type { Model } from '../providers/model';
import { modelInUse, type Snapshot } from '../session/snapshot';

/** The name that stands for the model in use, whichever that is at the moment of a request. */
export const MODEL_IN_USE = 'qwen-auth';

/** A model, and a name by which it can be asked for. */
interface NamedModel {
  readonly name: string;
  readonly model: Model;
  /** What stands before the slash of its full name. */
  readonly provider: string;
}

/** How many names an error lists. */
const MOST_LISTED = 5;

/** All names of a snapshot. */
interface Names {
  readonly all: readonly NamedModel[];
  readonly models: ReadonlyMap<string, Model>;
  /** What each base URL is called. */
  readonly providers: ReadonlyMap<string, string>;
}

/** Most requests come while nothing changes. */
const namesOf = new WeakMap<Snapshot, Names>();

/** Every model by `provider/id`, and by its id alone where only one has it. */
export function modelNames(snapshot: Snapshot): readonly NamedModel[] {
  return namesIn(snapshot).all;
}

/**
 * The model that a program asks for. Behind the name of a provider any id goes that its account could answer. Throws
 * `ConfigurationError` for a name that nobody knows, and for `qwen-auth` what `modelInUse` throws.
 */
export function modelNamed(name: string, snapshot: Snapshot): Model {
  if (name === MODEL_IN_USE) return modelInUse(snapshot).model;
  const { models, accounts, selected } = snapshot;
  const names = namesIn(snapshot);
  const known =
    names.models.get(name) ?? models.find(({ id, baseUrl }) => id === name && baseUrl === selected?.baseUrl);
  if (known) return known;
  for (const [baseUrl, provider] of names.providers) {
    const id = name.startsWith(`${provider}/`) ? name.slice(provider.length + 1) : '';
    const model = id === '' ? undefined : findModel({ id, baseUrl }, models, accounts);
    if (model) return model;
  }
  throw unknownModel(name, names.all);
}

function namesIn(snapshot: Snapshot): Names {
  const known = namesOf.get(snapshot);
  if (known) return known;
  const { models, accounts } = snapshot;
  const providers = providerNames(models, accounts);
  const times = new Map<string, number>();
  for (const { id } of models) times.set(id, (times.get(id) ?? 0) + 1);
  const all = models.flatMap((model) => {
    const provider = providers.get(model.baseUrl) ?? hostOf(model.baseUrl);
    const full = { name: `${provider}/${model.id}`, model, provider };
    return times.get(model.id) === 1 && model.id !== MODEL_IN_USE ? [{ ...full, name: model.id }, full] : [full];
  });
  // The first of a name has it.
  const byName = new Map(all.toReversed().map(({ name, model }) => [name, model]));
  const names = { all, models: byName, providers };
  namesOf.set(snapshot, names);
  return names;
}

/**
 * What each base URL is called: its account, its place in the catalogue, or its host; two of a name by their address.
 */
function providerNames(models: Snapshot['models'], accounts: Snapshot['accounts']): ReadonlyMap<string, string> {
  const baseUrls = [...new Set([...models, ...accounts].map(({ baseUrl }) => baseUrl))];
  const names = baseUrls.map((baseUrl) => accounts.find((one) => one.baseUrl === baseUrl)?.id ?? placeName(baseUrl));
  return new Map(
    baseUrls.map((baseUrl, at) => {
      const name = names[at] ?? '';
      return [baseUrl, names.indexOf(name) === at ? name : addressText(baseUrl)] as const;
    }),
  );
}

function placeName(baseUrl: string): string {
  const places = PROVIDERS.flatMap((provider) => provider.regions.map((region) => ({ provider, region })));
  const place = places.find(({ region }) => region.baseUrl === baseUrl);
  return place ? endpointName(place.provider, place.region) : hostOf(baseUrl);
}

function unknownModel(name: string, names: readonly NamedModel[]): ConfigurationError {
  const alike = names.filter(({ model }) => model.id === name).map((one) => one.name);
  if (alike.length > 0)
    return new ConfigurationError(
      { field: 'model' },
      l10n.t('More than one has "{name}": ask for {names}.', { name, names: orText(alike) }),
    );
  const listed = [MODEL_IN_USE, ...names.slice(0, MOST_LISTED).map((one) => one.name)];
  return unknownModelError(isKeyNotName(name) ? undefined : name.slice(0, 100), undefined, {
    listed: names.length > 0 ? listed : [],
    hasMore: names.length > MOST_LISTED,
  });
}
