import * as l10n from '@vscode/l10n';
import { ConfigurationError, type RequestError } from '../base/errors';
import { hostOf, isLoopback, isSecure, withoutSlashes } from '../base/origin';
import { type AuthorizationServer, MODEL_SCOPE, QWEN_ISSUER } from './authorizationServer';
import { unreadableAnswer } from './endpoint';

/** The API of Qwen's accounts where the token response names none. */
const QWEN_API = 'https://dashscope.aliyuncs.com/compatible-mode/v1';

const SETTING = 'qwen.endpoints';

/**
 * Whether the tokens of a server name their API (`resource_url`), which only those that speak Qwen's dialect do. For
 * any other the person has to name it, before they approve anything.
 */
export function namesApi({ scopesSupported }: Pick<AuthorizationServer, 'scopesSupported'>): boolean {
  return scopesSupported?.includes(MODEL_SCOPE) === true;
}

/** Whether tokens come from a server that speaks Qwen's dialect, whose API has Qwen's models. */
export function isQwensDialect({ resourceUrl }: { readonly resourceUrl: string | undefined }, issuer: string): boolean {
  return issuer === QWEN_ISSUER || resourceUrl !== undefined;
}

/**
 * The API base URL that a token response's `resource_url` stands for: a host with or without a scheme, to which `/v1`
 * belongs. Throws `RequestError` for one that an access token must not be sent to, and `ConfigurationError` where an
 * issuer other than Qwen's names none, as the person can. Plain http is for issuers of this machine: elsewhere nobody
 * knows what listens at a port here.
 */
export function apiBaseUrl(resourceUrl: string | undefined, issuer: string): string {
  if (!resourceUrl && issuer === QWEN_ISSUER) return QWEN_API;
  if (!resourceUrl) throw missingApi(issuer);
  const text = /^https?:\/\//i.test(resourceUrl) ? resourceUrl : `https://${resourceUrl}`;
  const isOurs = URL.canParse(issuer) && isLoopback(new URL(issuer).hostname);
  if (!isSecure(text) || (!isOurs && /^http:/i.test(text)))
    throw unusable(issuer, l10n.t('its sign-in names an API address that is not on https'));
  const { origin, pathname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash)
    throw unusable(issuer, l10n.t('its sign-in names an API address that is no base URL'));
  const path = withoutSlashes(pathname);
  return `${origin}${path.endsWith('/v1') ? path : `${path}/v1`}`;
}

/** The error for a server whose tokens are for an API that nobody has named. */
export function missingApi(issuer: string): ConfigurationError {
  const message = l10n.t(
    '{host} does not say which API its sign-in is for. Name the base URL of the API in {setting}, as "qwen-oauth".',
    { host: hostOf(issuer), setting: SETTING },
  );
  return new ConfigurationError({ setting: SETTING }, message);
}

function unusable(issuer: string, text: string): RequestError {
  return unreadableAnswer(hostOf(issuer), { text });
}
