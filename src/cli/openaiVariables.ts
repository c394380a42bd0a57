import { ConfigurationError } from '../core/errors';
import type { Access } from '../core/models/access';
import type { Model } from '../core/models/model';

/** What clients expect where a server needs no key; without it they would take another key that they find. */
const NO_KEY = 'none';

/** The variables by which OpenAI's clients and Qwen Code find a model. Throws `ConfigurationError` for what none can hold. */
export function openaiVariables({ id }: Model, { baseUrl, key }: Access): Readonly<Record<string, string>> {
  const variables = { OPENAI_API_KEY: key?.reveal() ?? NO_KEY, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: id };
  const broken = Object.entries(variables).find(([, value]) => value.includes('\0'));
  if (broken)
    throw new ConfigurationError(broken[0], `The value for ${broken[0]} holds a NUL character, which no variable can.`);
  return variables;
}
