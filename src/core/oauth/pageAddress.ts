import { isSecure } from '../base/origin';

/** Characters that URL parsers disagree about, and characters that hide or reorder what a person reads. */
const DOUBTFUL = /[\s\\\p{Cc}\p{Cf}\p{Cs}]/u;
const WITH_HOST_ALONE = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i;

/**
 * An address that a server names, as it may be sent to or opened: on https, without a login in it, and nothing that is
 * read in two ways; in ASCII, as RFC 3986 wants it. Only an issuer of this machine may name plain http, which is this
 * machine's ports. Undefined for any other.
 */
export function pageAddress(text: string, issuer: string): string | undefined {
  const url = DOUBTFUL.test(text) || !WITH_HOST_ALONE.test(text) ? undefined : parsed(text);
  if (!url || !isSecure(url.href)) return undefined;
  if (url.protocol === 'http:' && new URL(issuer).protocol !== 'http:') return undefined;
  return /^[\x21-\x7e]+$/.test(text) ? text : url.href;
}

/** `URL.canParse` of Node 20 says no to letters such as ü once it was called often. */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
