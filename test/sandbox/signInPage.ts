// The page where a person approves: for a device's user code, and for an authorization request that comes by redirect.
// Every address in it is relative, so that it also works behind a reverse proxy that adds a path.
import type { ServerResponse } from 'node:http';

import { authorizationResponse, readAuthorizationRequest, type AuthorizationRequest } from './authorizationCodes';
import type { AuthorizationServer } from './authorizationServer';
import { clients } from './clients';
import type { CodeState, DeviceAuthorization } from './deviceAuthorizations';
import { html, replyPage, type Html, type Page } from './html';
import { redirect, type RecordedRequest, type Routes } from './http';

/** The sign-in page and what its buttons do. */
export function signInRoutes(server: AuthorizationServer): Routes {
  return {
    'GET /authorize': (request, response) => ask(server, request, response),
    'POST /authorize': (request, response) => decide(server, request, response),
    'GET /authorize/approved': (_, response) => replyPage(response, approvedPage),
    'GET /authorize/denied': (_, response) => replyPage(response, deniedPage),
  };
}

function ask(server: AuthorizationServer, { query }: RecordedRequest, response: ServerResponse) {
  if (query['response_type'] !== undefined) {
    return withRequest(server, query, response, (request) => replyPage(response, requestPage(request, query)));
  }

  const userCode = query['user_code'] ?? '';
  if (userCode === '') return replyPage(response, enterCodePage);
  const device = server.devices.byUserCode(userCode);
  if (!device) return replyPage(response, uselessCodePage(userCode, 'unknown'));
  const state = server.devices.state(device);
  if (state !== 'pending') return replyPage(response, uselessCodePage(userCode, state));
  replyPage(response, devicePage(device));
}

function decide(server: AuthorizationServer, { form }: RecordedRequest, response: ServerResponse) {
  const decision = form['decision'] === 'approve' ? 'approved' : 'denied';
  if (form['response_type'] !== undefined) {
    return withRequest(server, form, response, (request) => {
      const result = decision === 'approved' ? { code: server.codes.issue(request) } : { error: 'access_denied' };
      const { redirectUri, state } = request;
      const iss = server.behavior.namesIssuer ? server.issuer : undefined;
      redirect(response, authorizationResponse(redirectUri, { ...result, state, iss }));
    });
  }

  const userCode = form['user_code'] ?? '';
  const state = server.devices.state(server.devices.byUserCode(userCode));
  if (state !== 'pending') return replyPage(response, uselessCodePage(userCode, state));
  server.devices.decide(userCode, decision);
  redirect(response, `authorize/${decision}`);
}

function withRequest(
  server: AuthorizationServer,
  fields: Readonly<Record<string, string>>,
  response: ServerResponse,
  use: (request: AuthorizationRequest) => void,
) {
  const read = readAuthorizationRequest(fields, server.issuer);
  if (read.kind === 'valid') return use(read.request);
  if (read.kind === 'error') return redirect(response, read.location);
  replyPage(response, {
    status: 400,
    mark: 'stop',
    title: 'This sign-in cannot go on',
    content: html`<p>${read.sentence}</p>
      <p>Go back to VS Code and start the sign-in again.</p>`,
  });
}

function devicePage({ userCode, clientId }: DeviceAuthorization): Page {
  const content = html`<p><strong>${nameOf(clientId)}</strong> asks to use your sandbox account.</p>
    <p>Approve only if VS Code shows this code:</p>
    <span class="code">${userCode}</span>
    ${decisionForm({ user_code: userCode })}`;
  return { mark: 'key', title: 'Sign in to the sandbox', content };
}

function requestPage({ clientId, redirectUri }: AuthorizationRequest, query: Readonly<Record<string, string>>): Page {
  const { protocol, host } = new URL(redirectUri);
  const content = html`<p><strong>${nameOf(clientId)}</strong> asks to use your sandbox account.</p>
    <p>After that you return to <strong>${protocol}//${host}</strong>.</p>
    ${decisionForm(query)}`;
  return { mark: 'key', title: 'Sign in to the sandbox', content };
}

function decisionForm(fields: Readonly<Record<string, string>>): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="authorize">
    ${hidden}
    <div class="buttons">
      <button type="submit" name="decision" value="deny">Deny</button>
      <button type="submit" name="decision" value="approve" class="primary">Approve</button>
    </div>
  </form>`;
}

const codeForm = html`<form method="get" action="authorize">
  <input type="hidden" name="client" value="qwen-code" />
  <label for="user_code">Code from VS Code</label>
  <input
    id="user_code"
    name="user_code"
    required
    autofocus
    autocomplete="off"
    spellcheck="false"
    placeholder="XXXX-XXXX"
  />
  <div class="buttons"><button type="submit" class="primary">Continue</button></div>
</form>`;

const enterCodePage: Page = {
  mark: 'key',
  title: 'Sign in to the sandbox',
  content: html`<p>Type the code that VS Code shows.</p>
    ${codeForm}`,
};

const approvedPage: Page = {
  mark: 'done',
  title: 'You are signed in',
  content: html`<p>You can close this page and go back to VS Code.</p>`,
};

const deniedPage: Page = {
  mark: 'stop',
  title: 'Sign-in denied',
  content: html`<p>VS Code gets nothing. You can close this page, or start the sign-in again in VS Code.</p>`,
};

function uselessCodePage(userCode: string, state: Exclude<CodeState, 'pending'>): Page {
  const reason = uselessCodes[state];
  const content = html`<p>${reason.sentence.replace('{code}', () => userCode)}</p>
    ${codeForm}`;
  return { status: reason.status, mark: 'stop', title: reason.title, content };
}

const used = {
  status: 410,
  title: 'This code was used already',
  sentence: 'A code works once. To sign in again, start again in VS Code and use the new code.',
};
const uselessCodes = {
  unknown: {
    status: 404,
    title: 'This code is not known',
    sentence: '“{code}” is not a code of this sandbox. Check the code in VS Code and type it again.',
  },
  expired: {
    status: 410,
    title: 'This code has expired',
    sentence: 'Start the sign-in again in VS Code to get a new code.',
  },
  approved: used,
  denied: used,
  redeemed: used,
};

function nameOf(clientId: string): string {
  return clients.get(clientId) ?? clientId;
}
