import { isLoopback, portOf } from '../base/origin';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an address, as curl and others read it: `https_proxy`, `http_proxy`,
 * `all_proxy` and `no_proxy`, in small letters first. Undefined where there is none, or none that can be used; requests to
 * this machine never take one.
 */
export function environmentProxy(environment: Environment): (url: URL) => URL | undefined {
  const variable = (name: string): string => (environment[name] ?? environment[name.toUpperCase()] ?? '').trim();
  const except = variable('no_proxy')
    .split(/[\s,]+/)
    .filter(Boolean);
  return (url) => {
    if (isLoopback(url.hostname) || except.some((rule) => isExcepted(url, rule))) return undefined;
    return readProxy(variable(`${url.protocol.slice(0, -1)}_proxy`) || variable('all_proxy'));
  };
}

/** The proxy that a text names; undefined where it names none that can be used. */
export function readProxy(text: string): URL | undefined {
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = text && URL.canParse(full) ? new URL(full) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** A rule is `*`, or a host with or without a port, which stands for all hosts below it too. */
function isExcepted(url: URL, rule: string): boolean {
  if (rule === '*') return true;
  const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  if (only !== undefined && Number(only) !== portOf(url)) return false;
  const domain = name.replace(/^\*?\./, '');
  const { hostname } = url;
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
