import { isLoopback } from '../base/origin';
import { noProxyRules } from './noProxy';
import { proxyProblem, readProxy, unusableProxy } from './proxyAddress';
import type { ConfigurationError } from '../base/errors';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an address, as curl and others read it: `https_proxy`, `http_proxy`,
 * `all_proxy` and `no_proxy`, in small letters first. Undefined where there is none; requests to this machine never
 * take one. Throws `Obstacle` for one that cannot be used.
 */
export function environmentProxy(environment: Environment): (url: URL) => URL | undefined {
  const isExcepted = noProxyRules(variable(environment, 'no_proxy')?.text ?? '');
  return (url) => {
    if (isLoopback(url.hostname) || isExcepted(url)) return undefined;
    const set = [`${url.protocol.slice(0, -1)}_proxy`, 'all_proxy'].flatMap(
      (name) => variable(environment, name) ?? [],
    );
    const [first] = set;
    if (!first) return undefined;
    const obstacle = unusableProxy(first.name, first.text);
    if (obstacle) throw obstacle;
    return readProxy(first.text);
  };
}

/** What is wrong with the proxies of the environment. */
export function proxyProblems(environment: Environment): readonly ConfigurationError[] {
  return ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => {
    const set = variable(environment, name);
    const obstacle = set && unusableProxy(set.name, set.text);
    return (obstacle && proxyProblem(obstacle)) ?? [];
  });
}

/** A variable in small letters, else in capital ones; undefined where it is empty. */
function variable(
  environment: Environment,
  name: string,
): { readonly name: string; readonly text: string } | undefined {
  const found = environment[name] === undefined ? name.toUpperCase() : name;
  const text = environment[found]?.trim() ?? '';
  return text === '' ? undefined : { name: found, text };
}
