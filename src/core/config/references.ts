import { isRecord, stringIn } from '../base/json';
import { findBaseUrl } from './baseUrl';
import { isKeyNotName } from './keyShape';

/** The person's variables, by name. */
export type Lookup = (name: string) => string | undefined;

/** `$NAME` and `${NAME}`. */
const REFERENCE = /\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)/g;

type Expand = (text: string, known: Lookup) => string;

/** What of a model entry may refer to variables. A key goes nowhere by way of one: `envKey` names it. */
const EXPANDED: ReadonlyMap<string, Expand> = new Map([
  ['id', expandVariables],
  ['name', expandName],
  ['baseUrl', expandBaseUrl],
]);

/** A text with variables in the place of what refers to them; unknown references stay as they are. */
export function expandVariables(text: string, known: Lookup): string {
  return text.replace(REFERENCE, (reference) => known(nameIn(reference)) ?? reference);
}

/** Whether a text refers to a variable that is not known. */
export function isUnresolved(text: string, known: Lookup): boolean {
  return [...text.matchAll(REFERENCE)].some(([reference]) => known(nameIn(reference)) === undefined);
}

/** The variables to which an entry refers, as it stands in its file. */
export function variablesOf(entry: unknown): readonly string[] {
  return [...EXPANDED.keys()].flatMap((name) => stringIn(entry, name)?.match(REFERENCE) ?? []).map(nameIn);
}

/**
 * A base URL with variables in the place of what refers to them. Where that is no usable one, or variables are in its
 * query, it is unusable and shows the references only: problems and lists name addresses, and a value may be a secret.
 */
export function expandBaseUrl(text: string, known: Lookup): string {
  const expanded = expandVariables(text, known);
  // Without a query its last character alone, which refers to nothing.
  const query = text.slice(text.indexOf('?'));
  if (expandVariables(query, known) === query && findBaseUrl(expanded)) return expanded;
  // `$NAME` can be a part of an address, `${NAME}` cannot.
  return findBaseUrl(text) ? text.replace(REFERENCE, (reference) => `\${${nameIn(reference)}}`) : text;
}

/** A name with variables in the place of what refers to them, unless that is a key: names are shown. */
function expandName(text: string, known: Lookup): string {
  const expanded = expandVariables(text, known);
  return isKeyNotName(expanded) ? text : expanded;
}

/** `modelProviders` with variables in the ids, names and base URLs of its entries; all else stays as it is. */
export function expandProviders(modelProviders: unknown, known: Lookup): unknown {
  return mapValues(modelProviders, (list) =>
    Array.isArray(list)
      ? list.map((entry: unknown) =>
          mapValues(entry, (value, name) =>
            typeof value === 'string' ? (EXPANDED.get(name)?.(value, known) ?? value) : value,
          ),
        )
      : list,
  );
}

function mapValues(value: unknown, map: (member: unknown, name: string) => unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member, name)]));
}

function nameIn(reference: string): string {
  return reference.replaceAll(/\W/g, '');
}
