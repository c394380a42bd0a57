import * as l10n from '@vscode/l10n';
import { getNodeValue, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isRecord, stringIn } from '../base/json';
import { Secret } from '../base/secret';
import { readModelProviders } from '../config/modelProviders';
import { extractAssignments } from './assignments';
import { isKeyProperty } from '../config/entryProperties';
import { isVariableName } from '../config/keyShape';
import { isPlaceholder } from '../config/placeholder';

/** A `modelProviders` snippet, and the keys that stand around it. */
export interface Snippet {
  readonly modelProviders: Readonly<Record<string, readonly unknown[]>>;
  readonly env: readonly { readonly name: string; readonly key: Secret }[];
  readonly notUnderstood: readonly string[];
}

const NAMED = /"modelProviders"\s{0,64}:\s{0,64}(?=\{)/;
/** The same without its name: the list of one protocol. */
const BARE = /"openai"\s{0,64}:\s{0,64}(?=\[)/;
const PROTOCOLS = /"providerProtocol"\s{0,64}:\s{0,64}(?=\{)/;
const KEY_NAME = /_(?:KEY|TOKEN)$/;

/** The `modelProviders` of a text; `broken` where it begins and cannot be read, undefined where there is none. */
export function readSnippet(text: string): Snippet | 'broken' | undefined {
  const named = NAMED.exec(text);
  const begin = named ?? BARE.exec(text);
  if (!begin) return undefined;
  const offset = begin.index + begin[0].length;
  const json = jsonAt(text.slice(offset));
  if (!json) return 'broken';
  const pasted = arraysOf(named ? json.value : { openai: json.value }, protocolsIn(text));
  const modelProviders = withoutKeys(pasted);
  if (Object.values(modelProviders).flat().length === 0) return 'broken';
  const keys = keysIn(`${text.slice(0, begin.index)}\n${text.slice(offset + json.length)}`, pasted);
  const problems = readModelProviders(pasted).problems.map(({ message }) => message);
  return { modelProviders, env: keys.env, notUnderstood: [...problems, ...keys.notUnderstood] };
}

/** The JSON value, with comments and trailing commas, that a text begins with. */
function jsonAt(text: string): { readonly value: unknown; readonly length: number } | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const length = root?.length ?? 0;
    // What follows the value is no JSON and need not be; a bracket that is not closed is missed behind the value too.
    const faults = errors.filter(
      ({ error, offset }) => offset < length || printParseErrorCode(error).startsWith('Close'),
    );
    return root && faults.length === 0 ? { value: getNodeValue(root), length } : undefined;
  } catch (error) {
    // The parser calls itself for each bracket, so thousands of them are too deep for it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What `providerProtocol` beside it says. */
function protocolsIn(text: string): Readonly<Record<string, unknown>> {
  const begin = PROTOCOLS.exec(text);
  const value = begin && jsonAt(text.slice(begin.index + begin[0].length))?.value;
  return isRecord(value) ? value : {};
}

/** The lists by their protocols; one may stand in an object beside its own. */
function arraysOf(
  value: unknown,
  protocols: Readonly<Record<string, unknown>>,
): Readonly<Record<string, readonly unknown[]>> {
  const arrays = new Map<string, readonly unknown[]>();
  for (const [name, list] of Object.entries(isRecord(value) ? value : {})) {
    const models: unknown = isRecord(list) ? list['models'] : list;
    const protocol = stringIn(list, 'protocol') ?? stringIn(protocols, name) ?? name;
    if (Array.isArray(models)) arrays.set(protocol, [...(arrays.get(protocol) ?? []), ...models]);
  }
  return Object.fromEntries(arrays);
}

/** A key has no place in settings: where an entry holds one, under whatever name, it is left out. */
function withoutKeys(
  pasted: Readonly<Record<string, readonly unknown[]>>,
): Readonly<Record<string, readonly unknown[]>> {
  const clean = (entry: unknown): unknown => {
    if (!isRecord(entry)) return entry;
    const isKept = ([name, value]: readonly [string, unknown]): boolean =>
      name === 'envKey' ? typeof value === 'string' && isVariableName(value) : !isKeyProperty(name);
    return Object.fromEntries(Object.entries(entry).filter(isKept));
  };
  return Object.fromEntries(Object.entries(pasted).map(([protocol, list]) => [protocol, list.map(clean)]));
}

/** The keys that a text sets by their variables' names. */
function keysIn(
  text: string,
  modelProviders: Readonly<Record<string, readonly unknown[]>>,
): Pick<Snippet, 'env' | 'notUnderstood'> {
  const { entries } = readModelProviders(modelProviders);
  const isKey = (name: string): boolean => KEY_NAME.test(name) || entries.some(({ envKey }) => envKey === name);
  const { found } = extractAssignments(text, isKey);
  const usable = found.filter(({ name, value }) => isKey(name) && value !== '' && !isPlaceholder(value));
  const names = new Set(found.map(({ name }) => name));
  return {
    env: usable.map(({ name, value }) => ({ name, key: new Secret(value) })),
    notUnderstood: [...names]
      .filter((name) => !usable.some((one) => one.name === name))
      .map((name) =>
        isKey(name)
          ? l10n.t('{name} holds a placeholder, not a key.', { name })
          : l10n.t('{name} is not used beside modelProviders.', { name }),
      ),
  };
}
