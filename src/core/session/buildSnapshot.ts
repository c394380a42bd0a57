import type { Configuration } from '../config/configuration';
import type { ModelEntry } from '../config/modelEntry';
import type { ModelProviders } from '../config/modelProviders';
import { foreignType, misplacedNames } from '../config/qwenSettings';
import { missingHints } from '../config/otherNames';
import { variableProblems, type VariablePlaces } from '../config/variables';
import { firstAccount } from '../credentials/account';
import type { StoredAccounts } from '../credentials/accountStore';
import { consentFor } from '../credentials/consent';
import { keyVariables } from '../credentials/keyVariables';
import { type Credential, credentialOf, type CredentialPlaces, resolveCredential } from '../credentials/resolve';
import type { ConfigurationError } from '../base/errors';
import { listOwner, readDiscovered } from '../models/discovered';
import { FAMILIES } from '../config/families';
import { hiddenKey } from '../config/hiddenKey';
import type { Model } from '../providers/model';
import { readEnvironmentModel } from '../models/environmentModel';
import { commandModels, listModels } from '../models/modelList';
import { candidates, type SelectionStore } from '../models/selection';
import { providersInEffect } from './providersInEffect';
import type { Snapshot } from './snapshot';

/** The sources of a snapshot, beside the attempt and the connection. */
interface SnapshotSources {
  /** Undefined until the keychain has been read. */
  readonly stored: StoredAccounts | undefined;
  /** What VS Code's own setting `qwen.modelProviders` holds. */
  readonly modelProviders: unknown;
  /** What is wrong with the other settings. */
  readonly settingsProblems: readonly ConfigurationError[];
  readonly configuration: Configuration;
  readonly selection: SelectionStore;
}

/** Everything that is known, put together: which models there are, which is in use, and what signs its requests. */
export function buildSnapshot(
  sources: SnapshotSources,
): Omit<Snapshot, 'signInAttempt' | 'connection' | 'verdict' | 'doubts' | 'full' | 'undiscovered'> {
  const { stored, configuration, selection } = sources;
  const { accounts, unreadable, problems } = stored ?? { accounts: [], unreadable: [], problems: [] };
  const { variables } = configuration;
  const places = { accounts, variables };
  const providers = providersInEffect(sources.modelProviders, variables);
  const { entries } = providers;
  const { discovered, environment, models, choices } = collectModels(sources, providers, places);
  const selected = choices[0]?.model;
  const credential = credentialInUse(selected, environment.server, places);
  return {
    loaded: stored !== undefined,
    accounts,
    unreadable,
    problems: [
      ...problems,
      ...sources.settingsProblems,
      ...configuration.problems,
      ...providers.problems,
      ...environment.problems,
      ...problemsOfVariables(variables, entries),
      ...(credential ? [] : whyNoKey(configuration, selected, entries)),
      ...misplacedNames(variables.qwenSettings),
      ...foreignType(variables.qwenSettings),
    ],
    models,
    discovered,
    selected,
    candidates: choices,
    credential,
    consent: selected && credential ? consentFor(selection.workspace, credential, selected) : 'notNeeded',
    configuration,
    environmentServer: environment.server,
  };
}

/**
 * The models of entries, variables, commands and accounts, which of them could be in use, and what servers have named.
 */
function collectModels(
  { configuration: { variables }, selection }: SnapshotSources,
  providers: ModelProviders,
  places: CredentialPlaces,
) {
  const { accounts } = places;
  const discovered = new Map(
    accounts.flatMap((account) => {
      const kept = readDiscovered(selection.global, listOwner(account.id, account.baseUrl, credentialOf(account)));
      return kept ? [[account.id, kept] as const] : [];
    }),
  );
  const environment = readEnvironmentModel(variables, providers, (server) => {
    const { baseUrl } = server;
    const credential = resolveCredential(server, places);
    const kept = credential && readDiscovered(selection.global, listOwner(baseUrl, baseUrl, credential));
    if (kept) discovered.set(baseUrl, kept);
    return kept?.models ?? [];
  });
  const environmentModels = [
    ...(environment.model ? [environment.model] : []),
    ...environment.others,
    ...commandModels(variables.keyCommands ?? []),
  ];
  const models = listModels({ entries: providers.entries, environmentModels, accounts, discovered });
  const choices = candidates(selection, {
    models,
    accounts,
    variables,
    environmentModel: environment.model,
    environmentServer: environment.server,
    providers,
  });
  return { discovered, environment, models, choices };
}

/** What signs requests to the model in use; where nobody names a model or a server, what the person signed in with. */
function credentialInUse(
  selected: Model | undefined,
  environmentServer: Model | undefined,
  places: CredentialPlaces,
): Credential | undefined {
  if (selected) return resolveCredential(selected, places);
  const account = environmentServer ? undefined : firstAccount(places.accounts);
  return account && credentialOf(account);
}

/** Why there is no key, as far as files and variables tell: it is in one that is not read. */
function whyNoKey(
  { envSearch, variables }: Configuration,
  selected: Model | undefined,
  entries: readonly ModelEntry[],
): readonly ConfigurationError[] {
  return [
    ...hiddenKey(envSearch, keyNames(selected, entries)),
    ...missingHints(variables, new Set(entries.map(({ envKey }) => envKey))),
  ];
}

/** The variables that a key is wanted in. */
function keyNames(selected: Model | undefined, entries: readonly ModelEntry[]): readonly string[] {
  if (selected?.envKey !== undefined) return [selected.envKey];
  return [...FAMILIES.map(({ key }) => key), ...entries.map(({ envKey }) => envKey)];
}

/**
 * What is to be said of the variables that count: the families' own, and those that entries name, each at their server.
 */
function problemsOfVariables(variables: VariablePlaces, entries: readonly ModelEntry[]): readonly ConfigurationError[] {
  const families = FAMILIES.flatMap((family) => [family.key, family.baseUrl, ...family.models]);
  const names = new Set([...families, ...entries.map(({ envKey }) => envKey)]);
  const places = new Map(entries.map((entry) => [`${entry.envKey} ${entry.baseUrl}`, entry]));
  const problems = [
    ...[...names].flatMap((name) => variableProblems(name, variables)),
    ...[...places.values()].flatMap((entry) => keyVariables(entry, variables)[0]?.problem ?? []),
  ];
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
