import * as l10n from '@vscode/l10n';
import { env, window } from 'vscode';
import type { UserAgent } from '../../core/base/ports';

const OPEN = l10n.t('Open in browser');

/** The person's browser and clipboard, through VS Code, so that they are the right ones on a remote machine too. */
export const userAgent: UserAgent = {
  open: async (url) => {
    // The string itself, though the type asks for a Uri: turning it into one would decode or encode its query again.
    const opened: unknown = await Reflect.apply(env.openExternal, env, [url]);
    return opened === true;
  },
  confirmHost: async (host, issuer) => {
    const detail = l10n.t('{issuer} sends you to this other host to sign in. Go on only if you know it.', { issuer });
    const taken = await window.showWarningMessage(
      l10n.t('Sign in at {host}?', { host }),
      { modal: true, detail },
      OPEN,
    );
    return taken === OPEN;
  },
  copy: async (text) => await env.clipboard.writeText(text),
};
