import * as l10n from '@vscode/l10n';
import { EXIT } from '../exitCodes';
import { describeSource, type Sources } from '../../core/providers/source';
import { ConfigurationError, SignInRequired } from '../../core/base/errors';
import { hostOf } from '../../core/base/origin';
import { sessionState, type Snapshot } from '../../core/session/snapshot';
import { sourcesOf, statusReport, type StatusReport } from '../../core/views/statusReport';
import { sentenceFor } from '../problems';
import { table } from '../table';
import { usedUpText } from '../usedUp';
import type { Context } from './command';

/** Prints what is in effect. Where no request can be made it says why, and ends with 1. */
export async function status({ session, request, ports: { terminal, clock } }: Context): Promise<number> {
  const { snapshot } = session;
  const report = statusReport(snapshot);
  const obstacle = obstacleOf(snapshot);
  // Standard error says why; scripts get all of it.
  const said = obstacle === undefined ? '' : sentenceFor(obstacle, snapshot, terminal.isInteractive);
  const full = usedUpText(snapshot, clock.now());
  const unsaid = report.problems.filter((problem) => !said.includes(problem));
  terminal.out(
    request.json
      ? `${JSON.stringify(forScripts(report), undefined, 2)}\n`
      : forPeople({ ...report, problems: unsaid }, sourcesOf(snapshot), full),
  );
  if (obstacle !== undefined) throw obstacle;
  return EXIT.done;
}

/** The states in words. */
const STATES: Readonly<Record<StatusReport['state'], string>> = {
  signedOut: l10n.t('signedOut'),
  signingIn: l10n.t('signingIn'),
  signedIn: l10n.t('signedIn'),
  expired: l10n.t('expired'),
  failed: l10n.t('failed'),
};

/** Why no request can be made; undefined where one can. */
function obstacleOf(snapshot: Snapshot): unknown {
  const state = sessionState(snapshot);
  switch (state.state) {
    case 'signedOut':
      return new SignInRequired({ reason: 'signedOut' });
    case 'failed':
      return state.error;
    case 'expired':
      return expired(snapshot, state.reason);
    case 'signedIn':
      return snapshot.selected ? undefined : new SignInRequired({ reason: 'noModel' });
    case 'signingIn':
      return undefined;
  }
}

function expired({ credential }: Snapshot, reason: 'offline' | 'ended'): Error {
  const host = credential?.kind === 'oauth' ? hostOf(credential.account.issuer) : '';
  if (reason === 'ended') return new SignInRequired({ reason: 'ended', host });
  return new ConfigurationError(
    { part: 'sign-in' },
    l10n.t('{host} did not renew the sign-in. qwen-auth test tries again.', { host }),
  );
}

function forScripts({ state, method, verified, model, baseUrl, key, sources, problems }: StatusReport) {
  return { state, method, verified, model, baseUrl, key, sources, problems };
}

function forPeople(
  { state, verified, model, baseUrl, key, problems }: StatusReport,
  sources: Sources | undefined,
  full: string | undefined,
): string {
  const shownKey = key.last4 ? `…${key.last4}` : key.present ? l10n.t('present') : l10n.t('none');
  const shownState = state === 'signedIn' && !verified ? l10n.t('{0}, not verified', STATES[state]) : STATES[state];
  const rows = [
    [l10n.t('state'), shownState],
    ...(model ? [[l10n.t('model'), model, sources && describeSource(sources.model)]] : []),
    ...(baseUrl ? [[l10n.t('base URL'), baseUrl, sources && describeSource(sources.baseUrl)]] : []),
    [l10n.t('key'), shownKey, sources && describeSource(sources.key)],
    ...(full ? [[l10n.t('limit'), full]] : []),
    ...problems.map((problem) => [l10n.t('problem'), problem]),
  ];
  return table(rows);
}
