import { TLSSocket, type PeerCertificate } from 'node:tls';
import type { NodeRequest } from './nodeRequest';
import type { CertificateFault } from '../base/obstacle';
import { oneLine } from '../base/oneLine';

const TIMEOUT_MS = 5000;
/** As long as a name of an authority may be (RFC 5280, appendix A). */
const LONGEST_NAME = 64;

/** What the platform's codes mean; any other code means a certificate that cannot be used. */
const FAULTS: Readonly<Record<string, CertificateFault['why']>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknownIssuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknownIssuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknownIssuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknownIssuer',
  CERT_UNTRUSTED: 'unknownIssuer',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'otherHost',
};

/** Whether a code says that nobody is known who vouches for a certificate. */
export function isUnknownIssuer(code: string): boolean {
  return FAULTS[code] === 'unknownIssuer' || FAULTS[code] === 'selfSigned';
}

/**
 * What is wrong with the certificate that a server was refused for. It is asked for once more to read it: the
 * connection is closed as soon as it is there, and no request is sent.
 */
export async function certificateFault(url: URL, code: string, begin: NodeRequest): Promise<CertificateFault> {
  const why = FAULTS[code] ?? 'unusable';
  const certificate = await readCertificate(url, begin).catch(() => undefined);
  if (!certificate) return { why };
  const { issuer, subject, subjectaltname, valid_from: from, valid_to: to } = certificate;
  const name = nameOf(issuer.CN ?? issuer.O ?? issuer.OU);
  const names = nameOf(subjectaltname?.replace(/\b(?:DNS|IP Address):/g, '') ?? subject.CN);
  const day = why === 'expired' ? dayOf(to) : why === 'notYetValid' ? dayOf(from) : undefined;
  return { why, ...(name && { issuer: name }), ...(names && { names }), ...(day && { day }) };
}

/** Whether a server shows a certificate at the port of an address, and so speaks TLS there. No request is sent. */
export async function speaksTls({ hostname, port }: URL, begin: NodeRequest): Promise<boolean> {
  const url = new URL(`https://${hostname}:${port || 80}`);
  return (await readCertificate(url, begin).catch(() => undefined)) !== undefined;
}

async function readCertificate(url: URL, begin: NodeRequest): Promise<PeerCertificate | undefined> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  // Looked at, not trusted: what would be sent over this connection is never sent.
  const request = await begin(url, { rejectUnauthorized: false, signal });
  try {
    return await new Promise((resolve, reject) => {
      request.once('error', reject);
      request.once('socket', (socket) => {
        if (!(socket instanceof TLSSocket)) return resolve(undefined);
        // Behind a proxy the handshake may be over by now.
        const shown = socket.getPeerCertificate();
        if (Object.hasOwn(shown, 'issuer')) return resolve(shown);
        socket.once('secureConnect', () => resolve(socket.getPeerCertificate()));
      });
    });
  } finally {
    request.destroy();
  }
}

/** A name that somebody else has written, as a person may read it. */
function nameOf(text: string | readonly string[] | undefined): string {
  const plain = oneLine(String(text ?? '').replaceAll('"', ' '));
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME)}…` : plain;
}

function dayOf(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}
