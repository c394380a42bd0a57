import { env } from 'vscode';
import type { UserAgent } from '../../core/base/ports';

/** The person's browser and clipboard, through VS Code, so that they are the right ones on a remote machine too. */
export const userAgent: UserAgent = {
  open: async (url) => {
    // The string itself, though the type asks for a Uri: turning it into one would decode or encode its query again.
    const opened: unknown = await Reflect.apply(env.openExternal, env, [url]);
    return opened === true;
  },
  copy: async (text) => await env.clipboard.writeText(text),
};
