import { env, type ExtensionContext, ExtensionKind, UIKind, Uri, window } from 'vscode';
import { systemClock } from '../../core/base/clock';
import type { Disposable } from '../../core/base/events';
import { computerName } from '../platform/computer';
import { windowFiles } from '../platform/windowFiles';
import type { Log } from '../../core/base/ports';
import { createPendingSignIns } from '../../core/signIn/pendingFiles';
import type { RedirectPorts } from '../../core/signIn/redirects';
import { describeError } from '../platform/log';
import type { AnswerParts } from '../answers/answerParts';
import { showError } from '../answers/errorNotice';
import { saySignedIn } from './attendedSignIn';

/** The one path of a link to this extension that is listened to. */
const CALLBACK = '/callback';
/** Schemes that their editors register with the system. In a portable one, or in others, a link may open nothing. */
const KNOWN_SCHEMES: ReadonlySet<string> = new Set([
  'vscode',
  'vscode-insiders',
  'vscode-exploration',
  'vscodium',
  'cursor',
  'windsurf',
]);

/** How a browser comes back to this window. */
export function createRedirectPorts(context: ExtensionContext, log: Log): RedirectPorts {
  const { extension, globalStorageUri } = context;
  // Nobody is told of the sign-ins of who works under the same account from another computer.
  const folder = Uri.joinPath(globalStorageUri, 'pending-sign-ins', computerName()).fsPath;
  return {
    host: {
      ui: env.uiKind === UIKind.Web ? 'web' : 'desktop',
      remote: env.remoteName !== undefined && extension.extensionKind === ExtensionKind.Workspace,
      knownScheme: KNOWN_SCHEMES.has(env.uriScheme),
      hasNode: true,
    },
    callbackUri: async () => {
      const uri = await env.asExternalUri(Uri.from({ scheme: env.uriScheme, authority: extension.id, path: CALLBACK }));
      // Written as it is: encoded once more, the signs between its parameters would be lost.
      return uri.toString(true);
    },
    pending: createPendingSignIns(folder, { files: windowFiles, clock: systemClock }),
    log,
  };
}

/**
 * Takes links to this extension. Any page may send one: but for the redirect of a sign-in that is waited for, none does
 * anything, and no parameter of any becomes an address, a key or a model.
 */
export function receiveRedirects(parts: AnswerParts): Disposable {
  const { session, log } = parts;
  return window.registerUriHandler({
    handleUri: async ({ path, query }) => {
      if (path !== CALLBACK) return log.info('A link to a path that is not known here was ignored.');
      try {
        const signedIn = await session.signIns.receiveRedirect(query);
        if (signedIn) await saySignedIn(parts, signedIn);
      } catch (error) {
        const { signInAttempt } = session.snapshot;
        const method = signInAttempt.kind === 'failed' ? signInAttempt.request.method : 'qwen-oauth';
        log.error(describeError(error));
        await showError(parts, error, { during: 'signIn', method });
      }
    },
  });
}
