import { argumentIn } from '../config/arguments';
import type { ListedModels } from '../config/modelProviders';
import { FAMILIES } from '../config/families';
import { isForOpenAI, isKnownType, namedModel, selectedType } from '../config/qwenSettings';
import { findVariables, type VariablePlaces } from '../config/variables';
import { type Account, firstAccount } from '../credentials/account';
import { resolveCredential } from '../credentials/resolve';
import { stringIn } from '../base/json';
import type { StateStore } from '../base/ports';
import { readEnvironmentModel } from './environmentModel';
import { isSameModel, type Model, type ModelIdentity, modelKey } from '../providers/model';
import { firstChatModel } from './modelKind';
import { defaultModel, findModel } from './modelList';
import { noteRecentModel, readIdentity } from './recentModels';

const KEY = 'model';

/** Where the choice of a model is kept: for this workspace, where one is open, and as the default of all others. */
export interface SelectionStore {
  readonly workspace: StateStore | undefined;
  readonly global: StateStore;
}

/** What a default can be chosen from. */
interface Selectable {
  readonly models: readonly Model[];
  readonly accounts: readonly Account[];
  readonly variables: VariablePlaces;
  readonly environmentModel: Model | undefined;
  /** Stands for the variables' server, where there is one. */
  readonly environmentServer?: Model | undefined;
  readonly providers?: ListedModels;
}

/** A model that could be in use, and why. */
export interface Candidate {
  readonly model: Model;
  /** `signIn`: nobody; it is the first model for chats of the account that was signed in to. */
  readonly chosenBy: 'arguments' | 'workspace' | 'default' | 'signIn' | 'qwenSettings' | 'variables' | 'first';
}

/**
 * What could be in use, in the order that decides: what a command line asks for, the workspace's choice, the default,
 * the model that Qwen Code's settings name, the variables' and the first of an account that works. A choice whose model
 * is gone for now is kept, and answers again when the model is back.
 */
export function candidates(store: SelectionStore, among: Selectable): readonly Candidate[] {
  const { commandLine: _, ...variables } = among.variables;
  const found = usualCandidates(store, addressed(among));
  const model = commandedModel(found[0]?.model ?? namedOfAccount(among), among);
  if (!model) return found;
  const shadowed = {
    ...among,
    variables,
    environmentModel: readEnvironmentModel(variables, among.providers).model,
  };
  const others = usualCandidates(store, shadowed).filter((candidate) => !isSameModel(candidate.model, model));
  return [{ model, chosenBy: 'arguments' }, ...others];
}

/** With a key or an address on the command line, accounts do not count: both are for a server that takes keys. */
function addressed(among: Selectable): Selectable {
  const { commandLine } = among.variables;
  if (!argumentIn(commandLine, '--openai-api-key') && !argumentIn(commandLine, '--openai-base-url')) return among;
  return { ...among, accounts: [], models: among.models.filter(({ envKey }) => envKey !== undefined) };
}

/** The model that the command line names, by its id, its address or both; the rest stays as it would be without. */
function commandedModel(usual: Model | undefined, among: Selectable): Model | undefined {
  const { commandLine } = among.variables;
  const id = argumentIn(commandLine, '--model');
  const baseUrl = argumentIn(commandLine, '--openai-base-url');
  if (!usual || (!id && !baseUrl)) return undefined;
  const wanted = { id: id?.value.reveal() ?? usual.id, baseUrl: baseUrl?.value.reveal() ?? usual.baseUrl };
  const known = baseUrl ? among.models.find((model) => isSameModel(model, wanted)) : knownAs(wanted, among);
  return {
    ...(known ?? { ...usual, ...wanted, name: wanted.id }),
    ...(id && { source: id.source }),
    ...(baseUrl && { baseUrlSource: baseUrl.source, baseUrlSide: baseUrl.side }),
  };
}

/**
 * The model of that id: at that base URL, else the first that is listed and has a key. The variables, for which an
 * argument names it too, come last: at their server nothing but the id is known of it. A key on the command line is for
 * that server alone.
 */
