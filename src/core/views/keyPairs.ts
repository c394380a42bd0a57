import * as l10n from '@vscode/l10n';
import { USUAL_KEY_VARIABLES } from '../config/families';
import type { ReadEntry } from '../config/modelEntry';
import type { ModelFile } from '../config/modelFiles';
import { readProviderList } from '../config/modelProviders';
import { editProviders, type ProviderEdit } from '../config/providerEdits';
import { readJsonc } from '../config/jsonc';
import { isRecord } from '../base/json';
import { MODEL_PROVIDERS_SETTING } from '../config/providersOrigin';
import { variablesOf } from '../config/references';
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
 * The questions before a change of one of the person's own files that would send a variable to a new server, as a key or
 * by a reference to it: one that no entry of theirs sends it to, and for a key that is no known provider's. A taken-over
 * panel could fill in its form, too, and reads what a name refers to. Throws what `editProviders` throws.
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
      .flatMap(({ lists }) => lists.flatMap(({ entries }) => entries))
      .flatMap(({ raw, read }) => pairsOf(raw, read))
      .map(nameOf),
  );
  const after = pairsAfter(file, edit, variables);
  const pairs = new Map(after.map((pair) => [nameOf(pair), pair]));
  return [...pairs].filter(([name]) => !known.has(name)).map(([, pair]) => questionAbout(pair));
}

/** What the entries of a file bring together once it is changed: an edit leaves what the form does not show. */
function pairsAfter({ format, lists }: ModelFile, edit: ProviderEdit, variables: VariablePlaces): readonly KeyPair[] {
  const raw = Object.fromEntries(lists.map(({ provider, entries }) => [provider, entries.map((entry) => entry.raw)]));
  const text = editProviders(format, format.property, JSON.stringify({ [format.property]: raw }), edit);
  const { value } = readJsonc(format.property, text);
  const after = isRecord(value) ? value[format.property] : undefined;
  const origin = { ...MODEL_PROVIDERS_SETTING, variables };
  return Object.values(isRecord(after) ? after : {})
    .filter((list): list is readonly unknown[] => Array.isArray(list))
    .flatMap((list) =>
      readProviderList(origin, 'openai', list).entries.flatMap((read, index) => pairsOf(list[index], read)),
    );
}

/** What cannot be used as it is written may be, once variables are in it. */
function pairsOf(raw: unknown, { entry, unusable }: ReadEntry): readonly KeyPair[] {
  const { envKey = '', baseUrl } = entry ?? unusable ?? {};
  if (baseUrl === undefined) return [];
  const key = { envKey, baseUrl };
  return [...(isUsual(key) ? [] : [key]), ...variablesOf(raw).map((name) => ({ envKey: name, baseUrl }))];
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
