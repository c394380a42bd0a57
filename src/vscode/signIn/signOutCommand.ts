import { window } from 'vscode';
import type { Account } from '../../core/credentials/account';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import type { Disposable } from '../../core/base/events';
import { isRecord, stringIn } from '../../core/base/json';
import { accountLabel } from '../../core/models/modelList';
import { addressText, hostOf } from '../../core/base/origin';
import type { Session } from '../../core/session/session';
import { problemOf } from '../../core/views/problem';
import { answer, type CommandParts, type CommandResult } from '../answers/commandAnswer';
import { notify } from '../answers/notifications';
import { readMethod } from '../../core/signIn/signInRequest';
import { NO_METHOD } from './signInCommand';

/** `qwen.signOut`: forgets what its argument names, else what the person chooses, and says what that was. */
export async function signOut(
  parts: CommandParts,
  argument: unknown,
): Promise<CommandResult<{ readonly forgotten: readonly string[]; readonly message: string }>> {
  const { session, log } = parts;
  return await answer(parts, { during: 'test' }, async () => {
    await session.load();
    const ids = await chooseIds(session, argument);
    const forgotten = await session.signOut(ids);
    const unreadable = ids.filter((id) => forgotten.every((account) => account.id !== id));
    const texts = [...forgotten.map(forgottenText), ...unreadable.map((id) => `the unreadable entry ${id}`)];
    const message =
      texts.length === 0 ? 'Nothing was stored, so nothing had to be forgotten.' : `Forgotten: ${texts.join('; ')}.`;
    log.info(message);
    void notify('info', message);
    return { forgotten: ids, message };
  });
}

/** Says so where a server could not be told of a sign-out; nobody has to wait for that. */
export function sayNotRevoked(session: Session): Disposable {
  return session.onDidNotRevoke(({ account, error }) => {
    const why = problemOf(error, { during: 'test' })?.message;
    const text = `You are signed out here, but ${hostOf(account.issuer)} could not be told.`;
    void notify(
      'warning',
      [text, why, 'To end the sign-in there too, use the page of your account.'].filter(Boolean).join(' '),
    );
  });
}

async function chooseIds({ snapshot }: Session, argument: unknown): Promise<readonly string[]> {
  const { accounts, unreadable, credential } = snapshot;
  const id = stringIn(argument, 'account');
  if (id) return [...accounts.map((account) => account.id), ...unreadable].filter((known) => known === id);
  const method = isRecord(argument) ? argument['method'] : undefined;
  if (method !== undefined) {
    if (!readMethod(method)) throw new ConfigurationError({ field: 'method' }, NO_METHOD);
    return accounts.filter((account) => account.method === method).map((account) => account.id);
  }
  const rows = [
    ...accounts.map((account) => ({
      id: account.id,
      label: accountLabel(account),
      description: [addressText(account.baseUrl), last4Of(account)].filter(Boolean).join(' · '),
      picked: account.id === credential?.account?.id,
    })),
    ...unreadable.map((entry) => ({ id: entry, label: entry, description: 'cannot be read', picked: false })),
  ];
  if (rows.length < 2) return rows.map((row) => row.id);
  const title = { title: 'Sign out', placeHolder: 'Which credentials are to be forgotten?' };
  const picked = await window.showQuickPick(rows, { ...title, canPickMany: true, ignoreFocusOut: true });
  if (!picked?.length) throw new Cancelled();
  return picked.map((row) => row.id);
}

function last4Of(account: Account): string | undefined {
  const last4 = account.method === 'qwen-oauth' ? undefined : account.key?.last4;
  return last4 && `key ends in ${last4}`;
}

function forgottenText(account: Account): string {
  if (account.method === 'qwen-oauth') {
    const shared = account.file ? ', which Qwen Code shared: it is signed out too' : '';
    return `the sign-in at ${hostOf(account.issuer)}${shared}`;
  }
  const ending = account.key?.last4 ? ` that ends in ${account.key.last4}` : '';
  return account.key ? `the ${accountLabel(account)} key${ending}` : `the server ${hostOf(account.baseUrl)}`;
}
