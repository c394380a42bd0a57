import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { FAMILIES, type Family } from '../config/families';
import { DEFAULT_BASE_URL } from '../config/defaultAddress';
import type { ListedModels } from '../config/modelProviders';
import { strayAddress } from '../config/otherNames';
import { isForOpenAI, namedModel, type QwenSettings, selectedType } from '../config/qwenSettings';
import { findVariables, type VariablePlaces } from '../config/variables';
import type { Variable } from '../config/variable';
import { variableProblem } from '../config/variableValue';
import type { Source } from '../providers/source';
import type { ConfigurationError } from '../base/errors';
import { keyVariables } from '../credentials/keyVariables';
import { hostOf } from '../base/origin';
import { deploymentAt } from '../providers/azure';
import { catalogueModel, providerAt } from '../providers/catalogue';
import type { CatalogueModel } from '../providers/provider';
import type { Model } from '../providers/model';
import { firstChatModel } from './modelKind';
import { fromCatalogue } from '../providers/fromCatalogue';

/** The model that the variables make, and what is wrong with them. */
interface EnvironmentModel {
  readonly model: Model | undefined;
  /** Stands for their server: the model, or one without an id where nobody names it. */
  readonly server: Model | undefined;
  /** What else their server names. */
  readonly others: readonly Model[];
  readonly problems: readonly ConfigurationError[];
}

/** Where Qwen Code sends a key for which nobody names a server. */
const QWEN_CODE_BASE_URL = 'https://dashscope.aliyuncs.com/compatible-mode/v1';

const NOTHING_LISTED: ListedModels = { entries: [], stranded: [], unusable: [] };

const NONE: EnvironmentModel = { model: undefined, server: undefined, others: [], problems: [] };

/**
 * The model of the variables: of the family that has a key, else of the one that has a base URL. Where nobody names the
 * model it is the first at that base URL: of the catalogue, else of those that the server was found to have; elsewhere
 * there is none. A key that an entry says another server for goes to no default.
 */
export function readEnvironmentModel(
  places: VariablePlaces,
  { entries, stranded, unusable }: ListedModels = NOTHING_LISTED,
  discoveredAt: (server: Model) => readonly CatalogueModel[] = () => [],
): EnvironmentModel {
  const find = (name: string): Variable | undefined => findVariables(name, places)[0];
  const family = FAMILIES.find(({ key }) => find(key)) ?? FAMILIES.find(({ baseUrl }) => find(baseUrl));
  if (!family) return NONE;
  const given = find(family.baseUrl);
  const named = family.models.flatMap((name) => find(name) ?? [])[0];
  if (given?.problem || named?.problem) return NONE;
  const stray = given ? undefined : strayAddress(family, places);
  if (stray) return { ...NONE, problems: [stray] };
  const key = find(family.key);
  // A key on the command line is for this one request, and no entry's.
  const isClaimable = !given && key?.source.kind !== 'argument';
  if (isClaimable && places.isPartial) return NONE;
  if (key && isClaimable && stranded.includes(family.key)) return { ...NONE, problems: [strandedKey(key, family)] };
  const place = given ? placeOf(given) : defaultPlace(family, key);
  // A fault that keeps an entry from being used must not send its key elsewhere.
  const listed = [...entries, ...unusable];
  const isForAnother = listed.some(
    ({ envKey, baseUrl }) => envKey === family.key && baseUrl !== undefined && baseUrl !== place.baseUrl,
  );
  if (isClaimable && isForAnother) {
    const isLost = named && named.source.kind !== 'argument' && !listed.some(({ id }) => id === named.value.reveal());
    return { ...NONE, problems: isLost ? [homelessModel(named, family)] : [] };
  }
  const source: Source = { kind: 'catalogue', name: `${hostOf(place.baseUrl)}/models` };
  const nameless = modelAt(place, family, { id: '', source });
  const [held] = keyVariables(nameless, places);
  if (key && !key.problem && held?.problem) return { ...NONE, problems: [held.problem] };
  const ofSettings = isForOpenAI(selectedType(places.qwenSettings)) ? namedModel(places.qwenSettings) : undefined;
  const settings = listed.some(({ id }) => id === ofSettings?.id) ? undefined : ofSettings;
  const told = discoveredAt(nameless);
  const discovered = told.map((one) => modelAt(place, family, { id: one.id, source }, one));
  const name = nameOf(named, settings, place.baseUrl, family);
  const model = name
    ? modelAt(
        place,
        family,
        name,
        told.find(({ id }) => id === name.id),
      )
    : firstChatModel(discovered);
  return { model, server: model ?? nameless, others: discovered.filter(({ id }) => id !== model?.id), problems: [] };
}

