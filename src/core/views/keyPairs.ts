import { USUAL_KEY_VARIABLES } from '../config/families';
import type { ModelEntry } from '../config/modelEntry';
import type { ModelFile } from '../config/modelFiles';
import { readProviderList } from '../config/modelProviders';
import { newEntry, type ProviderEdit } from '../config/providerEdits';
import { MODEL_PROVIDERS_SETTING } from '../config/providersOrigin';
import type { VariablePlaces } from '../config/variables';
import { hostOf, originOf } from '../base/origin';
import { PROVIDERS } from '../providers/catalogue';
import type { ConsentQuestion } from './consentQuestions';

/** A variable, and where the key in it would go. */
interface KeyPair {
  readonly envKey: string;
  readonly baseUrl: string;
}

/**
 * The questions before a change of a person's own file that sends a variable to a server to which no entry of the person's own files sends
 * it, and that is no known provider's. Whoever has taken over the panel could fill in its form, too.
 */
export function pairQuestions(
  edit: ProviderEdit,
  files: readonly ModelFile[],
  variables: VariablePlaces,
): readonly ConsentQuestion[] {
  const entries = 'entries' in edit ? edit.entries : 'fields' in edit ? [edit.fields] : [];
  const origin = { ...MODEL_PROVIDERS_SETTING, variables };
  const wanted = readProviderList(origin, 'openai', entries.map(newEntry)).entries.flatMap(({ entry }) => entry ?? []);
  const known = new Set(
    files
      .filter(({ id }) => id !== 'workspace')
      .flatMap(entriesOf)
      .map(nameOf),
  );
  const pairs = new Map(wanted.filter((pair) => !isUsual(pair)).map((pair) => [nameOf(pair), pair]));
  return [...pairs].filter(([name]) => !known.has(name)).map(([, pair]) => questionAbout(pair));
}

function entriesOf({ lists }: ModelFile): readonly ModelEntry[] {
  return lists.flatMap(({ entries }) => entries.flatMap(({ read }) => read.entry ?? []));
}

function nameOf({ envKey, baseUrl }: KeyPair): string {
  return `${envKey} ${originOf(baseUrl)}`;
}

/** Whether this is a variable for keys of providers, at one of them. */
function isUsual({ envKey, baseUrl }: KeyPair): boolean {
  const origin = originOf(baseUrl);
  const isProviders = PROVIDERS.some(({ regions }) =>
    regions.some((region) => region.baseUrl !== '' && originOf(region.baseUrl) === origin),
  );
  return isProviders && USUAL_KEY_VARIABLES.has(envKey);
}

function questionAbout({ envKey, baseUrl }: KeyPair): ConsentQuestion {
  const host = hostOf(baseUrl);
  return {
    title: `Send the key in ${envKey} to ${host}?`,
    detail: `Requests to the model will be signed with what the variable ${envKey} holds, and no entry of yours sends it to ${host} yet.`,
    yes: 'Save and send',
  };
}
