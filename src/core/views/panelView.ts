import * as l10n from '@vscode/l10n';
import type { Method } from '../base/method';
import { describeSource } from '../providers/source';
import type { Settings } from '../config/settings';
import { ConfigurationError, SignInRequired } from '../base/errors';
import { isFreeTierRefusal } from '../limits/freeTier';
import { PROVIDERS, usualModelId } from '../providers/catalogue';
import type { Provider, Region } from '../providers/provider';
import { accountLabel } from '../models/modelList';
import { hostOf } from '../base/origin';
import { keyTarget, type SignInStep } from '../signIn/signIn';
import type { SignInAttempt } from '../signIn/signInAttempt';
import { oauthServerFields } from '../signIn/oauthServer';
import { noKey, noModel, type SessionState, sessionState, type Snapshot } from '../session/snapshot';
import { withElsewhere } from './elsewhere';
import { accountView } from './accountView';
import { methodViews } from './methodViews';
import { otherWays, secondTry, waysAround } from './otherWays';
import { doubtOf, problemOf, problemText } from './problem';
import type { Action, Problem } from './action';
import { modelChoiceText } from './modelChoice';
import { listAgesView, type ModelList, modelListView } from './modelListView';
import { PROVIDER_GROUPS } from './providerGroups';
import { modelAtText } from './modelAtText';
import { clausesText } from '../../language/clausesText';

/** The form as far as it is filled in, for a preview of where a key would go. */
export interface Draft {
  readonly provider: string;
  readonly region?: string;
  readonly baseUrl?: string;
}

/** Everything the panel shows, with its list of models. Its shape is the panel's message; nothing in it is secret. */
export function panelView(
  snapshot: Snapshot,
  settings: Settings,
  draft: Draft | undefined,
  models: ModelList = modelListView(snapshot),
) {
  const { selected } = snapshot;
  const { folderLabel } = snapshot.configuration;
  const oauthServer = oauthServerFields(settings);
  return {
    ...(folderLabel !== undefined && { folder: folderLabel }),
    session: sessionView(snapshot),
    accounts: snapshot.accounts.map((account) => accountView(account, snapshot)),
    methods: methodViews(settings),
    ...(oauthServer && { oauthServer }),
    providers: PROVIDERS.map((provider) => providerView(provider, settings)),
    draft: draft && draftView(draft, settings),
    models,
    ...(selected && { modelInUse: { id: selected.id, baseUrl: selected.baseUrl, name: selected.name } }),
    listAges: listAgesView(models, snapshot),
    warnings: snapshot.problems.map((problem) => mustProblem(problem)),
    connection: connectionView(snapshot),
  };
}

function sessionView(snapshot: Snapshot) {
  const state = sessionState(snapshot);
  if (!snapshot.loaded) return { kind: 'loading' } as const;
  switch (state.state) {
    case 'signedOut':
      return { kind: 'signedOut', ...signedOutText(snapshot) } as const;
    case 'signingIn':
      return signingInView(state, snapshot);
    case 'signedIn': {
      const title = state.verified ? credentialText(snapshot) : l10n.t('{0}, not verified', credentialText(snapshot));
      const doubt = state.verified ? undefined : doubtOf(snapshot);
      const detail = signedInDetail(snapshot);
      const tone = state.verified ? 'good' : 'warning';
      return { kind: 'signedIn', tone, title, detail, ...(doubt && { doubt }), ...failureBeside(snapshot) } as const;
    }
    case 'expired': {
      const { method, reason } = state;
      const title = reason === 'offline' ? l10n.t('Signed in, but not renewed') : l10n.t('The sign-in has ended');
      const problem = expiredProblem(reason, snapshot);
      return { kind: 'expired', tone: 'warning', title, method, problem, ...failureBeside(snapshot) } as const;
    }
    case 'failed': {
      const { signInAttempt, credential } = snapshot;
      if (!credential && signInAttempt.kind === 'failed')
        return { kind: 'failed', title: failureTitle(signInAttempt.error), ...failureView(signInAttempt) } as const;
      const { method, error } = state;
      const problem = mustProblem(error, method);
      const isHeldBack = error instanceof SignInRequired && error.reason === 'notAllowed';
      const title = isHeldBack ? NOT_SENT : l10n.t('Signed out by the server');
      return { kind: 'failed', tone: 'bad', title, method, problem, ...failureBeside(snapshot) } as const;
    }
  }
}