function knownAs(wanted: ModelIdentity, among: Selectable): Model | undefined {
  const known = among.models.filter(({ id }) => id === wanted.id);
  const here = known.find((model) => isSameModel(model, wanted));
  const isAnywhere = !here || here.source.kind === 'argument';
  const hasKey = argumentIn(among.variables.commandLine, '--openai-api-key') !== undefined;
  return (isAnywhere && !hasKey ? signed(listedAs(wanted.id, among), among) : undefined) ?? here ?? known[0];
}

/** The first of those models that has a key or a sign-in. */
function signed(models: readonly Model[], { accounts, variables }: Selectable): Model | undefined {
  return models.find((model) => resolveCredential(model, { accounts, variables }));
}

/** The models of that id that have entries of their own. */
function listedAs(wanted: string, { models, providers }: Selectable): readonly Model[] {
  const entries = providers?.entries.filter(({ id }) => id === wanted) ?? [];
  return models.filter((model) => entries.some((entry) => isSameModel(entry, model)));
}

/** The model that the command line names at the server of an account of which no model is known. */
function namedOfAccount({ models, accounts, variables: { commandLine } }: Selectable): Model | undefined {
  const id = argumentIn(commandLine, '--model')?.value.reveal();
  const account = firstAccount(accounts);
  return id && account ? findModel({ id, baseUrl: account.baseUrl }, models, accounts) : undefined;
}

function usualCandidates(store: SelectionStore, among: Selectable): readonly Candidate[] {
  const { models, accounts, variables, environmentModel } = among;
  const saved = (place: StateStore | undefined, by: 'workspace' | 'default') => {
    const kept = place?.get(KEY);
    const identity = readIdentity(kept);
    const chosenBy = stringIn(kept, 'by') === 'signIn' ? 'signIn' : by;
    return [chosenBy, identity && findModel(identity, models, accounts)] as const;
  };
  const type = selectedType(variables.qwenSettings);
  const oauth = accounts.find(({ method }) => method === 'qwen-oauth');
  const answered = models.filter(({ baseUrl }) => type !== 'qwen-oauth' || baseUrl === oauth?.baseUrl);
  const name = namedModel(variables.qwenSettings);
  const known = answered.filter(({ id }) => id === name?.id);
  // An address that no entry has any more is out of date; Qwen Code takes the first of that id then, too.
  const named = known.find(({ baseUrl }) => baseUrl === name?.baseUrl) ?? known[0];
  const bySettings = type === 'qwen-oauth' ? [named, answered[0]] : isKnownType(type) ? [named] : [];
  const all: readonly (readonly [Candidate['chosenBy'], Model | undefined])[] = [
    saved(store.workspace, 'workspace'),
    saved(store.global, 'default'),
    ...bySettings.map((model) => ['qwenSettings', model] as const),
    ['variables', listedByVariables(among)],
    ['first', listedBeforeUsual(among)],
    ['variables', environmentModel],
    ['first', firstModel(among)],
  ];
  return all.flatMap(([chosenBy, model]) => (model ? [{ chosenBy, model }] : []));
}

/**
 * The listed model that a variable names, at the variables' server where it is listed there. A key or an address on the
 * command line are for the variables' own model.
 */
function listedByVariables(among: Selectable): Model | undefined {
  const { commandLine, qwenSettings } = among.variables;
  if (argumentIn(commandLine, '--openai-api-key') || argumentIn(commandLine, '--openai-base-url')) return undefined;
  if (!isForOpenAI(selectedType(qwenSettings))) return undefined;
  const [named] = FAMILIES[0].models.flatMap((name) => findVariables(name, among.variables)[0] ?? []);
  if (!named || named.problem) return undefined;
  const id = named.value.reveal();
  const { environmentModel } = among;
  // Qwen Code's settings name another one for the variables' server.
  if (environmentModel && environmentModel.id !== id) return undefined;
  const listed = listedAs(id, among);
  const here = listed.find(({ baseUrl }) => baseUrl === environmentModel?.baseUrl);
  return here ?? signed(listed, among) ?? (environmentModel ? undefined : listed[0]);
}

