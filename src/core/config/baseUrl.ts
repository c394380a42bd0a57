import { ConfigurationError } from '../base/errors';
import { type AzurePlace, azurePlace } from '../providers/azure';
import { isPrivate, isUnspecified, pastedAddress, withoutSlashes } from '../base/origin';
import { redact } from '../base/secret';

/** A base URL ready for use, and what was taken off or put on to make it so. */
export interface BaseUrl {
  readonly baseUrl: string;
  /** The deployment or model that the pasted address named. */
  readonly model?: string;
  readonly note?: string;
}

/** Operations that people paste along with the base URL. */
const OPERATION = /\/(chat\/completions|completions|responses|embeddings|models)\/*$/i;

/**
 * The base URL in what a person pasted: operations and trailing slashes cut, `https://` put before a bare host
 * (`http://` before this machine's), a private or local address allowed on http. Throws `ConfigurationError` for what
 * is no address at all, carries a user name or password, or would send a key over plain http across a network.
 */
export function readBaseUrl(pasted: string, where = 'base URL'): BaseUrl {
  const text = pastedAddress(pasted);
  if (text === '')
    throw new ConfigurationError({ field: where }, 'Enter the base URL of the server, such as https://example.com/v1.');
  const url = parseUrl(text, where);
  if (url.username || url.password) {
    throw new ConfigurationError(
      { field: where },
      'The base URL holds a user name or password. Take it out; a key goes into its own field.',
    );
  }
  if (url.protocol === 'http:' && !isPrivate(url.hostname)) {
    throw new ConfigurationError(
      { field: where },
      `${url.host} would get your key over plain http, where anybody on the way can read it. Use https.`,
    );
  }
  const azure = azurePlace(url);
  return azure ? azureBaseUrl(azure) : plainBaseUrl(url);
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

/** A base URL in its one form, to be compared with others; what is none stays as it is. */
export function usualBaseUrl(text: string | undefined): string | undefined {
  return text && (findBaseUrl(text)?.baseUrl ?? text);
}

function parseUrl(text: string, where: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  const host = leadingHost(text);
  // A word alone is no address.
  const isAddress = scheme !== undefined || /[.:]/.test(host) || host === 'localhost';
  const full = scheme ? text : `${isPrivate(host) ? 'http' : 'https'}://${text}`;
  const url = isAddress && URL.canParse(full) && !/\s/.test(text) ? new URL(full) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new ConfigurationError(
    { field: where },
    `"${redact(text)}" is not a web address. Write it like https://example.com/v1.`,
  );
}

function plainBaseUrl(url: URL): BaseUrl {
  const path = withoutSlashes(url.pathname);
  const base = withoutSlashes(path.replace(OPERATION, ''));
  const cut = path.slice(base.length);
  const origin = isUnspecified(url.hostname) ? `http://127.0.0.1${url.port && `:${url.port}`}` : url.origin;
  const note = [
    cut && `${cut} was cut off: requests add it themselves.`,
    origin !== url.origin && `${url.host} is where a server listens: on this machine it is asked at 127.0.0.1.`,
  ];
  const notes = note.filter(Boolean).join(' ');
  return { baseUrl: `${origin}${base}`, ...(notes && { note: notes }) };
}

function azureBaseUrl({ baseUrl, deployment }: AzurePlace): BaseUrl {
  return {
    baseUrl,
    ...(deployment && { model: deployment, note: `The deployment ${deployment} is used as the model.` }),
  };
}

function leadingHost(text: string): string {
  return (/^(?:\[[^\]]*\]|[^/:?#]*)/.exec(text)?.[0] ?? '').toLowerCase();
}
