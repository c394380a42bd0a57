import { BlockList, isIP } from 'node:net';

/** Scheme, host and port of a URL: what a credential is bound to. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/** Whether a text is a URL, and leads to where the other one does. */
export function isSameOrigin(text: string, url: string): boolean {
  return URL.canParse(text) && originOf(text) === originOf(url);
}

/**
 * The host of a URL as a person reads it, with its port where it is not the scheme's own; the text itself if it is no
 * URL. A host of more than 100 characters is shortened in the middle: whose it is stands at its end.
 */
export function hostOf(url: string): string {
  return URL.canParse(url) ? shortHost(new URL(url).host) : url;
}

/** How many characters of a long host are shown at its beginning, and at least at its end. */
const [HEAD, TAIL] = [24, 64];

/**
 * The end is made of whole labels: as many as are longer than any suffix under which names are registered, and one
 * more. The longest of the Public Suffix List has 57 characters, or one label of any length more. So what somebody has
 * registered is always to be seen, without the list, which is half as large as this program.
 */
function shortHost(host: string): string {
  if (host.length <= 100) return host;
  const labels = host.split('.');
  const enough = labels.findIndex((_, index) => labels.slice(-index - 1).join('.').length > TAIL);
  const end = labels.slice(-enough - 2).join('.');
  return HEAD + end.length < host.length ? `${host.slice(0, HEAD)}…${end}` : host;
}

/** A path that every server reads alike: without encoded characters and without `..`. */
const PLAIN_PATH = /^(?:\/[\w~@:-][\w.~@:-]*)*$/;

/** Whether a URL is another one or lies below its path, and every server on the way would say so. */
export function isBelow(url: string, base: string): boolean {
  const [one, other] = [new URL(url), new URL(base)];
  if (one.origin !== other.origin || one.search !== other.search) return false;
  const [path, above] = [withoutSlashes(one.pathname), withoutSlashes(other.pathname)];
  return path.startsWith(above) && PLAIN_PATH.test(path.slice(above.length));
}

/** The host name of a URL, as name services and sockets take it: an IPv6 address without its brackets. */
export function bareHostname({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The port that a URL of http or https leads to, named or not. */
export function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

/** A part of a URL in plain letters; what is not encoded as it should be stays as it is. */
export function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A URL as a person reads it: host and path, and the scheme only where it is not https. */
export function addressText(url: string): string {
  const text = url.replace(/^https:\/\//, '');
  return URL.canParse(url) ? text.replace(new URL(url).host, () => hostOf(url)) : text;
}

/** A URL or path without slashes at its end. Linear in its length, since a server may have sent it. */
export function withoutSlashes(url: string): string {
  return url.replace(/(?<!\/)\/+$/, '');
}

/** Whether a URL is https, or plain http on this machine, where nobody else can listen in. */
export function isSecure(url: string): boolean {
  return isLoopbackAddress(url) || (URL.canParse(url) && new URL(url).protocol === 'https:');
}

/** Whether a URL is plain http on this machine, where a native application may listen (RFC 8252 §7.3). */
export function isLoopbackAddress(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'http:' && isLoopback(new URL(url).hostname);
}

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Networks that nobody else is in: RFC 1918, RFC 3927, RFC 4193, RFC 4291 §2.5.6, and RFC 6598, which providers share
 * among their customers and Tailscale uses for its devices.
 */
const OWN_NETWORKS = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const;

/** `OWN_NETWORKS`, to look an address up in. */
let ownNetworks: BlockList | undefined;

function readOwnNetworks(): BlockList {
  const networks = new BlockList();
  for (const [network, bits, family] of OWN_NETWORKS) networks.addSubnet(network, bits, family);
  return networks;
}

/**
 * Endings of names that stay inside a house or company (RFC 6762, RFC 8375), or inside a
 * tailnet, whose way is encrypted.
 */
const OWN_NAME = /\.(local|internal|lan|home\.arpa|localhost|ts\.net)$/i;

/**
 * Whether a host name is this machine's, or one that stays inside a house or company: an address of its networks, a
 * name of its own, or a name without a dot, which no name service of the world knows.
 */
export function isPrivate(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  if (isLoopback(name) || isUnspecified(name)) return true;
  const address = bareHostname({ hostname: name });
  const family = isIP(address);
  if (family > 0) return (ownNetworks ??= readOwnNetworks()).check(address, family === 6 ? 'ipv6' : 'ipv4');
  return OWN_NAME.test(name) || /^[\w-]+$/.test(name);
}

/**
 * Whether a host name means every address of a machine. Servers print it as theirs, and nobody can reach them by it.
 */
export function isUnspecified(hostname: string): boolean {
  return hostname === '0.0.0.0' || hostname === '[::]';
}
