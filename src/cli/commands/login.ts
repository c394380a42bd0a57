import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { EXIT } from '../exitCodes';
import type { Disposable } from '../../core/base/events';
import { QWEN_ISSUER } from '../../core/oauth/authorizationServer';
import { readIssuer } from '../../core/oauth/issuer';
import { hostOf } from '../../core/base/origin';
import { FREE_TIER_NOTICE, problemOf, problemText } from '../../core/views/problem';
import { NEEDS_PERSON } from '../problems';
import type { Context } from './command';
import { confirmLoss } from './confirmLoss';
import { sayWhatGoesBefore } from './stillInUse';

/** Signs in with a code that the person approves in a browser, on this machine or another. */
export async function login(context: Context): Promise<number> {
  const { session, secrets, request, ports } = context;
  const { terminal, signal } = ports;
  // Who writes --no-browser knows that the code has to be read where this output goes.
  if (!terminal.isInteractive && request.browser) throw NEEDS_PERSON;
  const replaced = await replacedBy(context);
  if (replaced && !(await confirmLoss(context, replaced))) return EXIT.failed;
  await secrets.checkWritable();
  const issuer = readIssuer(request.issuer ?? QWEN_ISSUER);
  if (issuer === QWEN_ISSUER)
    terminal.err(`${joinSentences(FREE_TIER_NOTICE, l10n.t('Other servers: --issuer URL --client-id ID.'))}\n`);
  const showing = showCode(context);
  const cancel = (): void => session.signIns.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const { check } = await session.signIns.signIn({ method: 'qwen-oauth', flow: 'device' });
    const signedIn = l10n.t('Signed in at {host}. The sign-in is kept in {file}.', {
      host: hostOf(issuer),
      file: secrets.file,
    });
    terminal.out(`${signedIn}\n`);
    const problem = check.kind === 'unverified' && problemOf(check.error, { during: 'signIn', method: 'qwen-oauth' });
    if (problem) terminal.err(`${joinSentences(l10n.t('It could not be tried yet.'), problemText(problem))}\n`);
    await sayWhatGoesBefore(context);
    return EXIT.done;
  } finally {
    showing.dispose();
    signal.removeEventListener('abort', cancel);
  }
}

/** The sign-in that a new one replaces, unless it has ended; one that cannot be read may be good for Qwen Code. */
async function replacedBy({ session, secrets }: Context): Promise<string | undefined> {
  if ((await secrets.keys()).length === 0) return undefined;
  const stored = session.snapshot.accounts.find((account) => 'issuer' in account);
  if (stored?.status === 'ended') return undefined;
  const { file } = secrets;
  return joinSentences(
    stored
      ? l10n.t('You are signed in at {host} already.', { host: hostOf(stored.issuer) })
      : l10n.t('{file} cannot be read.', { file }),
    l10n.t('A new sign-in replaces the one in {file}, which Qwen Code may use too.', { file }),
  );
}

/** Prints the code as soon as there is one, and opens its page. */
function showCode({ session, request, ports: { terminal } }: Context): Disposable {
  let shown = false;
  return session.onDidChange(() => {
    const { signInAttempt } = session.snapshot;
    if (shown || signInAttempt.kind !== 'running' || signInAttempt.step?.kind !== 'userCode') return;
    shown = true;
    const { isInteractive } = terminal;
    const { userCode, verificationUri, verificationUriComplete } = signInAttempt.step.device;
    const what = l10n.t('Open {page}\nand approve the code {code}.', {
      page: verificationUriComplete ?? verificationUri,
      code: userCode,
    });
    terminal.err(`${joinSentences(what, isInteractive ? l10n.t('Ctrl+C cancels.') : '')}\n`);
    if (request.browser) void session.signIns.openPage();
  });
}
