import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** A certificate and its key, as servers and programs take them (PEM). */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of a test's own. */
export interface Authority {
  /** What has to be trusted for its certificates to be. */
  readonly cert: string;
  /** A certificate for a server of these names, valid from a day ago until tomorrow unless given, in days from now. */
  issue(names: readonly string[], valid?: { readonly fromDays?: number; readonly toDays?: number }): Certificate;
}

/** Makes an authority of that name. */
export function createAuthority(name: string): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = { issuer: name, signer: privateKey, subject: name, publicKey, extensions: [IS_AUTHORITY] };
  return {
    cert: certificate(own),
    issue: (names, valid) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const [subject = ''] = names;
      const extensions = [alternativeNames(names)];
      return {
        cert: certificate({
          issuer: name,
          signer: privateKey,
          subject,
          publicKey: pair.publicKey,
          extensions,
          ...valid,
        }),
        key: pem(pair.privateKey),
      };
    },
  };
}

/** A certificate that a server has signed for itself. */
export function selfSigned(names: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [subject = ''] = names;
  const extensions = [alternativeNames(names)];
  return {
    cert: certificate({ issuer: subject, signer: privateKey, subject, publicKey, extensions }),
    key: pem(privateKey),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const IS_AUTHORITY = sequence(objectId('551d13'), element(0x01, [0xff]), octets(sequence(element(0x01, [0xff]))));

/** RFC 5280 §4.1, as much of it as servers on this machine need. */
function certificate(about: {
  readonly issuer: string;
  readonly signer: KeyObject;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly fromDays?: number;
  readonly toDays?: number;
}): string {
  const { issuer, signer, subject, publicKey, extensions, fromDays = -1, toDays = 1 } = about;
  const unsigned = sequence(
    element(0xa0, element(0x02, [2])),
    element(0x02, [1, ...randomBytes(8)]),
    ECDSA_WITH_SHA256,
    commonName(issuer),
    sequence(time(fromDays), time(toDays)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions)),
  );
  const signature = element(0x03, [0, ...sign('sha256', unsigned, signer)]);
  return new X509Certificate(sequence(unsigned, ECDSA_WITH_SHA256, signature)).toString();
}

function alternativeNames(names: readonly string[]): Buffer {
  const each = names.map((name) =>
    /^[\d.]+$/.test(name) ? element(0x87, name.split('.').map(Number)) : element(0x82, Buffer.from(name)),
  );
  return sequence(objectId('551d11'), octets(sequence(...each)));
}

function commonName(name: string): Buffer {
  return sequence(element(0x31, sequence(objectId('550403'), element(0x0c, Buffer.from(name)))));
}

function time(days: number): Buffer {
  const text = new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]|\.\d+/g, '');
  return element(0x18, Buffer.from(text));
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function sequence(...members: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(members));
}

function octets(content: Buffer): Buffer {
  return element(0x04, content);
}

function objectId(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, 'hex'));
}

/** Tag, length and content (X.690 §8.1). */
function element(tag: number, content: Buffer | readonly number[]): Buffer {
  const bytes = Buffer.from(content);
  const { length } = bytes;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), bytes]);
}
