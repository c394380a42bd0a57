import { isLoopbackAddress } from '../base/origin';
import type { Fetch } from '../base/ports';
import type { Provider } from '../providers/provider';
import { listServerModels } from './serverModels';

/** What runs on this computer answers at once, or not at all. */
const TIMEOUT_MS = 2000;

/** A server of the person's own, and where it is asked for. */
export interface OwnServer {
  readonly provider: Pick<Provider, 'id' | 'modelsPath'>;
  readonly baseUrl: string;
}

/** The ids of those providers that have a server on this computer which answers with its models. Never throws. */
export async function findLocalServers(
  fetch: Fetch,
  servers: readonly OwnServer[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const found = await Promise.all(
    servers.map(async ({ provider: { id, modelsPath }, baseUrl }) => {
      if (!isLoopbackAddress(baseUrl)) return [];
      const access = { baseUrl, key: undefined, keyHeader: 'authorization', modelsPath } as const;
      return await listServerModels(fetch, access, within).then(
        () => [id],
        () => [],
      );
    }),
  );
  return found.flat();
}
