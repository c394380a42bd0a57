import * as l10n from '@vscode/l10n';
import { ConfigurationError, type Where } from '../base/errors';
import { isHiding } from '../base/oneLine';
import { visibleText, withoutComment, withoutQuotes } from '../base/pasted';
import { Secret } from '../base/secret';
import { describeSource, type Source } from '../providers/source';
import { readBaseUrl } from './baseUrl';
import type { Role } from './families';
import { isKeyNotName } from './keyShape';
import { readKey } from './keyText';
import { placeholderKind, type PlaceholderKind } from './placeholder';
import type { Variable } from './variable';

/** What a text comes to that sets a variable: its value, unless it counts as not set, and what is to be said of it. */
export interface VariableValue {
  /** Its own `problem` says why it cannot be used as it stands. */
  readonly variable?: Variable;
  readonly problem?: ConfigurationError;
}

/**
 * The value in a text that sets a variable. What is empty, or only stands for a value, counts as not set. `keys` are
 * the texts that are keys: none of them is a model or an address.
 */
export function readVariable(written: Variable, role: Role, keys: readonly Secret[] = []): VariableValue {
  if (written.problem) return { variable: written, problem: written.problem };
  if (role === 'key') return readKeyVariable(written);
  const text = withoutQuotes(withoutComment(visibleText(written.value.reveal())));
  if (text === '') return {};
  if (isKeyNotName(text) || keys.some((key) => key.reveal().trim() === text)) return misplacedKey(written, role);
  return role === 'model' ? readModel(written, text) : readAddress(written);
}

/** A problem of the text that sets a variable, with its place. */
export function variableProblem(
  { source }: Pick<Variable, 'source'>,
  what: string,
  severity: ConfigurationError['severity'] = 'error',
): ConfigurationError {
  const place = describeSource(source);
  return new ConfigurationError(
    whereOf(source),
    l10n.t('{place}: {what}', { place: place.replace(/^the /, 'The '), what }),
    severity,
  );
}

function readKeyVariable(written: Variable): VariableValue {
  const read = readKey(written.value.reveal());
  switch (read.kind) {
    case 'empty':
      return {};
    case 'placeholder':
      return { problem: notSet(written, read.what, l10n.t('key')) };
    case 'unusable':
      return unusable(written, read.why);
    case 'key':
      return { variable: { ...written, value: read.key } };
  }
}

function readModel(written: Variable, text: string): VariableValue {
  // What a person types is no file's doing.
  if (isHiding(text) && written.source.kind !== 'argument')
    return unusable(written, l10n.t('The name of a model is one line of characters that can be seen.'));
  const what = placeholderKind(text, 'model');
  return what
    ? { problem: notSet(written, what, l10n.t('model name')) }
    : { variable: { ...written, value: new Secret(text) } };
}

/** A key must not go to a default because its address cannot be read, so that here nothing counts as not set. */
function readAddress(written: Variable): VariableValue {
  try {
    return { variable: { ...written, value: new Secret(readBaseUrl(written.value.reveal()).baseUrl) } };
  } catch (error) {
    if (error instanceof ConfigurationError) return unusable(written, error.message);
    throw error;
  }
}

function misplacedKey(written: Variable, role: Role): VariableValue {
  const expected = role === 'model' ? l10n.t('the name of a model') : l10n.t('an address');
  return unusable(
    written,
    l10n.t('What stands there looks like a key, where {expected} should be, so it is neither used nor shown.', {
      expected,
    }),
  );
}

function unusable(written: Variable, why: string): VariableValue {
  const problem = variableProblem(written, why);
  return { variable: { ...written, problem }, problem };
}

function notSet(written: Variable, what: PlaceholderKind, expected: string): ConfigurationError {
  const why = {
    example: l10n.t('This only shows where a {expected} would stand', { expected }),
    reference: l10n.t('This refers to a value that is kept elsewhere, and nothing is expanded here'),
    masked: l10n.t('A part of this {expected} is hidden', { expected }),
  } as const satisfies Record<PlaceholderKind, string>;
  const so = written.source.kind === 'argument' ? l10n.t('it cannot be used') : l10n.t('it counts as not set');
  return variableProblem(
    written,
    l10n.t('{why}, so {so}. Put the {expected} itself there.', { why: why[what], so, expected }),
    'warning',
  );
}

function whereOf({ kind, name = '', file, line }: Source): Where {
  if (file) return { file, ...(line !== undefined && { line }) };
  return kind === 'argument' ? { field: name } : { variable: name };
}
