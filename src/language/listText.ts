import * as l10n from '@vscode/l10n';

/** Names one after another, as the language that is set separates them: `A, B`. */
export const listText = (names: readonly string[]): string => names.join(l10n.t(', '));
