import { isRecord } from '../base/json';

/** A JSON schema. */
type Schema = Readonly<Record<string, unknown>>;

/** How deep a plain schema nests. */
const DEEPEST = 12;

/**
 * The schema in the few keywords that every server takes: `type`, `description`, `enum`, `properties`,
 * `required`, `items` and, alone, `anyOf`. References are resolved; what cannot be said in these is left out, so
 * that more may fit than before.
 */
export function plainSchema(root: Schema): Schema {
  return plain(root, { root, levels: DEEPEST, references: [] });
}

/** Where in a schema something stands: references to one that it is in itself are not followed again. */
interface Place {
  readonly root: Schema;
  readonly levels: number;
  readonly references: readonly unknown[];
}

function plain(schema: unknown, place: Place): Schema {
  // `true` is a schema too: that of anything.
  if (!isRecord(schema)) return { type: 'string' };
  if (place.levels === 0 || place.references.includes(schema['$ref'])) return { type: 'object' };
  const within = { ...place, levels: place.levels - 1 };
  if (schema['$ref'] !== undefined) {
    const { $ref: reference, ...own } = schema;
    const meant = referenced(reference, place.root);
    return plain({ ...meant, ...own }, { ...within, references: [...place.references, reference] });
  }
  const { anyOf, oneOf, allOf, ...own } = schema;
  if (Array.isArray(allOf)) return plain(joined([{ ...schema, allOf: undefined }, ...allOf.filter(isRecord)]), within);
  const choices = [anyOf, oneOf].find(Array.isArray)?.filter((one) => !isNull(one)) ?? typesOf(own);
  const [first, ...others] = choices;
  if (first === undefined) return alone(own, within);
  if (others.length === 0) return plain({ ...own, ...first, ...described(own) }, within);
  // Objects that differ in what they hold are one that may hold all of it.
  if (isObject(own)) return plain({ ...joined([own, ...choices]), required: own['required'] }, within);
  return { anyOf: choices.map((one) => plain({ ...described(own), ...one }, within)) };
}

/** A schema that leaves no choice. */
function alone(schema: Schema, place: Place): Schema {
  const values = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : [];
  const type = typeOf(schema, values);
  // Gemini takes a list of values for texts only.
  const isOfTexts = values.length > 0 && values.every((value) => typeof value === 'string');
  const listed = values.length > 0 && !isOfTexts ? `One of ${JSON.stringify(values)}.` : '';
  const description = [schema['description'], listed].filter((said) => typeof said === 'string' && said).join(' ');
  return {
    type,
    ...(description && { description }),
    ...(isOfTexts && { enum: values }),
    ...(type === 'object' && membersOf(schema, place)),
    // A list of several schemas is one of tuples.
    ...(type === 'array' && { items: plain([schema['items']].flat()[0], place) }),
  };
}

function membersOf({ properties, required }: Schema, place: Place): Schema {
  const members = Object.entries(isRecord(properties) ? properties : {});
  const needed = Array.isArray(required) ? required.filter((name) => members.some(([own]) => own === name)) : [];
  return {
    properties: Object.fromEntries(members.map(([name, member]) => [name, plain(member, place)])),
    ...(needed.length > 0 && { required: needed }),
  };
}

/** What a local reference such as `#/$defs/item` stands for. */
function referenced(reference: unknown, root: Schema): Schema {
  const steps = String(reference).split('/').slice(1);
  const found = steps.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), root);
  return isRecord(found) ? found : {};
}

/** One schema for all of these; of what two of them say, the first has the word. */
function joined(schemas: readonly Schema[]): Schema {
  return schemas.reduce<Schema>((all, one) => {
    const [known, more] = [all, one].map(({ properties }) => (isRecord(properties) ? properties : {}));
    const required = [all, one].flatMap((schema) => schema['required'] ?? []);
    return { ...one, ...all, properties: { ...more, ...known }, required };
  }, {});
}

/** A list of types as a choice between them; none where there is one type at most. */
function typesOf(schema: Schema): readonly Schema[] {
  const types = schema['type'];
  return Array.isArray(types) ? types.filter((type) => type !== 'null').map((type) => ({ ...schema, type })) : [];
}

function typeOf(schema: Schema, values: readonly unknown[]): string {
  const { type, items } = schema;
  if (typeof type === 'string') return type;
  if (isObject(schema)) return 'object';
  if (items !== undefined) return 'array';
  const [value] = values;
  return typeof value === 'number' || typeof value === 'boolean' ? typeof value : 'string';
}

function isObject({ type, properties }: Schema): boolean {
  return type === 'object' || (type === undefined && isRecord(properties));
}

function isNull(schema: unknown): boolean {
  return isRecord(schema) && schema['type'] === 'null';
}

function described({ description }: Schema): Schema {
  return description === undefined ? {} : { description };
}
