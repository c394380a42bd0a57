import { isLoopback, isSecure, isUnspecified } from '../base/origin';

/**
 * Characters that no address has (RFC 3986) or that its parsers disagree about, and characters that hide or reorder what
 * a person reads.
 */
const DOUBTFUL = /[\s\\"<>^`{|}\p{Cc}\p{Cf}\p{Cs}]/u;
const WITH_HOST_ALONE = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i;

/**
 * An address that a server names, as it may be sent to or opened: on https, without a login in it, and nothing that is
 * read in two ways; in ASCII, as RFC 3986 wants it. Only an issuer of this machine may name this machine, be it on plain
 * http: nobody else knows what listens here. Undefined for any other.
 */
export function pageAddress(text: string, issuer: string): string | undefined {
  const url = DOUBTFUL.test(text) || !WITH_HOST_ALONE.test(text) ? undefined : parsed(text);
  if (!url || !isSecure(url.href)) return undefined;
  const own = new URL(issuer);
  if (isThisMachine(url) && !isThisMachine(own)) return undefined;
  if (url.protocol === 'http:' && own.protocol !== 'http:') return undefined;
  return /^[\x21-\x7e]+$/.test(text) ? text : url.href;
}

/** Whether a browser goes to this machine, by whatever name (RFC 6761 §6.3, RFC 4291 §2.5.5.2). */
function isThisMachine({ hostname }: URL): boolean {
  const name = hostname.replace(/\.$/, '');
  return (
    isLoopback(name) ||
    isUnspecified(name) ||
    /\.localhost$|\blocalhost6?\.localdomain6?$|^\[::ffff:(?:7f[\da-f]{2}|0):/.test(name)
  );
}

/** `URL.canParse` of Node 20 says no to letters such as ü once it was called often. */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
