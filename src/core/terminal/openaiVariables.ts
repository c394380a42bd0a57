import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import type { Access } from '../providers/access';
import type { ModelIdentity } from '../providers/model';

/** What clients expect where a server needs no key; without it they would take another key that they find. */
const NO_KEY = 'none';

/**
 * The variables by which OpenAI's clients and Qwen Code find a model. Throws
 * `ConfigurationError` for what none can hold.
 */
export function openaiVariables({ id }: Pick<ModelIdentity, 'id'>, access: Access): Readonly<Record<string, string>> {
  return checkedVariables({ OPENAI_API_KEY: keyValue(access), OPENAI_BASE_URL: access.baseUrl, OPENAI_MODEL: id });
}

/** The key as a variable holds it, also where there is none. */
export function keyValue({ key }: Pick<Access, 'key'>): string {
  return key?.reveal() ?? NO_KEY;
}

/** The same variables. Throws `ConfigurationError` where one has a value that no variable can hold. */
export function checkedVariables(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const broken = Object.entries(variables).find(([, value]) => value.includes('\0'));
  if (broken)
    throw new ConfigurationError(
      { variable: broken[0] },
      l10n.t('The value for {name} holds a NUL character, which no variable can.', { name: broken[0] }),
    );
  return variables;
}
