import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { listText, longListText } from '../../language/listText';
import { plural } from '../../language/numbers';
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
  const stored = { host: listText(hosts), file: secrets.file };
  if (keys.length > 0 && !(await confirmLoss(context, lossText(stored)))) return EXIT.failed;
  if (keys.length > 0) await secrets.delete();
  if (permissions > 0) await forgetConsents(consents);
  const forgotten = [
    ...(keys.length > 0 ? [storedText(stored)] : []),
    ...(permissions > 0 ? [permissionsText(permissions)] : []),
  ];
  const done =
    forgotten.length > 0
      ? l10n.t('Forgotten: {what}.', { what: longListText(forgotten) })
      : l10n.t('Nothing was stored, so nothing had to be forgotten.');
  ports.terminal.out(`${done}\n`);
  for (const signIn of signIns) {
    await revoke(ports.fetch, signIn, ports.signal).catch((error: unknown) => {
      const why = problemOf(error, { during: 'test' })?.message ?? '';
      const told = l10n.t('{host} could not be told that you signed out.', { host: hostOf(signIn.issuer) });
      ports.terminal.err(`${joinSentences(told, why)}\n`);
    });
  }
  await session.load();
  sayWhatIsStillInUse({ session, ports });
  return EXIT.done;
}

/** A sign-in that is stored: its server, empty where it cannot be read, and its file. */
interface Stored {
  readonly host: string;
  readonly file: string;
}

function lossText(stored: Stored): string {
  return stored.host === ''
    ? l10n.t('This deletes the sign-in in {file}, which Qwen Code may use too.', { file: stored.file })
    : l10n.t('This deletes the sign-in at {host} in {file}, which Qwen Code may use too.', { ...stored });
}

function storedText(stored: Stored): string {
  return stored.host === ''
    ? l10n.t('the sign-in in {file}', { file: stored.file })
    : l10n.t('the sign-in at {host} in {file}', { ...stored });
}

function permissionsText(count: number): string {
  return plural(
    count,
    l10n.t('{count} permission to send a key', { count }),
    l10n.t('{count} permissions to send a key', { count }),
  );
}
