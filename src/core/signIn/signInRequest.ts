import type { Method } from '../base/method';
import { isRecord, stringIn } from '../base/json';
import { Secret } from '../base/secret';
import { type Flow, FLOWS } from './flows';

/**
 * How somebody wants to sign in, without a key, so that it may be shown and kept. What is left out comes from the
 * catalogue.
 */
export interface SignInOptions {
  readonly method: Method;
  readonly provider?: string;
  readonly region?: string;
  readonly baseUrl?: string;
  readonly model?: string;
  /** What the person chose; the first that fits unless given. With a provider's `browserSignIn` it asks for that. */
  readonly flow?: Flow;
  /** Goes on although the last sign-in was refused, or the key looks like one for another provider. */
  readonly anyway?: true;
}

/** The same with the key, as it was pasted. */
export interface SignInRequest extends SignInOptions {
  readonly apiKey?: Secret;
}

/** The request as it may be shown and kept. */
export function withoutKey(request: SignInRequest): SignInOptions {
  const { apiKey: _, ...options } = request;
  return options;
}

const METHODS: readonly Method[] = ['qwen-oauth', 'coding-plan', 'api-key'];

/** The method of that name; undefined for anything else. */
export function readMethod(value: unknown): Method | undefined {
  return METHODS.find((method) => method === value);
}

/**
 * What a message or a command's argument says of a sign-in, beside the method; what is empty or unknown is left out.
 */
export function readSignInFields(value: unknown): Omit<SignInRequest, 'method'> {
  const names = ['provider', 'region', 'baseUrl', 'model'] as const;
  const texts = names.flatMap((name) => (stringIn(value, name) ? [[name, stringIn(value, name)]] : []));
  const apiKey = isRecord(value) ? readSecret(value['apiKey']) : undefined;
  const flow = FLOWS.find((known) => known === stringIn(value, 'flow'));
  const anyway = isRecord(value) && value['anyway'] === true;
  return {
    ...Object.fromEntries(texts),
    ...(apiKey && { apiKey }),
    ...(flow && { flow }),
    ...(anyway && { anyway }),
  };
}

/** A key is a text where it comes from outside, and a `Secret` from there on. */
function readSecret(value: unknown): Secret | undefined {
  if (value instanceof Secret) return value;
  return typeof value === 'string' && value !== '' ? new Secret(value) : undefined;
}
