/** What is wrong with the certificate that a server shows. */
export interface CertificateFault {
  readonly why: 'selfSigned' | 'unknownIssuer' | 'expired' | 'notYetValid' | 'otherHost' | 'unusable';
  /** Who issued it, in the certificate's own words; absent where it could not be read. */
  readonly issuer?: string;
  /** The names that it is for. */
  readonly names?: string;
  /** Its first or last day, where the time is what is wrong: `2026-11-20`. */
  readonly day?: string;
}

/** What a proxy does in place of passing a request on. */
export interface ProxyFault {
  /** Host and port, without a login; absent where only the platform knows. */
  readonly proxy?: string;
  /** The status that it answered with; absent where it was not reached. */
  readonly status?: number;
  /** What it speaks, where its address says https. */
  readonly speaks?: 'http';
  /** The variable or setting whose proxy cannot be used, and a sentence without full stop that says why. */
  readonly set?: { readonly name: string; readonly why: string };
}

/** What stands between this machine and a server, as far as could be found out. Holds nothing secret. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';

  constructor(
    /** The platform's code. */
    readonly code: string,
    readonly about:
      | { readonly certificate: CertificateFault }
      | { readonly proxy: ProxyFault }
      /** What the server speaks, which is not what it was asked by. */
      | { readonly speaks: 'http' | 'https' },
  ) {
    super(code);
  }
}

/** The obstacle that an unreachable proxy is, or one that answers in the server's place. */
export function proxyObstacle(proxy: string | undefined, how: number | string): Obstacle {
  const named = proxy === undefined ? {} : { proxy };
  return typeof how === 'number'
    ? new Obstacle(`PROXY_${how}`, { proxy: { ...named, status: how } })
    : new Obstacle(how, { proxy: named });
}

/** The obstacle at the bottom of an error. */
export function obstacleIn(error: unknown): Obstacle | undefined {
  if (error instanceof Obstacle) return error;
  return error instanceof Error ? obstacleIn(error.cause) : undefined;
}

/**
 * Whether an error says that plain http was answered where TLS had begun: OpenSSL and BoringSSL take it for a version.
 */
export function isPlainAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isTls =
    /^EPROTO$|^ERR_SSL_/.test(code) && /wrong.version.number|packet.length.too.long|http.request/i.test(error.message);
  return (
    isTls ||
    /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/.test(code) ||
    isPlainAnswer(error.cause)
  );
}

/** Whether a code says that the other side ended the connection. */
export function isCutCode(code: string): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code);
}

/** Whether a code says that a certificate was refused. */
export function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|LEAF_SIGNATURE|^ERR_TLS/.test(code);
}
