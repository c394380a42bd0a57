import './language';
import './panel.css';
import * as l10n from '@vscode/l10n';
import type { PageId } from '../src/shared/providersMessages';
import type { PanelState, SessionView, ToHost, ToPanel } from '../src/shared/messages';
import { createAccounts } from './signIn/accounts';
import { createAnnouncer } from './kit/announcer';
import { createChoices } from './kit/choices';
import { el, moveBefore } from './kit/dom';
import { holdStill } from './kit/holdStill';
import { createLimits } from './status/limits';
import { changedModels } from './models/changedModels';
import { createModelPicker, isAboutModels } from './models/modelPicker';
import type { ProblemIntent } from './kit/problem';
import { builtWhenShown, type Page } from './kit/part';
import { createProvidersPage } from './providers/providersPage';
import { createSessionHeader } from './signIn/sessionHeader';
import { createSignInSection } from './signIn/signInSection';
import { createNextSteps } from './status/nextSteps';
import { createTerminal } from './status/terminal';
import { createTabs } from './kit/tabs';
import { button } from './kit/toolkit';
import { focusedElement } from './kit/focus';
import { createUsagePage } from './usage/usagePage';

const api = acquireVsCodeApi();
const post = (intent: ToHost) => api.postMessage(intent);
const act = (intent: ProblemIntent) => {
  if (intent.type !== 'showMethod') return post(intent);
  if (last !== undefined && pageOf(last) !== 'signIn') post({ type: 'showPage', page: 'signIn' });
  tabs.show('signIn');
  const { type: _, method, provider, ...rest } = intent;
  if (method !== 'qwen-oauth' && provider !== undefined) signIn.fillIn({ method, provider, ...rest });
  else signIn.showMethod(method);
};

const choices = createChoices(api);
const announcer = createAnnouncer();
const header = createSessionHeader(post, act);
const signIn = createSignInSection(post, act, choices, announcer, () => last && next.update(last));
const next = builtWhenShown(
  ({ connection, modelInUse }) => connection.kind !== 'none' || modelInUse !== undefined,
  () => createNextSteps(post, act, () => signIn.isOpen),
);
const limits = builtWhenShown(
  (state) => state.limits !== undefined,
  () => createLimits(act),
);
const models = builtWhenShown(isAboutModels, () => createModelPicker(post, act, choices, announcer));
const accounts = builtWhenShown(
  (state) => state.accounts.length > 0,
  () => createAccounts(post, act),
);
const terminal = builtWhenShown(
  (state) => state.terminal !== undefined && state.models.length > 0,
  () => createTerminal(post, act),
);
const providers = builtWhenShown(
  ({ providersPage }) => providersPage !== undefined,
  () => createProvidersPage(post, act, announcer),
);
const usage = builtWhenShown(
  (state) => state.usage !== undefined,
  () => createUsagePage(post, act, choices, announcer),
);
const parts = [header, signIn, next, limits, models, accounts, terminal, providers, usage, announcer];
const showLog = button({ label: l10n.t('Show log'), appearance: 'link', onClick: () => post({ type: 'showLog' }) });

const panel = document.getElementById('panel') ?? document.body.appendChild(el('main', { id: 'panel' }));
const signInPage = el(
  'div',
  {},
  header.element,
  next.element,
  limits.element,
  signIn.element,
  models.element,
  accounts.element,
  terminal.element,
  el('footer', {}, showLog),
);
const pages: readonly { readonly id: PageId; readonly label: string }[] = [
  { id: 'signIn', label: l10n.t('Home') },
  { id: 'providers', label: l10n.t('Providers') },
  { id: 'usage', label: l10n.t('Usage') },
];
const elements = { signIn: signInPage, providers: providers.element, usage: usage.element };
const tabs = createTabs(l10n.t('Pages'), pages, elements, (page) => post({ type: 'showPage', page }));
tabs.show('signIn');
panel.append(tabs.element, signInPage, providers.element, usage.element, announcer.element);

/**
 * Puts the models first for a person who is signed in, and the sign-in first for others. The focus stays where it is.
 */
function arrange(session: SessionView): void {
  const follower = session.kind === 'signedIn' ? signIn.element : terminal.element;
  if (accounts.element.nextElementSibling === follower) return;
  for (const { element } of [models, accounts]) moveBefore(signInPage, element, follower);
}

const HEADS = { signIn: header, providers, usage } as const satisfies Record<PageId, Page>;

function pageOf({ providersPage, usage: used }: PanelState): PageId {
  if (used !== undefined) return 'usage';
  return providersPage === undefined ? 'signIn' : 'providers';
}

/** Shows the page of the state, and on it the form for a key that was asked for since the last state. */
function turn(state: PanelState, before: PanelState | undefined): void {
  const page = pageOf(state);
  const { keyForm } = state;
  if ((choices.get('page') || 'signIn') !== page) choices.set('page', page);
  tabs.show(page);
  if (before !== undefined && keyForm !== undefined && keyForm.serial !== before.keyForm?.serial)
    signIn.fillIn(keyForm);
}

let last: PanelState | undefined;
function receive(message: unknown): void {
  if (!isToPanel(message)) return;
  const state = stateAfter(message, last);
  if (state === undefined) return;
  const focused = focusedElement();
  const before = last;
  // What is drawn at a change of the page is drawn from the last state.
  last = state;
  const change = () => {
    for (const part of parts) part.update(state);
    arrange(state.session);
    turn(state, before);
  };
  if (before === undefined) change();
  else holdStill(change);
  const left = focusedElement();
  const isLost = left === document.body || !left?.checkVisibility();
  if (isLost && focused !== document.body) HEADS[pageOf(state)].focus();
}

/** The state that a message leads to; undefined for changes of one that never came. */
function stateAfter(message: ToPanel, before: PanelState | undefined): PanelState | undefined {
  if (message.type === 'state') return message.state;
  const gone = Object.fromEntries(message.gone.map((name) => [name, undefined]));
  if (before === undefined) return undefined;
  const listed = message.models ? changedModels(before.models, message.models) : before.models;
  return { ...before, models: listed, ...gone, ...message.changed };
}

function isToPanel(message: unknown): message is ToPanel {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  return message.type === 'state' || message.type === 'changes';
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => receive(data));
const firstMessage = document.getElementById('first-message')?.textContent;
if (firstMessage) receive(JSON.parse(firstMessage));
post({ type: 'ready' });
