import { RequestError, type RequestFailure, SignInRequired } from '../base/errors';
import { hostOf } from '../base/origin';
import type { RefusalReason } from '../base/refusalReason';
import type { ChatPorts } from '../chat/sdkClient';
import { prompt } from '../chat/request';
import { firstChatModel } from '../models/modelKind';
import { listServerModels, type ServerModels } from '../models/serverModels';
import type { Access } from '../providers/access';
import { DEFAULT_GENERATION_CONFIG } from '../providers/generationConfig';

/** The chat that was to prove a key, with the error that it ended with; undefined is that it was answered. */
interface ProofChat {
  readonly model: string;
  readonly error: unknown;
}

/**
 * Whether a server accepted a key, or that could not be found out; with the models that it named, and the chat that it
 * was asked for, where it was.
 */
export type AccessCheck = ServerModels & { readonly proof?: ProofChat } & (
    | { readonly kind: 'accepted' }
    | { readonly kind: 'unverified'; readonly error: RequestError | SignInRequired }
  );

/** A model to prove the key with; `required` where the person named it, else the catalogue's first. */
export interface ProofModel {
  readonly id: string;
  readonly required: boolean;
}

/** Failures that say nothing of the key. */
const UNREACHED: ReadonlySet<RequestFailure> = new Set([
  'unknownHost',
  'refused',
  'proxy',
  'timeout',
  'cut',
  'network',
]);
/** Reasons of a refusal that say nothing against the key. */
const NOT_OF_KEY: ReadonlySet<RefusalReason | undefined> = new Set([
  'tooFast',
  'overloaded',
  'windowUsedUp',
  'noBalance',
  'page',
]);
const TIMEOUT_MS = 20_000;

/**
 * Asks a server whether it takes a key: first for its models, then for one token from one of them. Some servers give
 * the list to anybody, and some let no key chat, so the chat decides. Throws `RequestError` where the server refuses
 * the key, has no such model, or is no OpenAI-compatible server; an outage or an empty account is `unverified`.
 */
export async function checkAccess(
  ports: ChatPorts,
  access: Access,
  model: ProofModel | undefined,
  signal: AbortSignal,
): Promise<AccessCheck> {
  let listed: ServerModels = { models: [] };
  let asked: ProofModel | undefined;
  try {
    const answer = await listModels(ports, access, signal);
    if (!(answer instanceof RequestError)) listed = answer;
    const proof = model ?? guessOf(listed);
    // Without a key there is nothing to prove, and a local server would load a model for it.
    if (proof && (access.key || proof.required)) {
      asked = proof;
      const error = await askOneToken(ports, access, proof, signal);
      return { ...listed, kind: 'accepted', proof: { model: proof.id, error } };
    }
    if (answer instanceof RequestError) throw answer;
    if (access.key) return { ...listed, kind: 'unverified', error: new SignInRequired({ reason: 'noModel' }) };
    return { ...listed, kind: 'accepted' };
  } catch (error) {
    if (!(error instanceof RequestError) || !saysNothingOfTheKey(error)) throw error;
    return { ...listed, kind: 'unverified', error, ...(asked && { proof: { model: asked.id, error } }) };
  }
}

/**
 * The list, or why there is none. A 401 is about the key, and who is not reached now is not reached for a chat either.
 */
async function listModels(ports: ChatPorts, access: Access, signal: AbortSignal): Promise<ServerModels | RequestError> {
  try {
    return await listServerModels(ports.fetch, access, signal);
  } catch (error) {
    const isOfList = error instanceof RequestError && (error.failure === 'status' || error.failure === 'unreadable');
    if (isOfList && error.details.status !== 401) return error;
    throw error;
  }
}

/** Answers the error of a server that has let the key pass and refused something else. */
async function askOneToken(
  ports: ChatPorts,
  access: Access,
  model: ProofModel,
  signal: AbortSignal,
): Promise<RequestError | undefined> {
  const { baseUrl } = access;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const request = {
    model: { id: model.id, baseUrl, generationConfig: DEFAULT_GENERATION_CONFIG },
    chat: { ...prompt('hi'), options: { max_tokens: 1 } },
    maxRetries: 0,
  };
  const { streamChat } = await import('../chat/streamChat');
  try {
    // Whatever it says, it has let the key pass.
    for await (const _ of streamChat(ports, access, request, AbortSignal.any([signal, timeout]))) break;
    return undefined;
  } catch (error) {
    if (timeout.aborted && !signal.aborted) throw new RequestError(hostOf(baseUrl), 'timeout');
    if (!(error instanceof RequestError) || !isPastTheKey(error, model)) throw error;
    return error;
  }
}

/**
 * Servers check the key first. One that refuses a guessed model or a part of the request has accepted the key, and so
 * has one whose answer breaks off. A 403 may mean the key, so there only the server's code counts.
 */
function isPastTheKey({ failure, reason, details }: RequestError, model: ProofModel): boolean {
  const { status, code = '' } = details;
  if (failure === 'unusable' || reason === 'unsupported') return true;
  if (model.required || (status === 403 && !/model|deployment/i.test(code))) return false;
  return reason === 'unknownModel' || reason === 'deniedModel' || reason === 'dataPolicy';
}

function saysNothingOfTheKey({ failure, details, reason }: RequestError): boolean {
  if (failure !== 'status') return UNREACHED.has(failure);
  return NOT_OF_KEY.has(reason) || (details.status ?? 0) >= 500;
}

function guessOf({ models }: ServerModels): ProofModel | undefined {
  const first = firstChatModel(models);
  return first && { id: first.id, required: false };
}
