import { isRecord } from '../base/json';

/** The person's variables, by name. */
export type Lookup = (name: string) => string | undefined;

/** `$NAME` and `${NAME}`. */
const REFERENCE = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

/** What of a model entry may refer to variables. A key goes nowhere by way of one: `envKey` names it. */
const EXPANDED: ReadonlySet<string> = new Set(['id', 'name', 'baseUrl']);

/** A text with variables in the place of what refers to them; unknown references stay as they are. */
export function expandVariables(text: string, known: Lookup): string {
  return text.replace(REFERENCE, (...reference: readonly string[]) => known(nameIn(reference)) ?? reference[0] ?? '');
}

/** Whether a text refers to a variable that is not known. */
export function isUnresolved(text: string, known: Lookup): boolean {
  return [...text.matchAll(REFERENCE)].some((reference) => known(nameIn(reference)) === undefined);
}

/** `modelProviders` with variables in the ids, names and base URLs of its entries; all else stays as it is. */
export function expandProviders(modelProviders: unknown, known: Lookup): unknown {
  return mapValues(modelProviders, (list) =>
    Array.isArray(list)
      ? list.map((entry: unknown) =>
          mapValues(entry, (value, name) =>
            EXPANDED.has(name) && typeof value === 'string' ? expandVariables(value, known) : value,
          ),
        )
      : list,
  );
}

function mapValues(value: unknown, map: (member: unknown, name: string) => unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member, name)]));
}

function nameIn([, braced, plain]: readonly (string | undefined)[]): string {
  return braced ?? plain ?? '';
}
