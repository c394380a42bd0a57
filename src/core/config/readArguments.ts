import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { Secret } from '../base/secret';
import type { Argument, ArgumentName } from './arguments';
import { roleOf } from './families';
import { readVariable } from './variableValue';

/** The arguments that say how to reach a model, and the variables that each stands in front of. */
const ARGUMENTS = [
  { name: '--openai-api-key', standsFor: ['OPENAI_API_KEY'] },
  { name: '--openai-base-url', standsFor: ['OPENAI_BASE_URL', 'LLAMA_API_BASE_URL'] },
  { name: '--model', standsFor: ['OPENAI_MODEL', 'LLAMA_API_MODEL'] },
] as const;

/**
 * The arguments that were given. Throws `ConfigurationError` for one without a value, which is most likely an unset
 * variable of the shell, and for one that cannot be used.
 */
export function readArguments(given: Readonly<Partial<Record<ArgumentName, string | undefined>>>): readonly Argument[] {
  return ARGUMENTS.flatMap(({ name, standsFor }) => {
    const text = given[name];
    if (text === undefined) return [];
    const source = { kind: 'argument', name } as const;
    const written = { name, value: new Secret(text), source, side: 'person' } as const;
    const { variable, problem } = readVariable(written, roleOf(standsFor[0]));
    if (problem) throw problem;
    if (!variable)
      throw new ConfigurationError(
        { field: name },
        l10n.t('{name} is empty. Give it a value, or leave it out.', { name }),
      );
    return [{ ...written, value: variable.value, standsFor }];
  });
}
