import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../../core/base/errors';
import { hostOf } from '../../core/base/origin';
import type { Secret } from '../../core/base/secret';
import type { Session } from '../../core/session/session';
import { modelInUse } from '../../core/session/snapshot';
import { askForConsent } from '../consents';
import { EXIT } from '../exitCodes';
import type { Context } from './command';

/**
 * A key or an access token; `expiresAt` is in milliseconds since the epoch, and undefined where nobody knows of an end.
 */
interface FreshToken {
  readonly token: Secret | undefined;
  readonly expiresAt: number | undefined;
}

/**
 * Prints what the next request to the model in use is signed with, renewed where due; as JSON with when it runs out.
 */
export async function token({ session, request, ports }: Context): Promise<number> {
  await askForConsent(session, ports, request.allowWorkspace);
  const { token: fresh, expiresAt } = await freshToken(session, ports.signal);
  const { baseUrl } = modelInUse(session.snapshot).model;
  if (!fresh) throw noKeySent(hostOf(baseUrl));
  const json = { token: fresh.reveal(), expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString() };
  ports.terminal.outExactly(request.json ? `${JSON.stringify(json, undefined, 2)}\n` : `${fresh.reveal()}\n`);
  return EXIT.done;
}

function noKeySent(host: string): ConfigurationError {
  return new ConfigurationError(
    { part: host },
    l10n.t('Requests to {host} are sent without a key, so there is none to print.', { host }),
  );
}

async function freshToken(session: Session, signal: AbortSignal): Promise<FreshToken> {
  const { credential } = modelInUse(session.snapshot);
  if (credential.kind !== 'oauth') return { token: (await session.access(signal)).access.key, expiresAt: undefined };
  const account = await session.renewed(credential.account.id, signal);
  if (account.method !== 'qwen-oauth') return { token: account.key, expiresAt: undefined };
  return { token: account.tokens.accessToken, expiresAt: account.tokens.expiresAt };
}
