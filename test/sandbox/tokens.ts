// Tokens in families: everything that grew out of one approval lives and dies together (RFC 9700 §4.14.2).
import type { Behavior } from './behavior';
import { secret } from './pkce';

interface Family {
  readonly clientId: string;
  readonly scope: string;
  revoked: boolean;
}

interface AccessToken {
  readonly family: Family;
  expiresAt: number;
}

interface RefreshToken {
  readonly family: Family;
  rotated: boolean;
}

/** What a token answer carries (RFC 6749 §5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

/** Every token that was issued, and whether it is still good. */
export class Tokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();
  readonly #behavior: Behavior;
  readonly #now: () => number;

  constructor(behavior: Behavior, now: () => number) {
    this.#behavior = behavior;
    this.#now = now;
  }

  /** The first tokens of a new family. */
  grant(clientId: string, scope: string): TokenResponse {
    return this.#issue({ clientId, scope, revoked: false });
  }

  /**
   * New tokens for a refresh token; undefined when it is not good (any more).
   * A rotated token that comes back was stolen or lost, and nobody can tell which: its whole family is revoked.
   */
  refresh(token: string, clientId: string): TokenResponse | undefined {
    const known = this.#refresh.get(token);
    if (!known || known.family.clientId !== clientId || known.family.revoked) return undefined;
    if (known.rotated) {
      known.family.revoked = true;
      return undefined;
    }
    if (!this.#behavior.rotation) return this.#issueAccessToken(known.family);
    known.rotated = true;
    return this.#issue(known.family);
  }

  #issue(family: Family): TokenResponse {
    const refreshToken = secret('sandbox-refresh');
    this.#refresh.set(refreshToken, { family, rotated: false });
    return { ...this.#issueAccessToken(family), refresh_token: refreshToken };
  }

  #issueAccessToken(family: Family): TokenResponse {
    const accessToken = secret('sandbox-access');
    const expiresIn = this.#behavior.accessTokenLife;
    this.#access.set(accessToken, { family, expiresAt: this.#now() + expiresIn * 1000 });
    return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, scope: family.scope };
  }

  /** Whether an access token opens the model services. */
  isGood(accessToken: string): boolean {
    const known = this.#access.get(accessToken);
    return known !== undefined && !known.family.revoked && this.#now() < known.expiresAt;
  }

  /** Revokes one access token, or with a refresh token its family (RFC 7009 §2.1). Unknown tokens are fine. */
  revoke(token: string): void {
    this.#access.delete(token);
    const refresh = this.#refresh.get(token);
    if (refresh) refresh.family.revoked = true;
  }

  /** Ends every sign-in, as an administrator would. */
  revokeAll(): void {
    for (const { family } of this.#refresh.values()) family.revoked = true;
  }

  /** Ends every access token and leaves the refresh tokens good. */
  expireAccessTokens(): void {
    for (const token of this.#access.values()) token.expiresAt = this.#now();
  }
}
