import { PROVIDERS } from '../providers/catalogue';
import { extractAssignments } from './assignments';
import { type Field, type Shape, SHAPES } from './shapes';
import { type Groups, extract, unquote, VALUE } from './extract';

/** A value that a text gives for a field, or a placeholder for one. */
export interface Clue {
  readonly field: Field;
  readonly value: string;
  /** The variable that it was set by. */
  readonly name?: string;
  /** What variables that belong together begin with: `OPENAI`, `LLAMA`, `DASHSCOPE`. */
  readonly family?: string;
}

/** Everything that a text says about a sign-in. */
export interface Clues {
  readonly clues: readonly Clue[];
  /** The text without them. */
  readonly rest: string;
  /** Names of what is given a value and is none of the fields; the first ten. */
  readonly unknown: readonly string[];
}

/** The provider that each family of variables is for; some are used for any. */
export const PROVIDER_OF_FAMILY: ReadonlyMap<string, string | undefined> = new Map([
  ...PROVIDERS.map(({ envKey, id }) => [envKey.replace(/_API_KEY$/, ''), id] as const),
  ['OPENAI', undefined],
  ['LLAMA', undefined],
  ['LLM', undefined],
  ['AI', undefined],
  ['CUSTOM', undefined],
]);

/** `OPENAI_API_KEY`, and without a family `API_KEY`; `HOST` alone is where some other program listens. */
const VARIABLE = new RegExp(
  '^(?:(?!(?:API|BASE|CHAT|DEFAULT)_)(?<family>\\w+?)_)?(?:API_?|AUTH_)?' +
    '(?:(?<apiKey>KEY|TOKEN)|(?<baseUrl>BASE(?:_?UR[LI])?|URL|ENDPOINT|PROXY_URL|(?<=_)HOST)|' +
    '(?<model>(?:CHAT_|DEFAULT_)?MODEL(?:_NAME|_ID)?|DEPLOYMENT(?:_NAME)?))$',
);
const OPTION = new RegExp(
  '(?<![\\w-])--(?:openai-)?(?:(?<apiKey>api-key)|(?<baseUrl>base-url)|(?<model>model))' +
    `(?:=|\\s{1,4}|["'],\\s{0,8}(?=["']))${VALUE}`,
  'g',
);
/** What a request sends may say anything; only its model counts. */
const BODY =
  /\s(?:-d|--data(?:-raw|-binary|-ascii)?|--json)[ \t=]{0,4}(?:'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\[^])*)")/g;
const MODEL_IN_BODY = /"model\\?"\s{0,8}:\s{0,8}\\?"(?<value>[^"\\]{1,256})/;
/** A name with a number, of what was left. */
const SETTING = /(?<![\p{L}\d_?&-])(?<name>\p{L}[\p{L}_-]{2,30})["']?[ \t]{0,4}[:=][ \t]{0,4}["']?[\w.-]{0,40}\d/gu;

/** How the names end of what a family of variables has of its own; more than these letters no family has. */
const OWN_KEY = /\b([A-Z][A-Z0-9_]{1,40}?)_(?:API_?KEY|(?:API|AUTH)_TOKEN)\b/g;
const OWN_BASE = /\b([A-Z][A-Z0-9_]{1,40}?)_(?:API_)?BASE(?:_?UR[LI])?\b/g;
/** LiteLLM, and Aider with it, put whose protocol it is before the name that the server has for a model. */
const BY_LITELLM = /litellm_params|\baider\b|openai-api-base/;
const LITELLM_PREFIX = /^(?:openai|openrouter|deepseek|dashscope|ollama)\//;

/** More than these nobody reads. */
const MANY = 10;

/** Finds what a text says about a sign-in. */
export function findClues(text: string): Clues {
  const bodies = extract(text, BODY, ({ single, double }) => MODEL_IN_BODY.exec(single ?? double ?? '')?.groups ?? {});
  const families = familiesIn(bodies.rest);
  const variables = extractAssignments(bodies.rest, (name) =>
    families.has(VARIABLE.exec(name)?.groups?.['family'] ?? ''),
  );
  const options = extract(variables.rest, OPTION, (groups) =>
    // A model may be anybody's.
    clueOf(groups, unquote(groups['value']), { family: groups['model'] ? undefined : 'OPENAI' }),
  );
  const set = variables.found.map(({ name, value }) => ({ name, value, groups: familiar(name, families) }));
  const clues = [
    ...set.flatMap(({ name, value, groups }) => clueOf(groups, value, { name, family: groups?.['family'] }) ?? []),
    ...options.found,
    ...bodies.found.flatMap(({ value }) => (value ? { field: 'model' as const, value } : [])),
  ];
  const found = SHAPES.reduce(extractShape, { clues, rest: options.rest });
  const settings = extract(found.rest, SETTING, ({ name }) => name);
  const unknown = new Set([...set.filter(({ groups }) => !groups).map(({ name }) => name), ...settings.found]);
  const own = BY_LITELLM.test(text) ? withoutPrefixes(found.clues) : found.clues;
  return { clues: own, rest: found.rest, unknown: [...unknown].slice(0, MANY) };
}

type Found = Pick<Clues, 'clues' | 'rest'>;

function extractShape({ clues, rest: text }: Found, { field, pattern, accepts }: Shape): Found {
  const { found, rest } = extract(text, pattern, (groups): Clue | undefined => {
    const value = unquote(groups['value']);
    return value && accepts(value, groups) ? { field, value } : undefined;
  });
  return { clues: [...clues, ...found], rest };
}

/** The families that are known, and those that bring both a key and a base URL with them. */
function familiesIn(text: string): ReadonlySet<string> {
  const namesIn = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].flatMap(([, name = '']) => name);
  const withBase = new Set(namesIn(OWN_BASE));
  return new Set([...PROVIDER_OF_FAMILY.keys(), ...namesIn(OWN_KEY).filter((name) => withBase.has(name))]);
}

/** Models by the names that their server has for them; those that LiteLLM only calls so come behind. */
function withoutPrefixes(clues: readonly Clue[]): readonly Clue[] {
  const isPrefixed = ({ field, value }: Clue): boolean => field === 'model' && LITELLM_PREFIX.test(value);
  const own = clues.filter(isPrefixed).map((clue) => ({ ...clue, value: clue.value.replace(LITELLM_PREFIX, '') }));
  return [...own, ...clues.filter((clue) => !isPrefixed(clue))];
}

/** The parts of a variable's name, where it is one of ours. */
function familiar(name: string, families: ReadonlySet<string>): Groups | undefined {
  const groups = VARIABLE.exec(name)?.groups;
  const family = groups?.['family'];
  return family && !families.has(family) ? undefined : groups;
}

function clueOf(
  groups: Groups | undefined,
  value: string,
  { name, family }: { readonly name?: string; readonly family?: string | undefined },
): Clue | undefined {
  const field = (['apiKey', 'baseUrl', 'model'] as const).find((one) => groups?.[one] !== undefined);
  return field && value ? { field, value, ...(name && { name }), ...(family && { family }) } : undefined;
}
