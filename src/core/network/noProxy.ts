import { BlockList, isIP } from 'node:net';
import { bareHostname, portOf } from '../base/origin';

/**
 * Whether a text such as that of `NO_PROXY` excepts an address. It holds rules between commas, semicolons or blanks, as
 * curl and others read them: `*`, a host with or without a port, which stands for all hosts below it too, a network
 * such as `10.0.0.0/8`, a pattern such as `10.*`, and `<local>` for names without a dot.
 */
export function noProxyRules(text: string): (url: URL) => boolean {
  const rules = text
    .toLowerCase()
    .split(/[\s,;]/)
    .map(readRule);
  return (url) => rules.some((rule) => rule(url));
}

type Rule = (url: URL) => boolean;

function readRule(text: string): Rule {
  if (text === '<local>') return ({ hostname }) => /^[\w-]+$/.test(hostname);
  const rule = text.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const network = readNetwork(rule);
  if (network) return network;
  const { name, port } = readPlace(rule);
  const domain = name.replace(/^\*?\./, '');
  const isHost = domain.includes('*') ? matches(name) : isOrBelow(domain);
  return (url) => (port === undefined || port === portOf(url)) && isHost(plainHost(url));
}

function readNetwork(rule: string): Rule | undefined {
  const [, address = '', bits = ''] = /^\[?([\d.]+|[\da-f:.]+:[\da-f:.]*)\]?\/(\d{1,3})$/.exec(rule) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return undefined;
  const networks = new BlockList();
  networks.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return (url) => {
    const host = bareHostname(url);
    const own = isIP(host);
    return own > 0 && networks.check(host, own === 6 ? 'ipv6' : 'ipv4');
  };
}

/** An IPv6 address has colons of its own, and a port only behind brackets. */
function readPlace(rule: string): { readonly name: string; readonly port?: number } {
  const [, name = rule, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(rule) ?? [];
  const bare = name.replace(/[[\]]/g, '').replace(/\.$/, '');
  return { name: bare, ...(port !== undefined && { port: Number(port) }) };
}

function isOrBelow(domain: string): (host: string) => boolean {
  return (host) => host === domain || host.endsWith(`.${domain}`);
}

function matches(pattern: string): (host: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('[^/]*?')}$`);
  return (host) => expression.test(host);
}

function plainHost(url: URL): string {
  return bareHostname(url).replace(/\.$/, '');
}
