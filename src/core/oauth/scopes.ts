import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { sentence } from '../base/sentence';
import { ConfigurationError, OAuthError } from '../base/errors';
import { hostOf } from '../base/origin';
import { serverWords } from '../base/refusalError';
import { type AuthorizationServer, type OAuthClient, MODEL_SCOPE } from './authorizationServer';

/** What is asked for where the person names no scopes: who they are, a refresh token, and requests to models. */
const WANTED = ['openid', 'profile', 'email', 'offline_access', MODEL_SCOPE];
/** How many of a server's scopes a person is told: Google has more than a hundred. */
const MOST_TOLD = 12;

/** The scopes to ask for: those that the person named, else those of the usual ones that the server advertises. */
export function scopesFor({ scopes }: OAuthClient, { scopesSupported }: AuthorizationServer): readonly string[] {
  return scopes ?? WANTED.filter((scope) => scopesSupported?.includes(scope));
}

/**
 * The scopes to ask for, one after the other as long as the server refuses them: the usual ones, who the person is,
 * none, by which the server chooses (RFC 6749 §3.3). Scopes that the person named are not replaced.
 */
export function scopesInTurn(
  client: OAuthClient,
  server: AuthorizationServer,
): readonly [...(readonly string[])[], readonly string[]] {
  const scopes = scopesFor(client, server);
  if (client.scopes || scopes.length === 0) return [scopes];
  return [scopes, ...(scopes.length > 1 && scopes.includes('openid') ? [['openid']] : []), []];
}

/** Whether a server minds the scopes (RFC 6749 §5.2). */
export function isScopeRefusal(error: unknown): error is OAuthError {
  return error instanceof OAuthError && error.error === 'invalid_scope';
}

/** The error for scopes that a server does not grant; it names them, and those that the server has. */
export function scopeError(asked: readonly string[], server: AuthorizationServer, said?: string): ConfigurationError {
  const host = hostOf(server.issuer);
  const what =
    asked.length > 0
      ? l10n.t('{host} does not grant the scopes "{scopes}".', { host, scopes: asked.join(' ') })
      : l10n.t('{host} wants its scopes to be named.', { host });
  const known = serverWords((server.scopesSupported ?? []).slice(0, MOST_TOLD).join(' '));
  const hint = known
    ? l10n.t('It has: {known}.', { known })
    : said && sentence(l10n.t('It says: {text}', { text: said }));
  const text = joinSentences(what, hint, l10n.t('Name others in qwen.oauth.scopes.'));
  return new ConfigurationError({ setting: 'qwen.oauth.scopes' }, text);
}
