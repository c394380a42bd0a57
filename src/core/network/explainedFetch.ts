import { numberIn, stringIn } from '../base/json';
import { bareHostname, portOf } from '../base/origin';
import { platformCode } from '../base/platformCode';
import type { Fetch } from '../base/ports';
import { certificateFault, isUnknownIssuer, speaksTls } from './certificate';
import type { NodeRequest } from './nodeRequest';
import { isCertificateCode, isCutCode, isPlainAnswer, Obstacle, obstacleIn, proxyObstacle } from '../base/obstacle';

/** The ways to a server. */
interface Ways {
  readonly fetch: Fetch;
  /** The same way, for a look at what is there. */
  readonly request: NodeRequest;
  /** Host and port of the proxy that is set for an address, where it is known. */
  readonly proxyOf: (url: URL) => string | undefined;
  /** The same way, with more authorities trusted; undefined where no more are known. */
  readonly trustMore?: () => Fetch | undefined;
}

/**
 * `fetch` that finds out what stands in the way where nothing comes back: throws `Obstacle` for a certificate
 * that is not trusted, with its issuer, for a proxy, and for http where https is spoken, or the other way round.
 * Where nobody is known to vouch for a certificate, and more authorities are to be trusted, it tries again with
 * those: nothing was sent before.
 */
export class ExplainedFetch {
  readonly #ways: Ways;
  /** The way that trusts more, for the servers that are reached by it alone. */
  readonly #others = new Map<string, Fetch>();

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  readonly fetch: Fetch = async (text, init) => {
    const url = new URL(text);
    const answer = await this.#send(url, init, this.#others.get(url.origin) ?? this.#ways.fetch);
    if (answer.status !== 407) return answer;
    // Only proxies say so (RFC 9110 §15.5.8): it would pass for the server's.
    void answer.body?.cancel().catch(() => undefined);
    throw proxyObstacle(this.#ways.proxyOf(url), answer.status);
  };

  async #send(url: URL, init: RequestInit, way: Fetch): Promise<Response> {
    try {
      return await way(url.href, init);
    } catch (error) {
      if (init.signal?.aborted || obstacleIn(error)) throw error;
      const other = way === this.#ways.fetch ? this.#otherWay(url, error) : undefined;
      if (other) return await this.#send(url, init, other);
      this.#others.delete(url.origin);
      throw await this.#explained(url, error);
    }
  }

  /** The way that trusts more, from then on, where that is what was missing. */
  #otherWay({ origin }: URL, error: unknown): Fetch | undefined {
    if (!isUnknownIssuer(platformCode(error))) return undefined;
    const other = this.#others.get(origin) ?? this.#ways.trustMore?.();
    if (other) this.#others.set(origin, other);
    return other;
  }

  /** What stands in the way, or the error as it is where that is not known. */
  async #explained(url: URL, error: unknown): Promise<unknown> {
    const { request, proxyOf } = this.#ways;
    const code = platformCode(error);
    if (isPlainAnswer(error)) return new Obstacle(code, { speaks: 'http' });
    if (url.protocol === 'http:' && isCutCode(code) && (await speaksTls(url, request))) {
      return new Obstacle(code, { speaks: 'https' });
    }
    if (!isCertificateCode(code)) return proxyIn(error, url, proxyOf(url)) ?? error;
    return new Obstacle(code, { certificate: await certificateFault(url, code, request) });
  }
}

/**
 * The proxy that the platform complains of: by what it answered, or because it is not the server that was not reached.
 */
function proxyIn(error: unknown, url: URL, known: string | undefined): Obstacle | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = numberIn(error, 'connectResponseStatusCode');
  if (status !== undefined) return proxyObstacle(known, status);
  // The place that the system could not find or connect to.
  const [first]: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  const [hostname, address, port] = [stringIn(first, 'hostname'), stringIn(first, 'address'), numberIn(first, 'port')];
  const isOther = port === undefined ? hostname !== undefined && hostname !== bareHostname(url) : port !== portOf(url);
  // An IPv6 address stands in brackets before a port.
  const place = hostname ?? `${address?.replace(/.*:.*/, '[$&]')}:${port}`;
  if (isOther) return proxyObstacle(known ?? place, platformCode(error));
  return proxyIn(error.cause, url, known);
}
