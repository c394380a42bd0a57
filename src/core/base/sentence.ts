import * as l10n from '@vscode/l10n';

/** How a sentence ends, in any script, with a quote or bracket behind it or not. */
const END = /[.!?…。！？][)"'”’»」）]?$/;

/** The text as a sentence: with a full stop, unless it has an end already. */
export function sentence(text: string): string {
  return END.test(text) ? text : l10n.t('{0}.', text);
}
