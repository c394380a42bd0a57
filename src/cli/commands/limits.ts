import { hostOf } from '../../core/base/origin';
import { askQuota, quotaAccountAt } from '../../core/limits/askQuota';
import type { Quota } from '../../core/providers/quota';
import { quotaRow } from '../../core/views/quotaRow';
import { askForConsent } from '../consents';
import { EXIT } from '../exitCodes';
import { table } from '../table';
import type { Context } from './command';

/** Asks the provider of the model in use what is left, with the key that its requests carry, and prints what it says. */
export async function limits({ session, request, ports }: Context): Promise<number> {
  const { terminal, clock, fetch, signal } = ports;
  await askForConsent(session, ports, request.allowWorkspace);
  const { model, access } = await session.access(signal);
  const host = hostOf(model.baseUrl);
  const account = quotaAccountAt(model.baseUrl, access.key);
  const now = clock.now();
  const quotas = account ? await askQuota(fetch, account, now, signal) : [];
  if (request.json) terminal.out(`${JSON.stringify({ host, limits: quotas.map(forScripts) }, undefined, 2)}\n`);
  else if (quotas.length > 0) terminal.out(table(quotas.flatMap((quota) => forPeople(quota, now))));
  else terminal.err(`${host} does not tell what is left to a key.\n`);
  return EXIT.done;
}

function forPeople(quota: Quota, now: number): readonly (readonly string[])[] {
  const row = quotaRow(quota, now);
  return row ? [[row.label, row.text]] : [];
}

/** The same with a date in the place of milliseconds. */
function forScripts(quota: Quota): object {
  const resetsAt = 'resetsAt' in quota ? quota.resetsAt : undefined;
  return { ...quota, ...(resetsAt !== undefined && { resetsAt: new Date(resetsAt).toISOString() }) };
}
