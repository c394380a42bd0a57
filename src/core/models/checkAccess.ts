import { RequestError, type RequestFailure, SignInRequired } from '../base/errors';
import { isRecord } from '../base/json';
import { send } from '../base/http';
import { statusError } from '../base/refusalError';
import type { RefusalReason } from '../base/refusalReason';
import { hostOf } from '../base/origin';
import type { Fetch } from '../base/ports';
import { type Access, accessHeaders, operationUrl } from '../providers/access';
import type { CatalogueModel } from '../providers/provider';
import { listServerModels, unreadable } from './serverModels';

/** Whether a server accepted a key, or that could not be found out; with the models that it named. */
export type AccessCheck =
  | { readonly kind: 'accepted'; readonly models: readonly CatalogueModel[] }
  | {
      readonly kind: 'unverified';
      readonly models: readonly CatalogueModel[];
      readonly error: RequestError | SignInRequired;
    };

/** A model to prove the key with; `required` where the person named it, else the catalogue's first. */
export interface ProofModel {
  readonly id: string;
  readonly required: boolean;
}

/** Statuses that mean that a server has no list of models, and say nothing of the key. */
const NO_LIST = new Set([404, 405, 501]);
/** Failures that say nothing of the key. */
const UNREACHED: ReadonlySet<RequestFailure> = new Set([
  'unknownHost',
  'refused',
  'proxy',
  'timeout',
  'cut',
  'network',
]);
const TIMEOUT_MS = 20_000;

/**
 * Asks a server whether it takes a key: for its models, and, since some give that list to anybody, one model for one
 * token. Throws `RequestError` where the server refuses the key, has no such model, or is no OpenAI-compatible server;
 * an outage or an empty account is `unverified`.
 */
export async function checkAccess(
  fetch: Fetch,
  access: Access,
  model: ProofModel | undefined,
  signal: AbortSignal,
): Promise<AccessCheck> {
  let models: readonly CatalogueModel[] = [];
  try {
    const listed = await listModels(fetch, access, signal);
    models = listed ?? [];
    const proof = model ?? firstOf(models);
    // Without a key there is nothing to prove, and a local server would load a model for it.
    if (proof && (access.key || proof.required)) await askOneToken(fetch, access, proof, signal);
    if (!proof && access.key) return { kind: 'unverified', models, error: new SignInRequired({ reason: 'noModel' }) };
    if (!proof && !listed) throw new RequestError(hostOf(access.baseUrl), 'unreadable', { status: 404 });
    return { kind: 'accepted', models };
  } catch (error) {
    if (error instanceof RequestError && saysNothingOfTheKey(error)) return { kind: 'unverified', models, error };
    throw error;
  }
}

/** Undefined where the server has no such list. */
async function listModels(
  fetch: Fetch,
  access: Access,
  signal: AbortSignal,
): Promise<readonly CatalogueModel[] | undefined> {
  try {
    return await listServerModels(fetch, access, signal);
  } catch (error) {
    if (error instanceof RequestError && NO_LIST.has(error.details.status ?? 0) && error.failure === 'status')
      return undefined;
    throw error;
  }
}

async function askOneToken(fetch: Fetch, access: Access, model: ProofModel, signal: AbortSignal): Promise<void> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...accessHeaders(access) },
    body: JSON.stringify({ model: model.id, messages: [{ role: 'user', content: 'hi' }], max_tokens: 1 }),
  };
  const answer = await send(fetch, operationUrl(access, 'chat/completions'), request, signal, {
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.ok && isRecord(answer.json) && Array.isArray(answer.json['choices'])) return;
  if (answer.ok) throw unreadable(answer);
  const error = statusError(answer, access.key);
  if (!isPastTheKey(error, model)) throw error;
}

/**
 * Servers look at the key first: one that minds a model that was a guess, or a part of the request, has let it pass. A 403
 * may well mean the key, so there only the server's code counts.
 */
function isPastTheKey({ reason, details }: RequestError, model: ProofModel): boolean {
  const { status, code = '' } = details;
  if (reason === 'unsupported') return true;
  if (model.required || (status === 403 && !/model|deployment/i.test(code))) return false;
  return reason === 'unknownModel' || reason === 'deniedModel' || reason === 'dataPolicy';
}

/** Reasons by which a server has not looked at the key, or has found its account to be there. */
const NOT_OF_KEY: ReadonlySet<RefusalReason> = new Set(['tooFast', 'overloaded', 'windowUsedUp', 'noBalance', 'page']);

function saysNothingOfTheKey({ failure, details, reason }: RequestError): boolean {
  if (failure !== 'status') return UNREACHED.has(failure);
  return (reason !== undefined && NOT_OF_KEY.has(reason)) || (details.status ?? 0) >= 500;
}

function firstOf([first]: readonly CatalogueModel[]): ProofModel | undefined {
  return first && { id: first.id, required: false };
}
