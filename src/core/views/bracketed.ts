import * as l10n from '@vscode/l10n';
import { sentence } from '../base/sentence';

/** A text, and behind it in brackets what it is exactly, where there is such. */
export function withBrackets(text: string, exactly: string | number | undefined): string {
  return exactly === undefined ? text : l10n.t('{text} ({exactly})', { text, exactly });
}

/** The same as a sentence, with a full stop behind the brackets. */
export function bracketed(text: string, exactly: string | number | undefined): string {
  return sentence(withBrackets(text, exactly));
}
