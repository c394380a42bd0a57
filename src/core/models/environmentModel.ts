import { readBaseUrl } from '../config/baseUrl';
import { DEFAULT_BASE_URL } from '../config/modelProviders';
import { type QwenSettings, selectedType } from '../config/qwenSettings';
import { findVariables, type VariablePlaces } from '../config/variables';
import type { Variable } from '../config/variable';
import type { Source } from '../providers/source';
import { ConfigurationError } from '../base/errors';
import { hostOf } from '../base/origin';
import { deploymentAt } from '../providers/azure';
import { type CatalogueModel, catalogueModel, providerAt } from '../providers/catalogue';
import type { Model } from '../providers/model';
import { traitsOf } from '../providers/traits';

/** Names under which key, base URL and model come. */
interface Family {
  readonly key: string;
  readonly baseUrl: string;
  readonly model: string;
}

/** Both generations of names, in their order: the first that is there counts as a whole, so that no key meets the other's URL. */
export const FAMILIES: readonly Family[] = [
  { key: 'OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL', model: 'OPENAI_MODEL' },
  { key: 'LLAMA_API_KEY', baseUrl: 'LLAMA_API_BASE_URL', model: 'LLAMA_API_MODEL' },
];

/** The model that the variables make, and what is wrong with them. */
export interface EnvironmentModel {
  readonly model: Model | undefined;
  /** Stands for their server: the model, or one without an id where nobody names it. */
  readonly server: Model | undefined;
  /** What else their server names. */
  readonly others: readonly Model[];
  readonly problems: readonly ConfigurationError[];
}

const NONE: EnvironmentModel = { model: undefined, server: undefined, others: [], problems: [] };

/**
 * The model of the variables: of the family that has a key, else of the one that has a base URL. Where nobody names the
 * model it is the first at that base URL: of the catalogue, else of those that the server was found to have; elsewhere
 * there is none. A name of the settings that is `listed` is that of a model entry, and none for the variables.
 */
export function readEnvironmentModel(
  places: VariablePlaces,
  listed: ReadonlySet<string> = new Set(),
  discoveredAt: (server: Model) => readonly CatalogueModel[] = () => [],
): EnvironmentModel {
  const find = (name: string): Variable | undefined => findVariables(name, places)[0];
  const family = FAMILIES.find(({ key }) => find(key)) ?? FAMILIES.find(({ baseUrl }) => find(baseUrl));
  const given = family && find(family.baseUrl);
  if (!family || given?.problem || find(family.model)?.problem) return NONE;
  try {
    const { baseUrl } = readBaseUrl(given?.value.reveal() ?? DEFAULT_BASE_URL, family.baseUrl);
    const isForKeys = ['openai', undefined].includes(selectedType(places.qwenSettings));
    const settings = places.qwenSettings.find(({ model: name }) => isForKeys && name && !listed.has(name.id));
    const source: Source = { kind: 'catalogue', name: `${hostOf(baseUrl)}/models` };
    const nameless = modelAt(baseUrl, family, given, { id: '', source });
    const named = discoveredAt(nameless);
    const discovered = named.map((told) => modelAt(baseUrl, family, given, { id: told.id, source }, told));
    const name = nameOf(find(family.model), settings, baseUrl, family);
    const told = named.find(({ id }) => id === name?.id);
    const model = name ? modelAt(baseUrl, family, given, name, told) : discovered[0];
    const server = model ?? nameless;
    return { model, server, others: discovered.filter(({ id }) => id !== model?.id), problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { ...NONE, problems: [explain(error, family, given)] };
    throw error;
  }
}

/** The model's name: the variable's, else the one that Qwen Code's settings name, else the catalogue's first. */
function nameOf(
  named: Variable | undefined,
  settings: QwenSettings | undefined,
  baseUrl: string,
  family: Family,
): { readonly id: string; readonly source: Source } | undefined {
  if (named) return { id: named.value.reveal(), source: named.source };
  if (settings?.model) return { id: settings.model.id, source: settingsSource(settings) };
  const usual = usualModel(baseUrl);
  return usual === undefined ? undefined : { id: usual, source: byDefault(`${family.model} is not set`) };
}

function settingsSource({ path, scope, document }: QwenSettings): Source {
  const line = document.lineOf(['model', 'name']);
  const kind = scope === 'workspace' ? 'workspaceSettings' : 'qwenSettings';
  return { kind, name: 'model.name', file: path, ...(line !== undefined && { line }) };
}

function byDefault(name: string): Source {
  return { kind: 'default', name };
}

function modelAt(
  baseUrl: string,
  family: Family,
  given: Variable | undefined,
  { id, source }: { readonly id: string; readonly source: Source },
  told?: CatalogueModel,
): Model {
  // Whether it is to think is for the person to say, who wrote the variables.
  const { enableThinking: _, ...known } = { ...catalogueModel(id, baseUrl), ...told };
  return {
    protocol: 'openai',
    id,
    baseUrl,
    name: id,
    description: undefined,
    envKey: family.key,
    ...traitsOf(known),
    source,
    baseUrlSource: given?.source ?? byDefault(`${family.baseUrl} is not set`),
    baseUrlSide: given?.side ?? 'person',
  };
}

/** The catalogue's first model at a base URL, or the one deployment that it is for. */
function usualModel(baseUrl: string): string | undefined {
  return deploymentAt(baseUrl) ?? providerAt(baseUrl)?.models[0]?.id;
}

function explain(error: ConfigurationError, family: Family, given: Variable | undefined): ConfigurationError {
  const { file, line, name = family.baseUrl } = given?.source ?? {};
  const where = file ? `${name} in ${file}, line ${line}` : `The environment variable ${name}`;
  return new ConfigurationError(
    file ? { file, ...(line !== undefined && { line }) } : { variable: name },
    `${where}: ${error.message}`,
  );
}
