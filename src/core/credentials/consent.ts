import { createHash } from 'node:crypto';
import { isRecord } from '../base/json';
import type { Model } from '../providers/model';
import { isBelow } from '../base/origin';
import type { StateStore } from '../base/ports';
import type { Side } from '../providers/source';
import type { Credential } from './resolve';

/** What a person has said to a workspace that wants to send their key somewhere. */
export type Consent = 'notNeeded' | 'needed' | 'given' | 'refused';

/**
 * How far each side is trusted: a key goes without a question to an address that is set by a side of at least the same
 * trust.
 */
const TRUST = { workspace: 0, outside: 1, person: 2 } as const satisfies Record<Side, number>;

/** The key under which a state store keeps them. */
export const CONSENTS = 'consents';

type KeyCredential = Extract<Credential, { readonly kind: 'key' }>;

/**
 * Whether a key may go to a model's base URL. Where the address is set by a less trusted side than the key, such as a
 * workspace, the person must have said yes to that pair of key and address.
 */
export function consentFor(state: StateStore | undefined, credential: Credential, model: Model): Consent {
  const pair = pairOf(credential, model);
  if (!pair) return 'notNeeded';
  const said = readDecisions(state?.get(CONSENTS))[pair];
  return said === 'given' || said === 'refused' ? said : 'needed';
}

/** Remembers for this workspace what a person said. Only a hash of the pair is kept. */
export async function saveConsent(
  state: StateStore | undefined,
  credential: Credential,
  model: Model,
  said: 'given' | 'refused',
): Promise<void> {
  const pair = pairOf(credential, model);
  if (pair) await state?.change(CONSENTS, (kept) => ({ ...readDecisions(kept), [pair]: said }));
}

/** Takes back everything that was said in this workspace. */
export async function forgetConsents(state: StateStore | undefined): Promise<void> {
  await state?.set(CONSENTS, undefined);
}

function pairOf(credential: Credential, model: Model): string | undefined {
  if (credential.kind !== 'key' || !credential.key || !isWished(credential, model)) return undefined;
  return createHash('sha256')
    .update(`${new URL(model.baseUrl).href}\n${credential.key.reveal()}`)
    .digest('hex');
}

/**
 * A stored key is for the address that it was saved for, and for what lies below: a gateway may have others' beside it.
 */
function isWished({ account, side }: KeyCredential, { baseUrl, baseUrlSide }: Model): boolean {
  if (TRUST[side] <= TRUST[baseUrlSide]) return false;
  return account === undefined || !isBelow(baseUrl, account.baseUrl);
}

function readDecisions(kept: unknown): Readonly<Record<string, unknown>> {
  return isRecord(kept) ? kept : {};
}
