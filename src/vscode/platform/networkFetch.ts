import { workspace } from 'vscode';
import { ExplainedFetch } from '../../core/network/explainedFetch';
import { createNodeFetch } from '../../core/network/nodeFetch';
import { noProxyRules } from '../../core/network/noProxy';
import { patientFetch } from '../../core/network/patientFetch';
import { platformRequest } from '../../core/network/nodeRequest';
import { proxyProblem, readProxy, unusableProxy, VSCODE_CLIENT } from '../../core/network/proxyAddress';
import type { ConfigurationError } from '../../core/base/errors';
import type { Obstacle } from '../../core/base/obstacle';
import { isLoopback } from '../../core/base/origin';
import type { Fetch } from '../../core/base/ports';

/**
 * VS Code's own `fetch`: it goes by the proxy of VS Code's settings, and trusts the system's authorities. Those of
 * NODE_EXTRA_CA_CERTS are known to its `https` alone, which is asked where nobody else vouches for a server.
 */
export function createNetworkFetch(): Fetch {
  const send = patientFetch((url, init) => fetch(url, init), createNodeFetch(platformRequest));
  return new ExplainedFetch({
    fetch: (url, init) => {
      const obstacle = proxyInTheWay(new URL(url));
      return obstacle ? Promise.reject(obstacle) : send(url, init);
    },
    request: platformRequest,
    proxyOf: (url) => proxyFor(url)?.host,
    trustMore: () => (process.env['NODE_EXTRA_CA_CERTS'] ? createNodeFetch(platformRequest) : undefined),
  }).fetch;
}

const SETTING = 'http.proxy';
/** The first of these that is set counts for VS Code, whatever the scheme of an address. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** The proxy that VS Code would take for an address, were it one: it goes straight where it cannot read it. */
function proxySet(url: URL): { readonly name: string; readonly text: string } | undefined {
  if (isLoopback(url.hostname)) return undefined;
  const settings = workspace.getConfiguration('http');
  const excepted = settings.get<readonly string[]>('noProxy') ?? [];
  const rules = excepted.length > 0 ? excepted.join(',') : (process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? '');
  if (settings.get('proxySupport') === 'off' || noProxyRules(rules)(url)) return undefined;
  const set = settings.get('proxy');
  if (typeof set === 'string' && set.trim() !== '') return { name: SETTING, text: set };
  const name = VARIABLES.find((one) => process.env[one]);
  return name === undefined ? undefined : { name, text: process.env[name] ?? '' };
}

/** What is wrong with the proxy that VS Code would take. */
export function networkProblems(): readonly ConfigurationError[] {
  const obstacle = proxyInTheWay(new URL('https://example.com'));
  const problem = obstacle && proxyProblem(obstacle);
  return problem ? [problem] : [];
}

/** A variable without a scheme is passed over by VS Code, which may well know the system's proxy. */
function proxyInTheWay(url: URL): Obstacle | undefined {
  const set = proxySet(url);
  if (!set || (set.name !== SETTING && readProxy(set.text))) return undefined;
  return unusableProxy(set.name, set.text, VSCODE_CLIENT);
}

function proxyFor(url: URL): URL | undefined {
  const set = proxySet(url);
  return set && readProxy(set.text, VSCODE_CLIENT);
}
