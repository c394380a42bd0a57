import * as l10n from '@vscode/l10n';

// The locale is a sentence like all others: whatever language is set, `Intl` speaks the same.

/** The locale for numbers and amounts, in the language that is set. */
export const numberLocale = (): string => l10n.t('en-US');

/** The locale for dates and times, in the language that is set. */
export const timeLocale = (): string => l10n.t('en-GB');
