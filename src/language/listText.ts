import * as l10n from '@vscode/l10n';

/** Names one after another, as the language that is set separates them: `A, B`. */
export const listText = (names: readonly string[]): string => names.join(l10n.t(', '));

/** What is longer than a name, or has commas in it, one after another: `A, B; C`. */
export const longListText = (items: readonly string[]): string => items.join(l10n.t('; '));

/** Names of which one is meant: `A or B`. */
export const orText = (names: readonly string[]): string => names.join(l10n.t(' or '));

/** Names of which all are meant: `A and B`. */
export const andText = (names: readonly string[]): string => names.join(l10n.t(' and '));
