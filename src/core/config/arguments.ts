import type { Variable } from './variable';

/** The name of one of the arguments that say how to reach a model. */
export type ArgumentName = '--openai-api-key' | '--openai-base-url' | '--model';

/** An argument that was given: a word of the person's that beats every other source of its value. */
export interface Argument extends Variable {
  readonly name: ArgumentName;
  readonly standsFor: readonly string[];
}

/** The argument of that name, where it was given. */
export function argumentIn(given: readonly Argument[] | undefined, name: ArgumentName): Argument | undefined {
  return given?.find((argument) => argument.name === name);
}
