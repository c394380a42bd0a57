import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import type { ConfigurationError } from '../base/errors';
import { PROVIDERS } from '../providers/catalogue';
import { FAMILIES, type Family } from './families';
import type { Variable } from './variable';
import { variableProblem } from './variableValue';
import { findVariables, type VariablePlaces } from './variables';

/** Names that other programs, and people, have for the variables of the families, behind what these begin with. */
const ADDRESSES =
  'API_BASE BASE API_BASE_URL BASE_URL API_URL URL API_HOST HOST ENDPOINT API_ENDPOINT BASEURL API_BASEURL BASE_URI ' +
  'API_BASE_URI API_SERVER SERVER PROXY_URL API_PROXY REVERSE_PROXY BASE_PATH BASEPATH';
const KEYS = 'KEY APIKEY TOKEN API_TOKEN SECRET_KEY API_KEYS SECRET ACCESS_TOKEN AUTH_TOKEN API_SECRET API_KEY';
const MODELS = 'MODEL_NAME MODEL_ID DEFAULT_MODEL API_MODEL CHAT_MODEL MODELS API_MODEL_NAME MODEL';

/** Variables of services whose API is not spoken here. */
const FOREIGN: readonly (readonly [vendor: string, names: string])[] = [
  ['Anthropic', 'ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_BASE_URL'],
  ['Google', 'GEMINI_API_KEY GOOGLE_API_KEY GOOGLE_GENERATIVE_AI_API_KEY'],
];

/**
 * A variable that a person set for the address of a family's server, and that is not read: its key must not go
 * elsewhere.
 */
export function strayAddress(family: Family, places: VariablePlaces): ConfigurationError | undefined {
  const names = namesLike(family, ADDRESSES, family.baseUrl);
  // Beside a key of OpenAI's, Qwen's own address is most likely for another key.
  const [stray] = setAmong(
    names.filter((name) => !name.startsWith('QWEN')),
    places,
  );
  if (!stray) return undefined;
  const what = l10n.t('This name is not read here, {baseUrl} is.', { baseUrl: family.baseUrl });
  return variableProblem(
    stray,
    joinSentences(what, l10n.t('Rename it; until then the key in {key} is sent nowhere.', { key: family.key })),
  );
}

/**
 * What is missing, where variables are set that nothing makes use of. `used` are the names that model entries have for
 * the variables of their keys.
 */
export function missingHints(places: VariablePlaces, used: ReadonlySet<string>): readonly ConfigurationError[] {
  const hint = (variable: Variable, what: string): ConfigurationError => variableProblem(variable, what, 'warning');
  const ofFamilies = FAMILIES.flatMap((family) => {
    const rename = (names: string, right: string): readonly ConfigurationError[] =>
      isSet(right, places)
        ? []
        : setAmong(namesLike(family, names, right), places).map((one) =>
            hint(one, l10n.t('This name is not read here, {right} is. Rename it.', { right })),
          );
    // Beside the key it is an error, which says so.
    const addresses = isSet(family.key, places) ? [] : rename(ADDRESSES, family.baseUrl);
    return [...addresses, ...rename(KEYS, family.key), ...rename(MODELS, family.models[0])];
  });
  const families = new Set(FAMILIES.map(({ key }) => key));
  const keys = new Map(PROVIDERS.map((provider) => [provider.envKey, provider]));
  const ofProviders = [...keys].flatMap(([name, { label, models, regions }]) =>
    families.has(name) || used.has(name)
      ? []
      : setAmong([name], places).map((one) => {
          const entry = JSON.stringify({ id: models[0]?.id ?? '…', envKey: name, baseUrl: regions[0].baseUrl || '…' });
          return hint(
            one,
            joinSentences(
              l10n.t('This key of {label} is not used, since no model is named for it.', { label }),
              listIt(entry),
            ),
          );
        }),
  );
  const foreign = FOREIGN.flatMap(([vendor, names]) =>
    setAmong(names.split(' '), places).map((one) =>
      variableProblem(
        one,
        l10n.t("The API of {vendor} is not spoken here, only OpenAI's is, so it is not used.", { vendor }),
        'information',
      ),
    ),
  );
  return [...ofFamilies, ...ofProviders, ...foreign];
}

function listIt(entry: string): string {
  return l10n.t('List one in modelProviders, such as {example}, or set OPENAI_API_KEY and OPENAI_BASE_URL.', {
    example: `{ "openai": [${entry}] }`,
  });
}

/** Other names for one of a family's variables, the right one in small letters among them. */
function namesLike({ key, baseUrl, models }: Family, endings: string, right: string): readonly string[] {
  const prefixes = key.startsWith('OPENAI') ? ['OPENAI', 'OPEN_AI', 'QWEN'] : ['LLAMA'];
  const own = new Set([key, baseUrl, ...models]);
  const names = prefixes.flatMap((prefix) => endings.split(' ').map((ending) => `${prefix}_${ending}`));
  return [...names.filter((name) => !own.has(name)), right.toLowerCase()];
}

/** Those that are set, in capital or small letters, each once. */
function setAmong(names: readonly string[], places: VariablePlaces): readonly Variable[] {
  return names.flatMap((name) => findVariables(name, places)[0] ?? findVariables(name.toLowerCase(), places)[0] ?? []);
}

function isSet(name: string, places: VariablePlaces): boolean {
  return findVariables(name, places).length > 0;
}
