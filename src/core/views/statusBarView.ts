import * as l10n from '@vscode/l10n';
import { noKey, noModel, sessionState, type Snapshot } from '../session/snapshot';
import type { Credential } from '../credentials/resolve';
import type { Model } from '../providers/model';
import { hostOf } from '../base/origin';
import { inertText } from './inertText';
import { type LimitsView, limitsText } from './limitsView';
import { doubtOf, problemOf, problemText } from './problem';
import { joinSentences } from '../../language/joinSentences';
import { credentialName } from './credentialName';
import { unreadFileText } from './unreadFileText';

/** What the item says signed out: beside those of others it has to say whose it is. */
const SIGN_IN = l10n.t('Qwen: Sign in');

/** What the status bar item shows, and which command a click runs. */
export interface StatusBarView {
  readonly text: string;
  /** Read aloud in place of the text, which holds an icon. */
  readonly label: string;
  readonly tooltip: string;
  readonly tone: 'normal' | 'warning' | 'error';
  /** The tooltip speaks of a file that is not read, because the workspace is not trusted. */
  readonly isUntrusted: boolean;
  readonly command: 'qwen.signIn' | 'qwen.switchModel' | 'qwen.openPanel';
}

type StatusBarItem = Omit<StatusBarView, 'isUntrusted'>;

/**
 * The item for a snapshot. Its tooltip has the folder, where several are open, what is known of
 * limits, and a notice about terminals.
 */
export function statusBarView(snapshot: Snapshot, limits?: LimitsView, notice?: string): StatusBarView {
  const view = limits?.full ? fullItem(snapshot, limits.full) : stateItem(snapshot);
  const { folderLabel } = snapshot.configuration;
  const folder = folderLabel === undefined ? [] : [l10n.t('Folder: {0}', inertText(folderLabel))];
  const unread = unreadFileText(snapshot.configuration);
  const others = [limits && limitsText(limits), notice, unread].filter((text) => text !== undefined);
  const texts = [...folder, ...(sessionState(snapshot).state === 'signingIn' ? [] : others)];
  return {
    ...view,
    tooltip: [view.tooltip, ...texts].join('\n\n'),
    label: joinSentences(view.label, ...texts),
    isUntrusted: unread !== undefined,
  };
}

/** Signed in as ever, and yet the next request is refused until a certain time. */
function fullItem(snapshot: Snapshot, full: Required<LimitsView>['full']): StatusBarItem {
  const view = stateItem(snapshot);
  const { selected } = snapshot;
  if (!selected || sessionState(snapshot).state !== 'signedIn') return view;
  const text = l10n.t('{model} · goes on {when}', { model: inertText(selected.name), when: full.until });
  return item('clock', text, joinSentences(full.text, view.tooltip), view.command, 'warning');
}

function stateItem(snapshot: Snapshot): StatusBarItem {
  if (!snapshot.loaded) return item('sync~spin', 'Qwen', l10n.t('Reading the keychain.'), 'qwen.openPanel');
  const state = sessionState(snapshot);
  const { selected: model } = snapshot;
  const name = inertText(model?.name ?? l10n.t('Choose a model'));
  switch (state.state) {
    case 'signedOut':
      return model
        ? item('key', name, textOf(noKey(model, snapshot)), 'qwen.switchModel', 'warning')
        : signedOut(snapshot);
    case 'signingIn':
      return item('sync~spin', l10n.t('Signing in…'), l10n.t('Waiting for the sign-in to finish.'), 'qwen.openPanel');
    case 'expired': {
      const offline = state.reason === 'offline';
      const tooltip = offline
        ? l10n.t('The sign-in has to be renewed, and its server did not do so.')
        : l10n.t('The sign-in has ended.');
      return item('warning', name, tooltip, 'qwen.openPanel', 'warning');
    }
    case 'failed': {
      const problem = problemOf(state.error, { during: 'test' });
      const tooltip = problem ? problemText(problem) : l10n.t('The sign-in failed.');
      return model
        ? item('error', name, tooltip, 'qwen.openPanel', 'error')
        : item('key', SIGN_IN, tooltip, 'qwen.signIn');
    }
    case 'signedIn':
      if (!model) return item('list-selection', name, l10n.t('Signed in; no model is chosen.'), 'qwen.switchModel');
      return item(
        state.verified ? 'sparkle' : 'question',
        name,
        signedInTooltip(model, snapshot, state.verified),
        'qwen.switchModel',
      );
  }
}

function textOf(error: Error): string {
  const problem = problemOf(error, { during: 'test' });
  return problem ? problemText(problem) : '';
}

function signedOut(snapshot: Snapshot): StatusBarItem {
  const { problems, environmentServer: server } = snapshot;
  const problem = problems.find(({ severity }) => severity !== 'information');
  if (server)
    return item('list-selection', l10n.t('Choose a model'), textOf(noModel(snapshot)), 'qwen.switchModel', 'warning');
  if (problem) return item('warning', SIGN_IN, problem.message, 'qwen.openPanel', 'warning');
  return item('key', SIGN_IN, l10n.t('Sign in with a Coding Plan, an API key or Qwen OAuth.'), 'qwen.signIn');
}

function signedInTooltip({ name, baseUrl }: Model, snapshot: Snapshot, verified: boolean): string {
  const { credential } = snapshot;
  const doubt = doubtOf(snapshot);
  const why = doubt ? problemText(doubt) : unansweredText(credential);
  const about = { model: inertText(name), host: hostOf(baseUrl), key: credentialName(credential) };
  return joinSentences(
    l10n.t('{model} at {host}, with {key}.', about),
    verified ? undefined : l10n.t('Not verified: {0}', why),
    l10n.t('Click to switch the model.'),
  );
}

/** Why nobody knows; true also where another window, or this one before it was reloaded, has had an answer. */
function unansweredText(credential: Credential | undefined): string {
  const isKey = credential?.kind === 'command' || (credential?.kind === 'key' && credential.key !== undefined);
  return isKey
    ? l10n.t('the server has not answered a request with this key in this window yet.')
    : l10n.t('the server has not answered a request in this window yet.');
}

function item(
  icon: string,
  text: string,
  tooltip: string,
  command: StatusBarView['command'],
  tone: StatusBarView['tone'] = 'normal',
): StatusBarItem {
  const named = text === SIGN_IN || text.startsWith('Qwen: ') ? text : l10n.t('Qwen: {0}', text);
  return {
    text: `$(${icon}) ${text}`,
    label: l10n.t('{item}. {tooltip}', { item: named, tooltip }),
    tooltip,
    tone,
    command,
  };
}
