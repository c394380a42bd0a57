import { SignInRequired } from '../base/errors';
import type { StateStore } from '../base/ports';
import { noteAnswer, refusedBy } from '../limits/freeTier';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import type { SignedIn } from './signIn';
import type { SignInRequest } from './signInRequest';

/**
 * Signs in, unless the API refused the last fresh token of Qwen's own server: then it says so and asks nobody, until
 * somebody wants it `anyway`. Without that, signing in and being refused could go on for ever.
 */
export async function heedRefusal(
  state: StateStore,
  issuer: string,
  { method, anyway }: Pick<SignInRequest, 'method' | 'anyway'>,
  signIn: () => Promise<SignedIn>,
): Promise<SignedIn> {
  if (method !== 'qwen-oauth' || issuer !== QWEN_ISSUER) return await signIn();
  const host = refusedBy(state);
  if (host && !anyway) throw new SignInRequired({ reason: 'refused', method, host, earlier: true });
  try {
    const signedIn = await signIn();
    await noteAnswer(state, signedIn.check.kind === 'unverified' ? signedIn.check.error : undefined);
    return signedIn;
  } catch (error) {
    await noteAnswer(state, error);
    throw error;
  }
}