/** A failed sign-in does not change the state of the credential in use, so that it is shown beside it. */
function failureBeside({ signInAttempt }: Snapshot) {
  return signInAttempt.kind === 'failed' ? { failure: failureView(signInAttempt) } : {};
}

function signedOutText(snapshot: Snapshot): { readonly title: string; readonly detail: string } {
  const { selected, environmentServer } = snapshot;
  if (selected) return { title: l10n.t('No key'), detail: problemText(mustProblem(noKey(selected, snapshot))) };
  const title = snapshot.undiscovered ? l10n.t('No models known') : l10n.t('No model named');
  if (environmentServer) return { title, detail: problemText(mustProblem(noModel(snapshot))) };
  return { title: l10n.t('Not signed in'), detail: l10n.t("Keys stay in your system's keychain.") };
}

function signingInView(
  { method, step }: Extract<SessionState, { readonly state: 'signingIn' }>,
  { signInAttempt }: Pick<Snapshot, 'signInAttempt'>,
) {
  const ways =
    signInAttempt.kind === 'running' && signInAttempt.overdue
      ? otherWays(signInAttempt.request, signInAttempt.others)
      : [];
  return { kind: 'signingIn', method, title: l10n.t('Signing in…'), step: stepView(step), ways } as const;
}

function stepView(step: SignInStep | undefined) {
  if (step?.kind === 'checking') return { kind: 'checking', host: step.host } as const;
  if (step?.kind === 'redirect') return { kind: 'redirect', host: step.host, flow: step.flow } as const;
  if (step?.kind !== 'userCode') return { kind: 'contacting', host: step?.host ?? '' } as const;
  const { userCode, verificationUri, expiresAt } = step.device;
  return { kind: 'userCode', userCode, verificationUri, expiresAt, host: hostOf(verificationUri) } as const;
}

function credentialText({ credential, selected }: Snapshot): string {
  if (credential?.account) return l10n.t('Signed in with {0}', accountLabel(credential.account));
  const { source } = credential ?? {};
  if (source === undefined || source.kind === 'none')
    return selected ? l10n.t('No key needed at {0}', hostOf(selected.baseUrl)) : l10n.t('No key needed');
  return l10n.t('Signed in with {source}', { source: describeSource(source) });
}

function signedInDetail(snapshot: Snapshot): string {
  const { selected } = snapshot;
  if (!selected) return l10n.t('No model is chosen: type the one you want below.');
  const how = modelChoiceText(snapshot);
  return how ? clausesText(selected.name, how) : modelAtText(selected);
}

function expiredProblem(reason: 'offline' | 'ended', { credential }: Snapshot): Problem {
  const ended = new SignInRequired({
    reason: 'ended',
    host: credential?.kind === 'oauth' ? hostOf(credential.account.issuer) : '',
  });
  if (reason === 'ended' && isFreeTierRefusal(ended)) return mustProblem(ended);
  if (reason === 'ended') {
    return {
      message: l10n.t('The authorization server does not renew it any more.'),
      action: { label: l10n.t('Sign in again'), intent: { type: 'signIn', method: 'qwen-oauth' } },
    };
  }
  return {
    message: l10n.t('The sign-in has to be renewed, and its authorization server did not do so. It is kept.'),
    action: { label: l10n.t('Try again'), intent: { type: 'testConnection' } },
  };
}

const NOT_SENT = l10n.t('The key was not sent');

function failureTitle(error: unknown): string {
  const reason = error instanceof SignInRequired ? error.reason : undefined;
  if (reason === 'foreignKey') return NOT_SENT;
  return reason === 'goodElsewhere' ? l10n.t('The key is good elsewhere') : l10n.t('The sign-in failed');
}

