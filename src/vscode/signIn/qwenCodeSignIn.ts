import * as l10n from '@vscode/l10n';
import { type Disposable, Uri, window } from 'vscode';
import type { Settings } from '../../core/config/settings';
import { isOfferable, readImportable } from '../../core/credentials/importSignIn';
import type { QwenCredentials } from '../../core/credentials/qwenCredentials';
import type { SharedSignIn } from '../../core/credentials/sharedSignIn';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import type { Event } from '../../core/base/events';
import { isRecord } from '../../core/base/json';
import type { Log } from '../../core/base/ports';
import { claimFile } from '../../core/base/privateFile';
import { problemOf, problemText } from '../../core/views/problem';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { changeSetting } from '../platform/changeSetting';
import { describeError } from '../platform/log';
import { notify } from '../answers/notifications';
import { joinSentences } from '../../language/joinSentences';

const USE = {
  label: l10n.t('Use it'),
  detail: l10n.t('It moves here, and Qwen Code has to sign in again.'),
  share: false,
};
const SHARE = {
  label: l10n.t('Share it'),
  detail: l10n.t('One sign-in for both. Signing out here signs Qwen Code out too.'),
  share: true,
};
const OCCASION = { during: 'signIn', method: 'qwen-oauth' } as const;

/** The sign-in of this extension and Qwen Code's own, which may be one. */
interface SignInPlaces {
  readonly secrets: SharedSignIn;
  readonly qwenCode: QwenCredentials;
}

/** What the import of Qwen Code's sign-in works on. */
export interface ImportParts extends AnswerParts {
  readonly places: SignInPlaces;
}

/**
 * Shares the sign-in with Qwen Code as the setting says, from now on; resolves when it is where it belongs. Never
 * throws.
 */
export async function followSharing(
  secrets: SharedSignIn,
  settings: Settings,
  onDidChangeSettings: Event<unknown>,
  log: Log,
): Promise<Disposable> {
  const follow = async (): Promise<void> => {
    try {
      await secrets.share(settings.sharesWithQwenCode());
    } catch (error) {
      log.error(describeError(error));
      const problem = problemOf(error, OCCASION);
      if (problem) void notify('error', joinSentences(l10n.t('The sign-in stays where it is.'), problemText(problem)));
    }
  };
  // What changes while the sign-in moves is followed too.
  const following = onDidChangeSettings(() => void follow());
  await follow();
  return following;
}

/** `qwen.importQwenCodeSignIn`: uses or shares the sign-in of Qwen Code, as its argument or else the person says. */
export async function importQwenCodeSignIn(
  parts: ImportParts,
  argument: unknown,
): Promise<CommandResult<{ readonly account: string; readonly shared: boolean; readonly message: string }>> {
  const { session, places } = parts;
  return await answer(parts, OCCASION, async () => {
    const { id } = await readImportable(places.qwenCode);
    if (places.secrets.isShared) throw unusable(l10n.t("Qwen Code's sign-in is shared already, so it is in use here."));
    const shared = isRecord(argument) && typeof argument['share'] === 'boolean' ? argument['share'] : await askHow();
    await (shared ? share(places) : moveToKeychain(places));
    await session.load();
    const done = l10n.t("You are signed in with Qwen Code's sign-in.");
    const message = joinSentences(done, (shared ? SHARE : USE).detail);
    void notify('info', message);
    return { account: id, shared, message };
  });
}

/**
 * Offers the sign-in of Qwen Code to a person who is not signed in that way: once, and in one of the windows that start
 * together. An empty file in the folder tells that it was.
 */
export async function offerQwenCodeSignIn(parts: ImportParts, folder: Uri): Promise<void> {
  const { session, places } = parts;
  if (places.secrets.isShared || !(await isOfferable(places.qwenCode, session.snapshot.accounts))) return;
  if (!(await claimFile(Uri.joinPath(folder, 'qwen-code-offered').fsPath))) return;
  const question = l10n.t('Qwen Code is signed in on this computer: use that sign-in here?');
  const details = [USE, SHARE].map(({ label, detail }) => l10n.t('"{label}": {detail}', { label, detail }));
  const chosen = await notify('info', joinSentences(question, ...details), USE.label, SHARE.label, l10n.t('No'));
  const how = [USE, SHARE].find(({ label }) => label === chosen);
  if (how) await importQwenCodeSignIn(parts, how);
}

async function askHow(): Promise<boolean> {
  const title = { title: l10n.t("Use Qwen Code's sign-in"), placeHolder: l10n.t('How do you want to use it here?') };
  const picked = await window.showQuickPick([USE, SHARE], { ...title, ignoreFocusOut: true });
  if (!picked) throw new Cancelled();
  return picked.share;
}

async function share({ secrets }: SignInPlaces): Promise<void> {
  await changeSetting('qwen.oauth.shareWithQwenCode', true);
  await secrets.share(true);
}

async function moveToKeychain({ secrets }: SignInPlaces): Promise<void> {
  if (await secrets.moveToKeychain()) return;
  throw unusable(l10n.t('You are signed in with Qwen OAuth already. Sign out first, or share the sign-in.'));
}

function unusable(message: string): ConfigurationError {
  return new ConfigurationError({ part: 'share' }, message);
}
