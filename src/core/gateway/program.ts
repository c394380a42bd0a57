import * as l10n from '@vscode/l10n';
/** What stands before the name of a program among those who ask. */
const TERMINAL = 'terminal/';
/** A product and what it is built with, or its version (RFC 9110 §10.1.5). */
const PRODUCT = /^([\w.-]{1,40})(?:\/([\w.-]{1,40}))?/;

/** Who asks, by the name that a program gives itself in `User-Agent`: `terminal/QwenCode`. */
export function programOf(userAgent: string | undefined): string {
  const [, product = 'unknown', detail = ''] = PRODUCT.exec(userAgent ?? '') ?? [];
  return TERMINAL + (/^[a-z]/i.test(detail) ? `${product}/${detail}` : product);
}

/** The name of a program in a terminal; undefined for an initiator of another kind. */
export function programName(initiator: string): string | undefined {
  return initiator.startsWith(TERMINAL)
    ? l10n.t('{program} in the terminal', { program: initiator.slice(TERMINAL.length) })
    : undefined;
}
