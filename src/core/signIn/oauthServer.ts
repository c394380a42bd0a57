import * as l10n from '@vscode/l10n';
import { readBaseUrl } from '../config/baseUrl';
import { quoted } from '../config/keyShape';
import type { Settings } from '../config/settings';
import { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import { isSecure } from '../base/origin';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { readIssuer } from '../oauth/issuer';

/** An authorization server other than Qwen's, as a form has it; what is not filled in is empty. */
export interface OAuthServerFields {
  readonly issuer: string;
  readonly clientId: string;
  /** The base URL of the API that its tokens are for. */
  readonly api: string;
  readonly scopes: string;
}

/** The server that the settings name; undefined for Qwen's own. What cannot be read there is empty. */
export function oauthServerFields(settings: Settings): OAuthServerFields | undefined {
  const issuer = settings.issuer();
  if (issuer === QWEN_ISSUER) return undefined;
  const client = orUndefined(() => settings.client());
  return {
    issuer,
    clientId: client?.clientId ?? '',
    api: orUndefined(() => settings.oauthApi()) ?? '',
    scopes: (client?.scopes ?? []).join(' '),
  };
}

/**
 * The settings below `qwen.` that name this server, by their names; undefined takes one away, and without
 * an issuer all are taken away. `endpoints` is `qwen.endpoints` as it is. Throws `ConfigurationError` with
 * the field that cannot be used.
 */
export function oauthServerSettings(fields: OAuthServerFields, endpoints: unknown): Readonly<Record<string, unknown>> {
  const issuer = readIssuer(fields.issuer);
  const { 'qwen-oauth': _, ...others } = isRecord(endpoints) ? endpoints : {};
  if (issuer === '' || issuer === QWEN_ISSUER) return settingsOf(undefined, undefined, undefined, others);
  if (!isSecure(issuer)) {
    throw invalid(
      'issuer',
      l10n.t('{issuer} cannot be used as an authorization server. Write its address like {qwenIssuer}.', {
        issuer: quoted(issuer),
        qwenIssuer: QWEN_ISSUER,
      }),
    );
  }
  const clientId = fields.clientId.trim();
  if (clientId === '')
    throw invalid('clientId', l10n.t('Enter the client ID by which the server knows this extension.'));
  const api = fields.api.trim() === '' ? {} : { 'qwen-oauth': readBaseUrl(fields.api, 'api').baseUrl };
  const scopes = fields.scopes.split(/[\s,]/).filter(Boolean);
  return settingsOf(issuer, clientId, scopes.length > 0 ? scopes : undefined, { ...others, ...api });
}

function settingsOf(
  issuer: string | undefined,
  clientId: string | undefined,
  scopes: readonly string[] | undefined,
  endpoints: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    'oauth.issuer': issuer,
    'oauth.clientId': clientId,
    'oauth.scopes': scopes,
    endpoints: Object.keys(endpoints).length > 0 ? endpoints : undefined,
  };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

function invalid(field: string, message: string): ConfigurationError {
  return new ConfigurationError({ field }, message);
}
