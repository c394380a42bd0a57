import * as l10n from '@vscode/l10n';
import { USUAL_KEY_VARIABLES } from '../config/families';
import type { ModelEntry } from '../config/modelEntry';
import type { ModelFile } from '../config/modelFiles';
import { readProviderList } from '../config/modelProviders';
import { editProviders, type ProviderEdit } from '../config/providerEdits';
import { readJsonc } from '../config/jsonc';
import { isRecord } from '../base/json';
import { MODEL_PROVIDERS_SETTING } from '../config/providersOrigin';
import type { VariablePlaces } from '../config/variables';
import { addressText, hostOf, originOf } from '../base/origin';
import { PROVIDERS } from '../providers/catalogue';
import type { ConsentQuestion } from './consentQuestions';

/** A variable, and where the key in it would go. */
interface KeyPair {
  readonly envKey: string;
  readonly baseUrl: string;
}

/**
 * The questions before a change of one of the person's own files that would send a variable to a new server: one that
 * no entry of theirs sends it to, and that is no known provider's. A taken-over panel could fill in its form, too.
 * Throws what `editProviders` throws.
 */
export function pairQuestions(
  file: ModelFile,
  edit: ProviderEdit,
  files: readonly ModelFile[],
  variables: VariablePlaces,
): readonly ConsentQuestion[] {
  const known = new Set(
    files
      .filter(({ id }) => id !== 'workspace')
      .flatMap(entriesOf)
      .map(nameOf),
  );
  const after = entriesAfter(file, edit, variables).filter((pair) => !isUsual(pair));
  const pairs = new Map(after.map((pair) => [nameOf(pair), pair]));
  return [...pairs].filter(([name]) => !known.has(name)).map(([, pair]) => questionAbout(pair));
}

/** The entries of a file as they are read once it is changed: an edit leaves what the form does not show. */
function entriesAfter(
  { format, lists }: ModelFile,
  edit: ProviderEdit,
  variables: VariablePlaces,
): readonly ModelEntry[] {
  const raw = Object.fromEntries(lists.map(({ provider, entries }) => [provider, entries.map((entry) => entry.raw)]));
  const text = editProviders(format, format.property, JSON.stringify({ [format.property]: raw }), edit);
  const { value } = readJsonc(format.property, text);
  const after = isRecord(value) ? value[format.property] : undefined;
  const origin = { ...MODEL_PROVIDERS_SETTING, variables };
  return Object.values(isRecord(after) ? after : {})
    .flatMap((list) => readProviderList(origin, 'openai', list).entries)
    .flatMap(({ entry }) => entry ?? []);
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
    title: l10n.t('Send the key in {envKey} to {host}?', { envKey, host }),
    detail: l10n.t(
      'Requests to the model will be signed with what the variable {envKey} holds, ' +
        'and no entry of yours sends it to {address} yet.',
      { envKey, address: addressText(originOf(baseUrl)) },
    ),
    yes: l10n.t('Save and send'),
  };
}
