import * as l10n from '@vscode/l10n';

/**
 * What is said of one thing, in clauses one after another, as the language that is set separates them: `in the keychain,
 * ends in a289`. What is empty is left out.
 */
export function clausesText(...clauses: readonly (string | false | undefined)[]): string {
  return clauses.reduce<string>((text, next) => {
    if (!next) return text;
    return text === '' ? next : l10n.t('{text}, {next}', { text, next });
  }, '');
}