function strandedKey(key: Variable, { baseUrl }: Family): ConfigurationError {
  const why = l10n.t(
    'A model entry says an address for this key that cannot be read, so that the key is sent nowhere else.',
  );
  return variableProblem(key, joinSentences(why, l10n.t('Mend the entry, or set {baseUrl}.', { baseUrl })));
}

function homelessModel(name: Variable, { key, baseUrl }: Family): ConfigurationError {
  const why = l10n.t('An entry says which server {key} is for, and none lists this model.', { key });
  return variableProblem(name, joinSentences(why, l10n.t('Set {baseUrl} to say where it is.', { baseUrl })));
}

/** Where a family's requests go, and who says so. */
type Place = Pick<Model, 'baseUrl' | 'baseUrlSource' | 'baseUrlSide'>;

function placeOf({ value, source, side }: Variable): Place {
  return { baseUrl: value.reveal(), baseUrlSource: source, baseUrlSide: side };
}

/**
 * A key in the settings of Qwen Code's own sign-in goes to the server that is Qwen Code's default, any other to OpenAI.
 */
function defaultPlace(family: Family, key: Variable | undefined): Place {
  const isQwenCodes = key?.source.name === 'security.auth.apiKey';
  const baseUrl = isQwenCodes ? QWEN_CODE_BASE_URL : DEFAULT_BASE_URL;
  const why = isQwenCodes
    ? l10n.t("Qwen Code's, as security.auth.baseUrl is not set")
    : l10n.t('{name} is not set', { name: family.baseUrl });
  return { baseUrl, baseUrlSource: byDefault(why), baseUrlSide: 'person' };
}

/** The model's name: an argument's, else that of Qwen Code's settings, else the variable's, else the catalogue's first. */
function nameOf(
  named: Variable | undefined,
  settings: ReturnType<typeof namedModel>,
  baseUrl: string,
  family: Family,
): { readonly id: string; readonly source: Source } | undefined {
  if (settings && named?.source.kind !== 'argument') return { id: settings.id, source: settingsSource(settings.file) };
  if (named) return { id: named.value.reveal(), source: named.source };
  const usual = usualModel(baseUrl);
  return usual === undefined
    ? undefined
    : { id: usual, source: byDefault(l10n.t('{name} is not set', { name: family.models[0] })) };
}

function settingsSource({ path, scope, document }: QwenSettings): Source {
  const line = document.lineOf(['model', 'name']);
  const kind = scope === 'workspace' ? 'workspaceSettings' : 'qwenSettings';
  return { kind, name: 'model.name', file: path, ...(line !== undefined && { line }) };
}

function byDefault(why: string): Source {
  return { kind: 'default', why };
}

function modelAt(
  place: Place,
  family: Family,
  { id, source }: { readonly id: string; readonly source: Source },
  told?: CatalogueModel,
): Model {
  // The person who wrote the variables decides about thinking.
  const { enableThinking: _, ...known } = { ...catalogueModel(id, place.baseUrl), ...told };
  return {
    protocol: 'openai',
    id,
    name: id,
    description: undefined,
    envKey: family.key,
    ...fromCatalogue(known),
    source,
    ...place,
  };
}

/** The catalogue's first model at a base URL, or the one deployment that it is for. */
function usualModel(baseUrl: string): string | undefined {
  return deploymentAt(baseUrl) ?? providerAt(baseUrl)?.models[0]?.id;
}
