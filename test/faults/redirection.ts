import assert from 'node:assert/strict';

import type { SignInRequest } from '../../src/core/signIn/signInRequest';
import type { Bench } from '../fakes/bench';

/** A sign-in by redirect. */
interface Redirection {
  /** The page that the browser was sent to; undefined where it did not come to that. */
  readonly page: URL | undefined;
  /** Resolves when the sign-in has ended, well or badly. */
  readonly over: Promise<unknown>;
}

/** Starts a sign-in by redirect; resolves once the browser has been sent away, or it is over. */
export async function startByRedirect(
  { session }: Bench,
  request: SignInRequest = { method: 'qwen-oauth' },
): Promise<Redirection> {
  const over = session.signIns.signIn({ ...request, flow: 'paste' }).then(
    () => undefined,
    () => undefined,
  );
  const sentAway = new Promise<URL>((resolve) => {
    session.onDidChange(() => {
      const { signInAttempt } = session.snapshot;
      if (signInAttempt.kind === 'running' && signInAttempt.step?.kind === 'redirect')
        resolve(new URL(signInAttempt.step.url));
    });
  });
  return { page: await Promise.race([over, sentAway]), over };
}

/** The query that the browser is sent back with when the person approves on the page. */
export async function approve(page: URL = assert.fail('No browser was sent away.')): Promise<URLSearchParams> {
  const body = new URLSearchParams(page.searchParams);
  body.set('decision', 'approve');
  const answer = await fetch(page.origin + page.pathname, { method: 'POST', redirect: 'manual', body });
  return new URL(answer.headers.get('location') ?? assert.fail('The sandbox sends nobody back.')).searchParams;
}

/** Signs in by redirect, as a person who approves at once. */
export async function signInByRedirect(bench: Bench, request?: SignInRequest): Promise<void> {
  const { page, over } = await startByRedirect(bench, request);
  if (page) await bench.session.signIns.receiveRedirect(String(await approve(page)));
  await over;
}
