import * as l10n from '@vscode/l10n';
import { hostOf } from '../../core/base/origin';
import { askQuota, type QuotaAccount, quotaAccountOf } from '../../core/limits/askQuota';
import type { FullWindow } from '../../core/limits/fullWindow';
import { fullWindowFor } from '../../core/limits/fullWindows';
import { countedQuotaOf, planQuotas } from '../../core/limits/planQuotas';
import type { Quota } from '../../core/providers/quota';
import { modelInUse } from '../../core/session/snapshot';
import { limitsView } from '../../core/views/limitsView';
import { askForConsent } from '../consents';
import { EXIT } from '../exitCodes';
import { table } from '../table';
import { sayWhatIsUsedUp } from '../usedUp';
import type { Context } from './command';

/**
 * Prints what is left of the model in use: what its provider says to the key that requests carry, what was counted here
 * where nobody tells, and what a refusal has told.
 */
export async function limits(context: Context): Promise<number> {
  const { session, limits: counts, settings, request, ports } = context;
  const { terminal, clock } = ports;
  await askForConsent(session, ports, request.allowWorkspace);
  const { model, credential } = modelInUse(session.snapshot);
  const account = quotaAccountOf(model, credential);
  const said = credential.kind === 'oauth' ? [] : await askProvider(context, account);
  await Promise.all([counts.load(), counts.loadOlder()]);
  const now = clock.now();
  const host = hostOf(model.baseUrl);
  if (request.json) {
    const quotas = [
      ...said.map((quota) => ({ ...forScripts(quota), source: 'server' })),
      ...counted(context, account, now).map((quota) => ({ ...forScripts(quota), source: 'here' })),
    ];
    const full = fullWindowFor(session.snapshot.full, { model, credential });
    terminal.out(`${JSON.stringify({ host, limits: quotas, ...(full && { usedUp: usedUp(full) }) }, undefined, 2)}\n`);
    return EXIT.done;
  }
  const known = {
    status: (baseUrl: string) => counts.status(baseUrl),
    countSince: (baseUrl: string, start: number) => counts.countSince(baseUrl, start),
    firstSince: (baseUrl: string, start: number) => counts.firstSince(baseUrl, start),
    asked: () => ({ at: now, quotas: said }),
  };
  const view = limitsView(session.snapshot, known, settings);
  if (view) terminal.out(table(view.rows.map(({ label, text, source }) => [label, text, source])));
  else terminal.err(`${l10n.t('{host} does not tell what is left to a key.', { host })}\n`);
  sayWhatIsUsedUp(session.snapshot, ports);
  return EXIT.done;
}

async function askProvider({ session, ports }: Context, account: QuotaAccount | undefined): Promise<readonly Quota[]> {
  const { key } = (await session.access(ports.signal)).access;
  return account ? await askQuota(ports.fetch, { ...account, key }, ports.clock.now(), ports.signal) : [];
}

/** What was counted here, for scripts. */
function counted(
  { session, limits: counts, settings }: Context,
  account: QuotaAccount | undefined,
  now: number,
): readonly Quota[] {
  const { model, credential } = modelInUse(session.snapshot);
  if (credential.kind === 'oauth')
    return [{ kind: 'requests', window: 'day', used: counts.status(model.baseUrl).lastDay }];
  const plan = countedQuotaOf(account?.provider);
  return account && plan ? planQuotas(counts, account.baseUrl, plan, settings.plan(plan.plan), now) : [];
}

/** The same with a date in the place of milliseconds. */
function forScripts(quota: Quota): object {
  const resetsAt = 'resetsAt' in quota ? quota.resetsAt : undefined;
  return { ...quota, ...(resetsAt !== undefined && { resetsAt: new Date(resetsAt).toISOString() }) };
}

function usedUp({ window, model, resumesAt, isLatest }: FullWindow): object {
  return {
    ...(window && { window }),
    ...(model && { model }),
    resumesAt: new Date(resumesAt).toISOString(),
    isLatest,
  };
}
