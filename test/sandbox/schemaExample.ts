import { isRecord } from './json';

/** A value that a JSON schema describes: its own example where it has one, else one guessed from type and name. */
export function exampleOf(schema: unknown, name = ''): unknown {
  if (!isRecord(schema)) return {};
  const { type, properties, required, items, enum: choices, default: preset } = schema;
  if (preset !== undefined) return preset;
  if (Array.isArray(choices) && choices.length > 0) return choices[0];
  switch (Array.isArray(type) ? type[0] : type) {
    case 'string':
      return exampleText(name);
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [exampleOf(items, name)];
    default: {
      const needed = Array.isArray(required) ? required : [];
      const members = Object.entries(isRecord(properties) ? properties : {}).filter(([key]) => needed.includes(key));
      return Object.fromEntries(members.map(([key, value]) => [key, exampleOf(value, key)]));
    }
  }
}

function exampleText(name: string): string {
  if (/path|file/i.test(name)) return 'hello.txt';
  if (/uri|url/i.test(name)) return 'https://example.com/';
  return 'Hello from the sandbox.';
}
