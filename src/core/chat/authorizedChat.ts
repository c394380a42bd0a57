import type { ChatPorts } from './sdkClient';
import type { ChatPart } from './parts';
import type { ChatRequest } from './request';
import type { StreamRequest } from './openStream';
import type { OpenedAccess } from '../credentials/openAccess';
import { RequestError } from '../base/errors';
import { isOfKey } from '../base/refusalError';
import type { Access } from '../providers/access';
import type { Model } from '../providers/model';

/** A request to a model, and which extension or part of this one makes it. */
export interface InitiatedChat {
  readonly model: Model;
  readonly chat: ChatRequest;
  readonly initiator: string;
}

/** Who makes the requests that are not made for others. */
export const OURSELVES = 'qwen-auth';

/** How a request came to its end. */
export interface ChatOutcome {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  readonly model: Model;
  /** What it got in with, told apart without a secret: see `accessFingerprint`. */
  readonly access: string;
  readonly initiator: string;
  readonly outcome: 'answered' | 'failed' | 'cancelled';
  /** Why it failed. */
  readonly error?: unknown;
  /** Absent where no server has seen the request. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Whether the tokens were counted here rather than by the server. */
  readonly estimated: boolean;
}

/** How a request gets in: its access, renewed when a server has refused the one before. */
export type OpenAccess = (refused: Access | undefined) => Promise<OpenedAccess>;

/**
 * Asks a model. A 401 is answered by one renewed access and one retry, where access can be renewed. Throws
 * `RequestError`, `Cancelled`, or what opening throws.
 */
export async function* authorizedChat(
  ports: ChatPorts,
  open: OpenAccess,
  request: StreamRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatPart, void> {
  const access = await open(undefined);
  // What writes requests and reads answers is large, and only loaded with the first one.
  const { streamChat } = await import('./streamChat');
  let begun = false;
  try {
    for await (const part of streamChat(ports, access, request, signal)) {
      begun = true;
      yield part;
    }
  } catch (error) {
    if (begun || !access.renewable || !isUnauthorized(error)) throw error;
    yield* streamChat(ports, await open(access), request, signal);
  }
}

/** Whether a model's server said 401 to what signed the request, be it with 400, and gave no other reason for it. */
export function isUnauthorized(error: unknown): error is RequestError {
  if (!(error instanceof RequestError) || error.role !== 'modelServer') return false;
  const { status, code, text } = error.details;
  const isRefusal = status === 401 || (status === 400 && isOfKey(`${code} ${text}`));
  return isRefusal && (error.reason === undefined || error.reason === 'page');
}
