import tls from 'node:tls';
import { environmentProxy } from '../core/network/environmentProxy';
import { ExplainedFetch } from '../core/network/explainedFetch';
import { createNodeFetch } from '../core/network/nodeFetch';
import { patientFetch } from '../core/network/patientFetch';
import { requestThrough } from '../core/network/proxiedRequest';
import type { Fetch } from '../core/base/ports';

/** Node's `fetch`, by the proxy of the environment, and with the system's authorities where Node's own do not do. */
export function createNetworkFetch(environment: Readonly<Record<string, string | undefined>>): Fetch {
  const proxyFor = environmentProxy(environment);
  const request = requestThrough(proxyFor);
  const throughProxy = createNodeFetch(request);
  const straight = patientFetch((url, init) => fetch(url, init), throughProxy);
  return new ExplainedFetch({
    fetch: (url, init) => (proxyFor(new URL(url)) ? throughProxy : straight)(url, init),
    request,
    proxyOf: (url) => proxyFor(url)?.host,
    // Reading them takes a moment, and hardly anybody needs them.
    trustMore: () => {
      const authorities = systemAuthorities();
      return authorities && createNodeFetch(request, authorities);
    },
  }).fetch;
}

/** Undefined where Node is too old to read them: before 22.15. */
function systemAuthorities(): readonly string[] | undefined {
  if (!Object.hasOwn(tls, 'getCACertificates')) return undefined;
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
}
