import { describeSource } from '../../core/providers/source';
import { ConfigurationError, SignInRequired } from '../../core/base/errors';
import { hostOf } from '../../core/base/origin';
import { sessionState, type Snapshot } from '../../core/session/snapshot';
import { statusReport, type StatusReport } from '../../core/views/statusReport';
import { table } from '../table';
import type { Context } from './command';

/** Prints what is in effect. Where no request can be made it says why, and ends with 1. */
export async function status({ session, request, world: { terminal } }: Context): Promise<number> {
  const report = statusReport(session.snapshot);
  terminal.out(request.json ? `${JSON.stringify(forScripts(report), undefined, 2)}\n` : forPeople(report));
  const state = sessionState(session.snapshot);
  switch (state.state) {
    case 'signedOut':
      throw new SignInRequired({ reason: 'signedOut' });
    case 'failed':
      throw state.error;
    case 'expired':
      throw expired(session.snapshot, state.reason);
    case 'signedIn':
      if (!session.snapshot.selected) throw new SignInRequired({ reason: 'noModel' });
      return 0;
    case 'signingIn':
      return 0;
  }
}

function expired({ credential }: Snapshot, reason: 'offline' | 'ended'): Error {
  const host = credential?.kind === 'oauth' ? hostOf(credential.account.issuer) : '';
  if (reason === 'ended') return new SignInRequired({ reason: 'ended', host });
  return new ConfigurationError({ part: 'sign-in' }, `${host} did not renew the sign-in. qwen-auth test tries again.`);
}

function forScripts({ state, method, model, baseUrl, key, sources, problems }: StatusReport) {
  return { state, method, model, baseUrl, key, sources, problems };
}

function forPeople({ state, model, baseUrl, key, sources, problems }: StatusReport): string {
  const shownKey = key.last4 ? `…${key.last4}` : key.present ? 'present' : 'none';
  const rows = [
    ['state', state],
    ...(model ? [['model', model, sources && describeSource(sources.model)]] : []),
    ...(baseUrl ? [['base URL', baseUrl, sources && describeSource(sources.baseUrl)]] : []),
    ['key', shownKey, sources && describeSource(sources.key)],
    ...problems.map((problem) => ['problem', problem]),
  ];
  return table(rows);
}
