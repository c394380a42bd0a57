import * as l10n from '@vscode/l10n';
import type { Account } from '../credentials/account';
import type { KeyCommand } from '../config/keyCommands';
import type { ModelEntry } from '../config/modelEntry';
import { Kept } from '../base/kept';
import { addressText, hostOf } from '../base/origin';
import { catalogueModel, findProvider, providerAt, PROVIDERS, usualModelId } from '../providers/catalogue';
import type { CatalogueModel, Region } from '../providers/provider';
import { CUSTOM_SERVER } from '../providers/ownServers';
import { QWEN_OAUTH_MODELS } from '../providers/alibaba';
import { isQwensDialect } from '../oauth/resourceUrl';
import { deploymentAt } from '../providers/azure';
import type { Discovered } from './discovered';
import { firstChatModel } from './modelKind';
import { isSameModel, type Model, type ModelIdentity, modelKey } from '../providers/model';
import { fromCatalogue } from '../providers/fromCatalogue';

/** Models that are answered at one base URL. */
export interface ModelGroup {
  readonly label: string;
  readonly host: string;
  readonly models: readonly Model[];
}

/** The sources of the list of models. `discovered` has, by account id, what its server named. */
interface ModelSources {
  readonly entries: readonly ModelEntry[];
  /** The model of the variables, and the others of their server. */
  readonly environmentModels: readonly Model[];
  readonly accounts: readonly Account[];
  readonly discovered: ReadonlyMap<string, Pick<Discovered, 'models'>>;
}

const NONE: readonly CatalogueModel[] = [];

/** Models stay the same objects while what they are made of does, so that views can keep what they say of them. */
const ofAccounts = new Kept<Account, readonly Model[]>();
const ofAll = new Kept<readonly ModelEntry[], readonly Model[]>();

/**
 * Every known model: the entries of the settings, those of the variables, then what each account's catalogue and
 * server name. The first wins.
 */
export function listModels({ entries, environmentModels, accounts, discovered }: ModelSources): readonly Model[] {
  const named = accounts.map((account) => {
    const models = discovered.get(account.id)?.models ?? NONE;
    return ofAccounts.of(account, [models], () => accountModels(account, models));
  });
  return ofAll.of(entries, [...named, ...environmentModels], () =>
    uniqueModels([...entries.map(entryModel), ...environmentModels, ...named.flat()]),
  );
}

function uniqueModels(models: readonly Model[]): readonly Model[] {
  const unique = new Map<string, Model>();
  for (const model of models) {
    const key = modelKey(model);
    if (!unique.has(key)) unique.set(key, model);
  }
  return [...unique.values()];
}

/** The catalogue's models of an account, as its server describes them where it does, and what else it names. */
function accountModels(account: Account, named: readonly CatalogueModel[]): readonly Model[] {
  const listed = catalogueModels(account);
  const server = `${hostOf(account.baseUrl)}/models`;
  const checked = account.method === 'qwen-oauth' && account.model ? [{ id: account.model }] : [];
  const place = placeOf(account);
  const provider = account.method === 'qwen-oauth' ? undefined : findProvider(account.provider);
  const best = provider && provider.bestForCode.length > 0 ? usualModelId(provider, named) : undefined;
  return [
    ...listed.map((model) => ({
      ...accountModel(account, place, { ...model, ...named.find(({ id }) => id === model.id) }),
      ...(model.id === best && { isBestForCode: true as const }),
    })),
    ...[...without(checked, named), ...without(named, listed)].map((model) =>
      accountModel(account, place, model, server),
    ),
  ];
}

function without(models: readonly CatalogueModel[], others: readonly CatalogueModel[]): readonly CatalogueModel[] {
  return models.filter(({ id }) => !others.some((other) => other.id === id));
}

const groups = new Kept<readonly Model[], readonly ModelGroup[]>();

/**
 * The models by base URL, in their order, each group under the name of its provider; where two of a name are at one
 * host the whole address tells them apart.
 */
export function groupModels(models: readonly Model[], accounts: readonly Account[]): readonly ModelGroup[] {
  return groups.of(models, [accounts], () => byBaseUrl(models, accounts));
}

function byBaseUrl(models: readonly Model[], accounts: readonly Account[]): readonly ModelGroup[] {
  const lists = new Map<string, Model[]>();
  for (const model of models) {
    const own = lists.get(model.baseUrl);
    if (own) own.push(model);
    else lists.set(model.baseUrl, [model]);
  }
  const found = [...lists].map(([baseUrl, own]) => ({
    label: providerLabel(baseUrl, accounts),
    host: hostOf(baseUrl),
    models: own,
    baseUrl,
  }));
  return found.map(({ baseUrl, ...group }) => {
    const alike = found.filter(({ label, host }) => label === group.label && host === group.host);
    return alike.length > 1 ? { ...group, host: addressText(baseUrl) } : group;
  });
}

/** The model of that identity; an id that no list names counts as a model of the account whose base URL it is at. */
export function findModel(
  { id, baseUrl }: ModelIdentity,
  models: readonly Model[],
  accounts: readonly Account[],
): Model | undefined {
  const account = accounts.find((candidate) => candidate.baseUrl === baseUrl);
  return (
    models.find((model) => isSameModel(model, { id, baseUrl })) ??
    (account && accountModel(account, placeOf(account), { id }, 'typed'))
  );
}

