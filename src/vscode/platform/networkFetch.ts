import { workspace } from 'vscode';
import { environmentProxy, readProxy } from '../../core/network/environmentProxy';
import { createExplainedFetch } from '../../core/network/explainedFetch';
import { createNodeFetch } from '../../core/network/nodeFetch';
import { platformRequest } from '../../core/network/nodeRequest';
import type { Fetch } from '../../core/base/ports';

/**
 * VS Code's own `fetch`: it goes by the proxy of VS Code's settings, and trusts the system's authorities. Those of
 * NODE_EXTRA_CA_CERTS are known to its `https` alone, which is asked where nobody else vouches for a server.
 */
export function createNetworkFetch(): Fetch {
  const ofEnvironment = environmentProxy(process.env);
  return createExplainedFetch({
    fetch: (url, init) => fetch(url, init),
    request: platformRequest,
    proxyOf: (url) => {
      const set = workspace.getConfiguration('http').get('proxy');
      return (typeof set === 'string' && readProxy(set)?.host) || ofEnvironment(url)?.host;
    },
    trustMore: () => (process.env['NODE_EXTRA_CA_CERTS'] ? createNodeFetch(platformRequest) : undefined),
  });
}
