// A secret as it may stand somewhere: as it is, or encoded in a way that anybody can read back.

/** How a server that echoes may write what it was sent. */
export const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'hex in small letters': (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'URL-encoded': (secret) => encodeURIComponent(secret),
  'JSON-escaped': (secret) => escaped(secret),
  'doubly URL-encoded': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'base64 of base64': (secret) => base64(base64(secret)),
  'split by a newline': (secret) => `${secret.slice(0, secret.length / 2)}\n${secret.slice(secret.length / 2)}`,
};

/** So many characters of a secret, one after the other, are a leak. */
const RUN = 10;
/** As many of an encoded one: at least eight of its own characters. */
const ENCODED_RUN = 16;

/**
 * All byte sequences that give a secret away: each run of it, and of every encoding that it has within a longer text.
 */
export function tracesOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const encoded = [
    // What stands before it in a text shifts the letters of base64 by one or two.
    ...[0, 1, 2].map((shift) => base64(`${' '.repeat(shift)}${secret}`).slice(shift === 0 ? 0 : 4, -4)),
    bytes.toString('base64url'),
    base64(base64(secret)),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
    [...bytes].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''),
    escaped(secret),
  ];
  const plain = runsOf(secret, RUN);
  const utf16 = plain.map((run) => Buffer.from(run, 'utf16le').toString('latin1'));
  return new Set([...plain, ...utf16, ...encoded.flatMap((text) => runsOf(text, ENCODED_RUN))]);
}

function runsOf(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function escaped(text: string): string {
  return Array.from(text, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
