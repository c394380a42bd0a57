import * as l10n from '@vscode/l10n';
import type { OAuthServerView, ToHost } from '../../src/shared/messages';
import { el, onEnter, whenChanged } from '../kit/dom';
import { button, textField } from '../kit/toolkit';
import { required } from './signInForm';

/** The fields that name an authorization server other than Qwen's, closed until somebody wants them. */
interface OtherServerForm {
  readonly element: HTMLElement;
  /** Fills in the server that the settings name. */
  show(server: OAuthServerView | undefined): void;
}

/** The form for another authorization server; `post` signs in there. */
export function createOtherServerForm(post: (intent: ToHost) => void): OtherServerForm {
  const submit = (): void => {
    // Each takes the focus where it is empty: the first of them has it in the end.
    const client = required(clientId, NEEDED.clientId);
    const where = required(issuer, NEEDED.issuer);
    if (where === undefined || client === undefined) return;
    post({
      type: 'signInAtServer',
      issuer: where,
      clientId: client,
      api: api.value.trim(),
      scopes: scopes.value.trim(),
    });
  };
  const field = (label: string, hint: string, placeholder = '') =>
    textField({ label, hint, placeholder, onKey: onEnter(submit) });
  const issuer = field(
    l10n.t('Authorization server'),
    l10n.t('Any server with a discovery document.'),
    'https://login.example.com',
  );
  const clientId = field(l10n.t('Client ID'), l10n.t('The name by which that server knows this extension.'));
  const api = field(
    l10n.t('API base URL'),
    l10n.t('The API that its sign-in is for. Most servers do not say it, so it has to be named here.'),
    'https://api.example.com/v1',
  );
  const scopes = field(
    l10n.t('Scopes (optional)'),
    l10n.t('What to ask that server for, in place of what it usually takes.'),
  );
  const back = button({
    label: l10n.t("Use Qwen's server again"),
    appearance: 'link',
    onClick: () => post({ type: 'signInAtServer', issuer: '', clientId: '', api: '', scopes: '' }),
  });
  const actions = el(
    'div',
    { class: 'row' },
    button({ label: l10n.t('Sign in at this server'), onClick: submit }),
    back,
  );
  const fields = [issuer, clientId, api, scopes].map((one) => one.element);
  const element = el(
    'details',
    { class: 'other-server' },
    el('summary', {}, l10n.t('Another server')),
    ...fields,
    actions,
  );
  const render = whenChanged((server: OAuthServerView | undefined) => {
    issuer.value = server?.issuer ?? '';
    clientId.value = server?.clientId ?? '';
    api.value = server?.api ?? '';
    scopes.value = server?.scopes ?? '';
    back.hidden = server === undefined;
  });
  return { element, show: render };
}

const NEEDED = {
  issuer: l10n.t('Enter the address of the authorization server.'),
  clientId: l10n.t('Enter the client ID. Whoever runs the server gives it to you.'),
} as const;
