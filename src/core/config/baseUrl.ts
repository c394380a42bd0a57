import { ConfigurationError } from '../errors';
import { isPrivate } from '../origin';
import { redact } from '../secret';

/** A base URL ready for use, and what was taken off or put on to make it so. */
export interface BaseUrl {
  readonly baseUrl: string;
  /** The deployment or model that the pasted address named. */
  readonly model?: string;
  readonly note?: string;
}

/** Operations that people paste along with the base URL. */
const OPERATION = /\/(chat\/completions|completions|responses|embeddings|models)\/*$/i;
const AZURE_HOST = /\.(openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/i;

/**
 * The base URL in what a person pasted: operations and trailing slashes cut, `https://` put before a bare host
 * (`http://` before this machine's), a private or local address allowed on http. Throws `ConfigurationError` for what
 * is no address at all, carries a user name or password, or would send a key over plain http across a network.
 */
export function readBaseUrl(pasted: string, where = 'base URL'): BaseUrl {
  const text = pasted.trim().replace(/^["'<]+|["'>]+$/g, '');
  if (text === '')
    throw new ConfigurationError(where, 'Enter the base URL of the server, such as https://example.com/v1.');
  const url = parseUrl(text, where);
  if (url.username || url.password) {
    throw new ConfigurationError(
      where,
      'The base URL holds a user name or password. Take it out; a key goes into its own field.',
    );
  }
  if (url.protocol === 'http:' && !isPrivate(url.hostname)) {
    throw new ConfigurationError(
      where,
      `${url.host} would get your key over plain http, where anybody on the way can read it. Use https.`,
    );
  }
  return AZURE_HOST.test(url.hostname) ? azureBaseUrl(url) : plainBaseUrl(url);
}

/** The base URL in a text; undefined where `readBaseUrl` would refuse it. */
export function findBaseUrl(text: string): BaseUrl | undefined {
  try {
    return readBaseUrl(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

function parseUrl(text: string, where: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  const full = scheme ? text : `${isPrivate(leadingHost(text)) ? 'http' : 'https'}://${text}`;
  const url = URL.canParse(full) && !/\s/.test(text) ? new URL(full) : undefined;
  const named =
    url && (leadingHost(text).includes('.') || url.hostname.includes(':') || isPrivate(url.hostname) || scheme);
  if (url && named && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new ConfigurationError(where, `"${redact(text)}" is not a web address. Write it like https://example.com/v1.`);
}

function plainBaseUrl(url: URL): BaseUrl {
  const path = url.pathname.replace(/\/+$/, '');
  const base = path.replace(OPERATION, '').replace(/\/+$/, '');
  const cut = path.slice(base.length);
  return { baseUrl: `${url.origin}${base}`, ...(cut && { note: `${cut} was cut off: requests add it themselves.` }) };
}

/** Azure's v1 API takes the deployment as the model, so an address with the deployment in it names both. */
function azureBaseUrl(url: URL): BaseUrl {
  const deployment = /\/openai\/deployments\/([^/]+)/i.exec(url.pathname)?.[1];
  return {
    baseUrl: `${url.origin}/openai/v1`,
    ...(deployment && {
      model: decoded(deployment),
      note: `The deployment ${decoded(deployment)} is used as the model.`,
    }),
  };
}

/** What is not encoded as it should be stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function leadingHost(text: string): string {
  return text.split(/[/:?#]/)[0] ?? '';
}
