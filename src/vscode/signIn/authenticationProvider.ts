import * as l10n from '@vscode/l10n';
import {
  authentication,
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationSession,
  Disposable,
  EventEmitter,
} from 'vscode';
import type { Account } from '../../core/credentials/account';
import { SignInRequired } from '../../core/base/errors';
import type { Session } from '../../core/session/session';
import {
  authenticationSession,
  authenticationSessions,
  type AuthenticationSessionView,
  hasScopes,
  sessionChanges,
  signInAgain,
  signInForScopes,
} from '../../core/views/authenticationSessions';
import { andText } from '../../language/listText';
import { describeError } from '../platform/log';
import { askAndSignIn, type SignInParts } from './signInCommand';
import { signOut } from './signOutCommand';

const ID = 'qwen';

/** Shows the accounts in VS Code's Accounts menu, and gives other extensions a session after VS Code's own consent. */
export function registerAuthenticationProvider(parts: SignInParts): Disposable {
  const { session } = parts;
  const changed = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  let known = authenticationSessions(session.snapshot.accounts);
  const follow = session.onDidChange(() => {
    const before = known;
    known = authenticationSessions(session.snapshot.accounts);
    const changes = sessionChanges(before, known);
    if (!changes) return;
    const { added, removed, changed: others } = changes;
    changed.fire({ added: added.map(shown), removed: removed.map(shown), changed: others.map(shown) });
  });
  const provider: AuthenticationProvider = {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes, { account }) => {
      const accounts = await loadedAccounts(session);
      const asked = authenticationSessions(accounts).filter(
        (one) => hasScopes(one, scopes ?? []) && (account === undefined || one.account.id === account.id),
      );
      // Without scopes VS Code only lists the accounts: that is worth no request to a server.
      const given = scopes ? await Promise.all(asked.map((one) => renewed(one, parts))) : asked;
      return given.flatMap((one) => (one ? shown(one) : []));
    },
    createSession: async (scopes, { account }) => {
      const again = (await loadedAccounts(session)).find(({ id }) => id === account?.id);
      const answer = await askAndSignIn(parts, again ? signInAgain(again) : signInForScopes(scopes));
      if (!answer.ok) throw new Error(answer.error);
      const made = session.snapshot.accounts.filter(({ id }) => id === answer.account).map(authenticationSession)[0];
      if (made && hasScopes(made, scopes)) return shown(made);
      throw new Error(
        l10n.t('You are signed in, but not with {scopes}, which was asked for.', {
          scopes: andText(scopes),
        }),
      );
    },
    removeSession: async (id) => {
      const answer = await signOut(parts, { account: id });
      if (!answer.ok) throw new Error(answer.error);
    },
  };
  const registration = authentication.registerAuthenticationProvider(ID, 'Qwen', provider, {
    supportsMultipleAccounts: true,
  });
  return Disposable.from(registration, follow, changed);
}

async function loadedAccounts(session: Session): Promise<readonly Account[]> {
  await session.loaded();
  return session.snapshot.accounts;
}

/** The session with an access token that is still good; undefined where it has ended. */
async function renewed(
  view: AuthenticationSessionView,
  { session, log }: SignInParts,
): Promise<AuthenticationSessionView | undefined> {
  try {
    return authenticationSession(await session.renewed(view.id, new AbortController().signal));
  } catch (error) {
    if (error instanceof SignInRequired) return undefined;
    // Its server cannot be reached now; the person is still signed in.
    log.error(describeError(error));
    return view;
  }
}

function shown({ accessToken, ...view }: AuthenticationSessionView): AuthenticationSession {
  return { ...view, accessToken: accessToken?.reveal() ?? '' };
}
