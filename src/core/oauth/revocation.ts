import { RequestError } from '../base/errors';
import { statusError } from '../base/refusalError';
import { hostOf } from '../base/origin';
import type { Fetch } from '../base/ports';
import { discover } from './authorizationServer';
import { ofAuthorizationServer, postForm } from './endpoint';
import type { TokenSet } from './tokenSet';

/** Longer than this, nobody waits for a farewell. */
const TIMEOUT_MS = 5000;

/** A sign-in that is to end. */
export interface Revocable {
  readonly issuer: string;
  readonly clientId: string;
  readonly tokens: TokenSet;
}

/**
 * Tells the authorization server that a sign-in is over (RFC 7009 §2.1): with the refresh token, whose end is that of all
 * that came of it, else with the access token. Does nothing at a server that takes no such word. Throws `RequestError`
 * where it could not be told within 5 s.
 */
export async function revoke(fetch: Fetch, account: Revocable, signal: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  try {
    await tell(fetch, account, AbortSignal.any([signal, late]));
  } catch (error) {
    if (!late.aborted || signal.aborted) throw error;
    throw ofAuthorizationServer(new RequestError(hostOf(account.issuer), 'timeout'));
  }
}

async function tell(fetch: Fetch, { issuer, clientId, tokens }: Revocable, signal: AbortSignal): Promise<void> {
  const { revocationEndpoint } = await discover(fetch, issuer, signal);
  if (!revocationEndpoint) return;
  const token = tokens.refreshToken ?? tokens.accessToken;
  const hint = tokens.refreshToken ? 'refresh_token' : 'access_token';
  const form = { token: token.reveal(), token_type_hint: hint, client_id: clientId };
  const answer = await postForm(fetch, revocationEndpoint, form, signal);
  if (!answer.ok) throw ofAuthorizationServer(statusError(answer, token));
}
