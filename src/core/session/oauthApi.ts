import { hostOf } from '../base/origin';
import type { Snapshot } from './snapshot';

/** Whether requests to a base URL are those of the OAuth sign-in, which may be under way. */
export function isOAuthApi(
  { accounts, signInAttempt }: Pick<Snapshot, 'accounts' | 'signInAttempt'>,
  baseUrl: string,
): boolean {
  const step =
    signInAttempt.kind === 'running' && signInAttempt.request.method === 'qwen-oauth' ? signInAttempt.step : undefined;
  return (
    accounts.some((account) => account.method === 'qwen-oauth' && account.baseUrl === baseUrl) ||
    (step?.kind === 'checking' && step.host === hostOf(baseUrl))
  );
}
