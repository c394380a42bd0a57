import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { ConfigurationError } from '../base/errors';
import { isPrivate, isUnspecified, withoutSlashes } from '../base/origin';
import { pastedAddress } from '../base/pasted';
import { redact } from '../base/redaction';
import { type AzurePlace, azurePlace } from '../providers/azure';
import { canBeKey, looksLikeKey, mayBeSecret } from './keyShape';
import { isPlaceholder } from './placeholder';

/** A base URL ready for use, and what was taken off or put on to make it so. */
export interface BaseUrl {
  readonly baseUrl: string;
  /** The deployment or model that the pasted address named. */
  readonly model?: string;
  readonly note?: string;
}

/** Operations that people paste along with the base URL. */
const OPERATION = /\/(chat\/completions|completions|responses|embeddings|models)$/i;

/**
 * Hosts that need no scheme to be one: a name that ends as those of the world do, and what ends as an address of a
 * network, of which `URL` takes nothing else.
 */
const HOST = /\.(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})\.?$|(?:\.\d+){3}$|\[|^localhost$/i;
/** A name inside a network, which only its port makes an address. */
const HOST_WITH_PORT = /^[a-z][\w-]*:\d{2,5}(?:\/|$)/i;
/** Names in a query that hold a secret, such as `key` or `sig`. */
const SECRET_NAME = /(?:^|[-_.])(?:key|token|secret|password|passwd|pwd|sig|signature|code|auth)$|apikey$/i;
/** A text that is shown to say that it is none of an address. */
const LONGEST_SHOWN = 80;

/**
 * The base URL in what a person pasted or wrote: what is around it taken off (see `pastedAddress`), operations and
 * trailing slashes cut, `https://` put before a bare host (`http://` before this machine's), a query kept for every
 * request, a private or local address allowed on http. Throws `ConfigurationError` for what is no
 * address at all, carries a secret, or would send a key over plain http across a network; the message
 * never holds what could be a secret.
 */
export function readBaseUrl(pasted: string, where = 'base URL'): BaseUrl {
  const before = lastRead.get(pasted);
  if (before) return before;
  const read = readAnew(pasted, where);
  if (lastRead.size >= MOST_KEPT) lastRead.clear();
  lastRead.set(pasted, read);
  return read;
}

/** Lists of models name the same few addresses again and again. */
const lastRead = new Map<string, BaseUrl>();
const MOST_KEPT = 200;

function readAnew(pasted: string, where: string): BaseUrl {
  const text = pastedAddress(pasted);
  const refused = (message: string): ConfigurationError => new ConfigurationError({ field: where }, message);
  if (text === '') throw refused(l10n.t('Enter the base URL of the server, such as https://example.com/v1.'));
  const url = parseUrl(text);
  if (!url) throw refused(joinSentences(noAddress(text), l10n.t('Write it like https://example.com/v1.')));
  if (isPlaceholder(text, 'address')) {
    throw refused(
      l10n.t('"{text}" only shows where an address would stand. Write the one of your server.', { text: shown(text) }),
    );
  }
  if (url.username || url.password) {
    throw refused(l10n.t('The base URL holds a user name or password. Take it out; a key goes into its own field.'));
  }
  if (holdsSecret(url)) {
    throw refused(l10n.t('The query of the base URL holds a key. Take it out; a key goes into its own field.'));
  }
  if (url.protocol === 'http:' && !isPrivate(url.hostname)) {
    throw refused(
      l10n.t('{host} would get your key over plain http, where anybody on the way can read it. Use https.', {
        host: url.host,
      }),
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

/** A base URL in its normal form, for comparison; a text that is no base URL is left as it is. */
export function usualBaseUrl(text: string | undefined): string | undefined {
  return text && (findBaseUrl(text)?.baseUrl ?? text);
}

function parseUrl(text: string): URL | undefined {
  // Some keys have a dot, as hosts have.
  if (/\s/.test(text) || looksLikeKey(text)) return undefined;
  // One that was pasted behind another, and one of the usual slips in writing it.
  const repaired = text
    .replace(/^(?:https?:[\\/]*)+(?=https?:)/i, '')
    .replace(/^(https?)(?::[\\/]*|[\\/]{2,})/i, '$1://');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(repaired)?.[1];
  const host = leadingHost(repaired);
  // A word alone is no address.
  const isAddress = scheme !== undefined || HOST.test(host) || HOST_WITH_PORT.test(repaired);
  const full = scheme ? repaired : `${isPrivate(host) ? 'http' : 'https'}://${repaired}`;
  const url = isAddress && URL.canParse(full) ? new URL(full) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

/** Why a text is no address, and the text itself where it cannot be a key that stands in the wrong place. */
function noAddress(text: string): string {
  const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(text)?.[0];
  if (scheme)
    return /^https?:/i.test(scheme)
      ? l10n.t('This is not a whole web address.')
      : l10n.t('What begins with {scheme} is not a web address.', { scheme });
  if (mayBeSecret(text)) return l10n.t('This is not a web address; if it is a key, it stands in the wrong place.');
  if (isPlaceholder(text, 'address'))
    return l10n.t('"{text}" only shows where an address would stand.', { text: shown(text) });
  return l10n.t('"{text}" is not a web address.', { text: shown(text) });
}

function shown(text: string): string {
  const plain = redact(text);
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN)}…` : plain;
}

function holdsSecret(url: URL): boolean {
  return [...url.searchParams].some(([name, value]) => SECRET_NAME.test(name) && canBeKey(value));
}

function plainBaseUrl(url: URL): BaseUrl {
  const path = withoutSlashes(url.pathname);
  const base = withoutSlashes(path.replace(OPERATION, ''));
  const cut = path.slice(base.length);
  const origin = isUnspecified(url.hostname) ? `${url.protocol}//127.0.0.1${url.port && `:${url.port}`}` : url.origin;
  const note = [
    cut && l10n.t('{cut} was cut off: requests add it themselves.', { cut }),
    origin === url.origin
      ? undefined
      : l10n.t('{host} is where a server listens: on this machine it is asked at 127.0.0.1.', { host: url.host }),
  ];
  const notes = joinSentences(...note);
  return { baseUrl: `${origin}${base}${url.search}`, ...(notes && { note: notes }) };
}

function azureBaseUrl({ baseUrl, deployment }: AzurePlace): BaseUrl {
  return {
    baseUrl,
    ...(deployment && {
      model: deployment,
      note: l10n.t('The deployment {deployment} is used as the model.', { deployment }),
    }),
  };
}

function leadingHost(text: string): string {
  return text.replace(/(\[[^\]]*\]|[^/:?#]*)[^]*/, '$1');
}
