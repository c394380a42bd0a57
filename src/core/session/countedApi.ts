import type { Account } from '../credentials/account';
import { hostOf } from '../base/origin';
import { quotaAccountAt } from '../limits/askQuota';
import { countedQuotaOf } from '../limits/planQuotas';
import type { Snapshot } from './snapshot';

/**
 * Whether requests to a base URL are counted here: those of the OAuth sign-in and of plans, whose servers tell nobody
 * what is left. The sign-in may be under way, and the key of a plan may come from a variable.
 */
export function isCountedApi(
  { accounts, signInAttempt: attempt }: Pick<Snapshot, 'accounts' | 'signInAttempt'>,
  baseUrl: string,
): boolean {
  const isChecked = attempt.kind === 'running' && attempt.request.method !== 'api-key';
  const step = isChecked ? attempt.step : undefined;
  return (
    accounts.some((account) => account.baseUrl === baseUrl && isCounted(account)) ||
    countedQuotaOf(quotaAccountAt(baseUrl, undefined)?.provider) !== undefined ||
    (step?.kind === 'checking' && step.host === hostOf(baseUrl))
  );
}

function isCounted(account: Account): boolean {
  return account.method === 'qwen-oauth' || countedQuotaOf(account.provider) !== undefined;
}
