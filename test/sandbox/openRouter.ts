// OpenRouter's way to make a key for whoever signs in: a page that goes back with a code, and the exchange of the code.
import type { ServerResponse } from 'node:http';

import { html, replyPage } from './html';
import { redirect, replyJson, type RecordedRequest, type Routes } from './http';
import { isRecord } from './json';
import { s256, secret } from './pkce';

/** The page and the endpoint, at OpenRouter's paths; a code is good once. */
export function openRouterRoutes(key: string): Routes {
  const challenges = new Map<string, string>();
  return {
    'GET /auth': ({ query }, response) => ask(query, response),
    'POST /auth': ({ form }, response) => {
      const { callback_url: callback = '', code_challenge: challenge = '', decision } = form;
      const code = secret('code');
      if (decision === 'approve') challenges.set(code, challenge);
      const answer = decision === 'approve' ? `code=${code}` : 'error=access_denied';
      redirect(response, `${callback}${callback.includes('?') ? '&' : '?'}${answer}`);
    },
    'POST /api/v1/auth/keys': ({ json }: RecordedRequest, response) => {
      const { code = '', code_verifier: verifier = '' } = isRecord(json) ? json : {};
      const challenge = challenges.get(String(code));
      challenges.delete(String(code));
      if (challenge === undefined || s256(String(verifier)) !== challenge) {
        return replyJson(response, 403, { error: { code: 403, message: 'Invalid code or code_verifier' } });
      }
      replyJson(response, 200, { key, user_id: 'sandbox-user' });
    },
  };
}

function ask(query: Readonly<Record<string, string>>, response: ServerResponse) {
  const { callback_url: callback = '', code_challenge: challenge = '', code_challenge_method: method } = query;
  const isSound = URL.canParse(callback) && challenge !== '' && method === 'S256';
  if (!isSound) {
    const content = html`<p>The sandbox wants a callback_url and a code_challenge by S256.</p>`;
    return replyPage(response, { status: 400, mark: 'stop', title: 'This sign-in cannot go on', content });
  }
  const content = html`<p><strong>Qwen Auth for VS Code</strong> asks for a key of your sandbox account.</p>
    <form method="post" action="auth">
      <input type="hidden" name="callback_url" value="${callback}" />
      <input type="hidden" name="code_challenge" value="${challenge}" />
      <div class="buttons">
        <button type="submit" name="decision" value="deny">Deny</button>
        <button type="submit" name="decision" value="approve" class="primary">Approve</button>
      </div>
    </form>`;
  replyPage(response, { mark: 'key', title: 'Make a key for VS Code', content });
}