/** Why a sign-in failed, and what else to try. */
function failureView(signInAttempt: Extract<SignInAttempt, { readonly kind: 'failed' }>) {
  const { error, request } = signInAttempt;
  const { method } = request;
  const problem = mustProblem(error, method);
  const ways = waysAround(problem, error, { signInAttempt });
  const { action, others } = problem;
  const mended = {
    ...problem,
    ...(action && { action: inItsPlace(action, signInAttempt) }),
    ...(others && { others: others.map((other) => inItsPlace(other, signInAttempt)) }),
  };
  // A key that is good in another region is good news.
  const tone = error instanceof SignInRequired && error.reason === 'goodElsewhere' ? 'good' : 'bad';
  return { method, tone, problem: mended, ways } as const;
}

/** The button that means the same sign-in once more, with where its key was to go. */
function inItsPlace(action: Action, signInAttempt: SignInAttempt): Action {
  const again = secondTry(action.intent, { signInAttempt });
  if (!again) return action;
  const { method, provider, region, baseUrl } = again;
  const place = { ...(provider && { provider }), ...(region && { region }), ...(baseUrl && { baseUrl }) };
  return { ...action, intent: { type: 'showMethod', method, ...place } };
}

function mustProblem(error: unknown, method: Method = 'api-key'): Problem {
  return problemOf(error, { during: 'signIn', method }) ?? { message: l10n.t('Cancelled.') };
}

function providerView(provider: Provider, settings: Settings) {
  const { id, method, label, key, keyHint, envKey, baseUrlHint, regions, regionsAre } = provider;
  // With a gateway in its place, nobody needs to know the address.
  const hasOwn = endpointText(provider, regions[0], settings) !== '';
  const baseUrl = provider.baseUrl === 'required' && hasOwn ? 'optional' : provider.baseUrl;
  return {
    id,
    method,
    label,
    group: PROVIDER_GROUPS[provider.group],
    key,
    keyHint,
    envKey,
    baseUrl,
    baseUrlHint,
    regionsAre,
    regions: regions.map((region) => ({
      id: region.id,
      label: region.label,
      baseUrl: endpointText(provider, region, settings),
    })),
    browserSignIn: provider.browserSignIn === true,
    hasConsole: regions.some(({ consoleUrl }) => consoleUrl !== undefined),
    hasDocs: regions.some(({ docsUrl }) => docsUrl !== undefined),
    modelHint: usualModelId(provider) ?? '',
  };
}

function endpointText(provider: Provider, region: Region, settings: Settings): string {
  try {
    return settings.endpoint(provider, region).baseUrl;
  } catch {
    return region.baseUrl;
  }
}

function draftView(draft: Draft, settings: Settings) {
  const method = PROVIDERS.find(({ id }) => id === draft.provider)?.method ?? 'api-key';
  try {
    const { endpoint, note } = keyTarget({ method, ...draft }, settings);
    return { ok: true, provider: draft.provider, baseUrl: endpoint.baseUrl, ...(note && { note }) } as const;
  } catch (error) {
    if (error instanceof ConfigurationError)
      return { ok: false, provider: draft.provider, error: error.message } as const;
    throw error;
  }
}

function connectionView(snapshot: Snapshot) {
  const { connection } = snapshot;
  switch (connection.kind) {
    case 'none':
      return { kind: 'none' } as const;
    case 'running':
      return { kind: 'running', model: connection.model.name, text: connection.text } as const;
    case 'failed': {
      // After a sign-out during the test, the session says so itself.
      const isOver = connection.error instanceof SignInRequired && connection.error.reason === 'signedOut';
      const problem = isOver ? undefined : problemOf(connection.error, { during: 'test' });
      if (!problem) return { kind: 'none' } as const;
      return { kind: 'failed', problem: withElsewhere(problem, connection.error, snapshot) } as const;
    }
    case 'answered': {
      const { model, text, firstTokenMs, sources, folderLabel } = connection;
      const rows = [
        ...(folderLabel === undefined ? [] : [{ label: l10n.t('Folder'), text: folderLabel }]),
        { label: 'Base URL', text: model.baseUrl },
        { label: l10n.t('Model from'), text: describeSource(sources.model) },
        { label: l10n.t('Base URL from'), text: describeSource(sources.baseUrl) },
        { label: l10n.t('Key from'), text: describeSource(sources.key) },
      ];
      return {
        kind: 'answered',
        model: model.name,
        host: hostOf(model.baseUrl),
        text,
        firstTokenMs,
        sources: rows,
      } as const;
    }
  }
}