/** The catalogue's models at the places whose keys commands print. */
export function commandModels(commands: readonly KeyCommand[]): readonly Model[] {
  return commands.flatMap(({ baseUrl }) =>
    (providerAt(baseUrl)?.models ?? []).map((model): Model => ({
      protocol: 'openai',
      id: model.id,
      baseUrl,
      name: model.id,
      description: undefined,
      envKey: undefined,
      ...fromCatalogue(model),
      source: { kind: 'catalogue', name: providerLabel(baseUrl, []) },
      baseUrlSource: { kind: 'catalogue', name: providerLabel(baseUrl, []) },
      baseUrlSide: 'person',
    })),
  );
}

/**
 * The model that an account is to be used with:
 * its best for code, else the first for chats of the catalogue or the server.
 */
export function defaultModel(account: Account, models: readonly Model[]): Model | undefined {
  const own = models.filter(({ baseUrl }) => baseUrl === account.baseUrl);
  return own.find(({ isBestForCode }) => isBestForCode) ?? firstChatModel(own);
}

/** What an account is called: as the person does, else as its provider is. */
export function accountLabel(account: Account): string {
  return (account.method === 'qwen-oauth' ? undefined : account.name) ?? usualLabel(account);
}

/** What an account is called by its provider: `Qwen OAuth`, `Coding Plan · China (Beijing)`, or the server's host. */
export function usualLabel(account: Account): string {
  return usualText(account, ({ label }) => label);
}

/** The same in every language: VS Code keeps what was allowed to an extension by it. */
export function usualName(account: Account): string {
  return usualText(account, ({ name, label }) => name ?? label);
}

function usualText(account: Account, textOf: (region: Region) => string): string {
  if (account.method === 'qwen-oauth') return 'Qwen OAuth';
  const provider = findProvider(account.provider);
  if (!provider || provider === CUSTOM_SERVER) return hostOf(account.baseUrl);
  const region = provider.regions.find(({ id }) => id === account.region);
  const text = region && textOf(region);
  return text ? `${provider.label} · ${text}` : provider.label;
}

function providerLabel(baseUrl: string, accounts: readonly Account[]): string {
  const account = accounts.find((candidate) => candidate.baseUrl === baseUrl);
  if (account) return accountLabel(account);
  for (const provider of PROVIDERS) {
    const region = provider.regions.find((candidate) => candidate.baseUrl === baseUrl);
    if (region) return region.label ? `${provider.label} · ${region.label}` : provider.label;
  }
  return hostOf(baseUrl);
}

function catalogueModels(account: Account): readonly CatalogueModel[] {
  if (account.method === 'qwen-oauth') return isQwensDialect(account.tokens, account.issuer) ? QWEN_OAUTH_MODELS : [];
  const deployment = deploymentAt(account.baseUrl);
  return deployment ? [{ id: deployment }] : (findProvider(account.provider)?.models ?? []);
}

/** Where an account's requests go, and who says so. */
function placeOf(account: Account): Pick<Model, 'baseUrl' | 'baseUrlSource' | 'baseUrlSide'> {
  return { baseUrl: account.baseUrl, baseUrlSource: baseUrlSource(account), baseUrlSide: 'person' };
}

function accountModel(
  account: Account,
  place: ReturnType<typeof placeOf>,
  model: CatalogueModel,
  from?: string,
): Model {
  return {
    protocol: 'openai',
    id: model.id,
    ...place,
    name: model.id,
    description: undefined,
    envKey: undefined,
    ...fromCatalogue(model),
    source: from === 'typed' ? { kind: 'argument' } : { kind: 'catalogue', name: from ?? accountLabel(account) },
  };
}

function baseUrlSource(account: Account): Model['baseUrlSource'] {
  const { file } = account;
  if (account.method === 'qwen-oauth') {
    const name = account.tokens.resourceUrl ? l10n.t('resource_url of the sign-in') : l10n.t('API of the sign-in');
    return { kind: 'keychain', name, ...(file && { file }) };
  }
  if (account.baseUrlFrom === 'settings') return { kind: 'settings', name: 'qwen.endpoints' };
  return account.baseUrlFrom === 'typed'
    ? { kind: 'keychain', name: account.id }
    : { kind: 'catalogue', name: accountLabel(account) };
}

/** The model that an entry stands for. */
export function entryModel({ address, ...entry }: ModelEntry): Model {
  const { source } = entry;
  // A workspace's entry decides where its key goes also where it leaves the address out.
  const baseUrlSide = source.kind === 'workspaceSettings' ? 'workspace' : (address?.side ?? 'person');
  const known = catalogueModel(entry.id, entry.baseUrl);
  const { reasoning, maxOutputTokens } = { ...known, ...entry };
  const { contextWindowSize = known?.contextWindowSize, vision = known?.vision } = entry.generationConfig;
  return {
    ...entry,
    generationConfig: { ...entry.generationConfig, contextWindowSize, vision },
    thinking: reasoning !== undefined || entry.generationConfig.extraBody['enable_thinking'] === true,
    ...(reasoning && { reasoning }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    baseUrlSource: address?.source ?? source,
    baseUrlSide,
  };
}
