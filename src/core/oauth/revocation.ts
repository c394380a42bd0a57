import { RequestError } from '../base/errors';
import { statusError } from '../base/refusalError';
import { hostOf } from '../base/origin';
import type { Fetch } from '../base/ports';
import type { AuthorizationServer } from './authorizationServer';
import { discoverServer } from './discovery';
import { ofAuthorizationServer, postForm } from './endpoint';
import type { TokenSet } from './tokenSet';

/** Longer than this, nobody waits for a farewell. */
const TIMEOUT_MS = 5000;

/** A sign-in that is to end. */
interface Revocable {
  readonly issuer: string;
  readonly clientId: string;
  readonly tokens: TokenSet;
}

/**
 * Tells the authorization server that a sign-in is over (RFC 7009 §2.1): with the refresh token, whose end is that of
 * all that came of it, else with the access token. Does nothing at a server that takes no such word. Throws
 * `RequestError` where it could not be told within 5 s.
 */
export async function revoke(fetch: Fetch, account: Revocable, signal: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  const within = AbortSignal.any([signal, late]);
  try {
    await revokeAt(fetch, await discoverServer(fetch, account.issuer, within), account, within);
  } catch (error) {
    if (!late.aborted || signal.aborted) throw error;
    throw ofAuthorizationServer(new RequestError(hostOf(account.issuer), 'timeout'));
  }
}

/** Revokes the tokens of a sign-in that could not be finished, as far as the server can; never throws. */
export async function revokeUnfinished(
  fetch: Fetch,
  server: Pick<AuthorizationServer, 'revocationEndpoint'>,
  unfinished: Omit<Revocable, 'issuer'>,
): Promise<void> {
  await revokeAt(fetch, server, unfinished, AbortSignal.timeout(TIMEOUT_MS)).catch(() => undefined);
}

async function revokeAt(
  fetch: Fetch,
  { revocationEndpoint }: Pick<AuthorizationServer, 'revocationEndpoint'>,
  { clientId, tokens }: Omit<Revocable, 'issuer'>,
  signal: AbortSignal,
): Promise<void> {
  if (!revocationEndpoint) return;
  const token = tokens.refreshToken ?? tokens.accessToken;
  const hint = tokens.refreshToken ? 'refresh_token' : 'access_token';
  const form = { token: token.reveal(), token_type_hint: hint, client_id: clientId };
  const answer = await postForm(fetch, revocationEndpoint, form, signal);
  if (!answer.ok) throw ofAuthorizationServer(statusError(answer, token));
}