/** Where the model of the variables is only the usual one there: what is listed instead, and has a key. */
function listedBeforeUsual(among: Selectable): Model | undefined {
  const { models, environmentModel: usual } = among;
  if (usual?.source.kind !== 'default' || addressed(among) !== among) return undefined;
  const isAnywhere = usual.baseUrlSource.kind === 'default';
  return firstListed({ ...among, models: models.filter(({ baseUrl }) => isAnywhere || baseUrl === usual.baseUrl) });
}

function firstListed({ models, accounts, variables, providers }: Selectable): Model | undefined {
  const entries = new Set(providers?.entries.map(modelKey));
  const listed = models.filter((model) => entries.has(modelKey(model)));
  return firstChatModel(listed.filter((model) => resolveCredential(model, { accounts, variables })));
}

/**
 * The model where nobody names one: of the first account that works, else the first of all. Where Qwen Code's settings
 * say that the sign-in is by a key, an OAuth account is what was used before: every key that has a server comes first.
 */
function firstModel(among: Selectable): Model | undefined {
  const { models, accounts, variables, environmentServer } = among;
  const isByKey = selectedType(variables.qwenSettings) === 'openai';
  const ofKeys = isByKey ? accounts.filter(({ method }) => method !== 'qwen-oauth') : [];
  const account = firstAccount(ofKeys) ?? firstAccount(accounts);
  if (!account) return firstChatModel(models);
  if (!isByKey || account.method !== 'qwen-oauth') return defaultModel(account, models);
  return firstListed(among) ?? (environmentServer ? undefined : defaultModel(account, models));
}

/**
 * Keeps a choice for this workspace; it becomes the default too where there is none yet that still exists. `by`: it was
 * not a person who chose.
 */
export async function selectModel(
  store: SelectionStore,
  { id, baseUrl }: ModelIdentity,
  isKnown: (identity: ModelIdentity) => boolean,
  by?: 'signIn',
): Promise<void> {
  const choice = { id, baseUrl, ...(by && { by }) };
  const usual = readIdentity(store.global.get(KEY));
  await store.workspace?.set(KEY, choice);
  if (!store.workspace || !usual || !isKnown(usual)) await store.global.set(KEY, choice);
  await noteRecentModel(store.global, { id, baseUrl });
}

/**
 * What a sign-in selects: the model that was asked for, else the one for chats of the account, as nobody's choice.
 * Undefined where there is none, or where the person has chosen that one already.
 */
export function choiceAfterSignIn(
  account: Account,
  asked: string | undefined,
  {
    models,
    accounts,
    candidates: [inUse],
  }: Pick<Selectable, 'models' | 'accounts'> & { readonly candidates: readonly Candidate[] },
): { readonly model: Model; readonly by?: 'signIn' } | undefined {
  const { baseUrl } = account;
  const wanted = asked && findModel({ id: asked, baseUrl }, models, accounts);
  if (wanted) return { model: wanted };
  const isChosen = inUse?.chosenBy === 'workspace' || inUse?.chosenBy === 'default';
  const usual = inUse?.model.baseUrl === baseUrl ? inUse.model : defaultModel(account, models);
  return usual && !(isChosen && usual === inUse.model) ? { model: usual, by: 'signIn' } : undefined;
}

/** What is to be in use once an account was changed whose model is: the same model where it is now. */
export function choiceAfterChange(
  { baseUrl }: Account,
  inUse: ModelIdentity | undefined,
  { models, accounts }: Pick<Selectable, 'models' | 'accounts'>,
): { readonly model: Model; readonly by?: 'signIn' } | undefined {
  const model = inUse && inUse.baseUrl !== baseUrl ? findModel({ id: inUse.id, baseUrl }, models, accounts) : undefined;
  return model && { model };
}
