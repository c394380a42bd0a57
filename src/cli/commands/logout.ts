import { CONSENTS, forgetConsents } from '../../core/credentials/consent';
import { isRecord } from '../../core/base/json';
import { revoke } from '../../core/oauth/revocation';
import { hostOf } from '../../core/base/origin';
import { problemOf } from '../../core/views/problem';
import type { Context } from './command';
import { sayWhatIsStillInUse } from './stillInUse';

/**
 * Forgets the sign-in, readable or not, and every permission, and tells the server; says what that was, and what is still in
 * effect.
 */
export async function logout({ session, secrets, consents, world }: Context): Promise<number> {
  const allowed = consents.get(CONSENTS);
  const permissions = isRecord(allowed) ? Object.keys(allowed).length : 0;
  const signIns = session.snapshot.accounts.flatMap((account) => ('issuer' in account ? [account] : []));
  const hosts = signIns.map(({ issuer }) => hostOf(issuer));
  const keys = await secrets.keys();
  if (keys.length > 0) await secrets.delete(keys[0] ?? '');
  if (permissions > 0) await forgetConsents(consents);
  const forgotten = [
    ...(keys.length > 0 ? [`the sign-in${hosts.map((host) => ` at ${host}`).join('')} in ${secrets.file}`] : []),
    ...(permissions > 0 ? [`${permissions} permission${permissions > 1 ? 's' : ''} to send a key`] : []),
  ];
  world.terminal.out(
    forgotten.length > 0
      ? `Forgotten: ${forgotten.join('; ')}.\n`
      : 'Nothing was stored, so nothing had to be forgotten.\n',
  );
  for (const signIn of signIns) {
    await revoke(world.fetch, signIn, world.signal).catch((error: unknown) => {
      const why = problemOf(error, { during: 'test' })?.message ?? '';
      world.terminal.err(`${hostOf(signIn.issuer)} could not be told that you signed out. ${why}\n`);
    });
  }
  await session.load();
  sayWhatIsStillInUse({ session, world });
  return 0;
}
