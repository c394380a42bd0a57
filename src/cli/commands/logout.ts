import { EXIT } from '../exitCodes';
import { CONSENTS, forgetConsents } from '../../core/credentials/consent';
import { isRecord } from '../../core/base/json';
import { revoke } from '../../core/oauth/revocation';
import { hostOf } from '../../core/base/origin';
import { problemOf } from '../../core/views/problem';
import type { Context } from './command';
import { confirmLoss } from './confirmLoss';
import { sayWhatIsStillInUse } from './stillInUse';

/**
 * Forgets the sign-in, readable or not, after a question, and every permission, and tells the server. Says what that
 * was, and what is still in effect.
 */
export async function logout(context: Context): Promise<number> {
  const { session, secrets, consents, ports } = context;
  const allowed = consents.get(CONSENTS);
  const permissions = isRecord(allowed) ? Object.keys(allowed).length : 0;
  const signIns = session.snapshot.accounts.flatMap((account) => ('issuer' in account ? [account] : []));
  const hosts = signIns.map(({ issuer }) => hostOf(issuer));
  const keys = await secrets.keys();
  const stored = `the sign-in${hosts.map((host) => ` at ${host}`).join('')} in ${secrets.file}`;
  const loss = `This deletes ${stored}, which Qwen Code may use too.`;
  if (keys.length > 0 && !(await confirmLoss(context, loss))) return EXIT.failed;
  if (keys.length > 0) await secrets.delete();
  if (permissions > 0) await forgetConsents(consents);
  const forgotten = [
    ...(keys.length > 0 ? [stored] : []),
    ...(permissions > 0 ? [`${permissions} permission${permissions > 1 ? 's' : ''} to send a key`] : []),
  ];
  ports.terminal.out(
    forgotten.length > 0
      ? `Forgotten: ${forgotten.join('; ')}.\n`
      : 'Nothing was stored, so nothing had to be forgotten.\n',
  );
  for (const signIn of signIns) {
    await revoke(ports.fetch, signIn, ports.signal).catch((error: unknown) => {
      const why = problemOf(error, { during: 'test' })?.message ?? '';
      ports.terminal.err(`${hostOf(signIn.issuer)} could not be told that you signed out. ${why}\n`);
    });
  }
  await session.load();
  sayWhatIsStillInUse({ session, ports });
  return EXIT.done;
}
