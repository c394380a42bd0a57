import { RequestError } from '../errors';
import { withoutSecrets } from '../secret';
import type { Clock } from '../ports';
import type { Access } from '../models/access';
import { type ChatPorts, streamChat } from '../models/chat';
import type { Model } from '../models/model';

/** What came of a test: the whole answer and how long its first words took, in milliseconds. */
export interface ConnectionAnswer {
  readonly text: string;
  readonly firstTokenMs: number;
}

/** How a test gets in: the access for a request, renewed when a server has refused the one before. */
export type OpenAccess = (refused: Access | undefined) => Promise<Access & { readonly renewable: boolean }>;

/** How much of an answer is read: it was asked for one sentence. */
const LONGEST_TEXT = 4000;
const PROMPT = 'Reply with one short friendly sentence.';

/**
 * Sends a small chat completion and reads the answer as it streams. A 401 is answered by one renewed access and one
 * retry where access can be renewed. Throws `RequestError` or `SignInRequired` where no answer comes.
 */
export async function askForAnswer(
  ports: ChatPorts & { readonly clock: Clock },
  open: OpenAccess,
  request: { readonly model: Model; readonly prompt: string | undefined },
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<ConnectionAnswer> {
  const { id, generationConfig } = request.model;
  const ask = async (access: Access): Promise<ConnectionAnswer> => {
    const start = ports.clock.now();
    let firstTokenMs: number | undefined;
    let text = '';
    // No second tries: a test shows what the server says, at once.
    const chat = { model: id, prompt: request.prompt ?? PROMPT, generationConfig, maxRetries: 0 };
    for await (const part of streamChat(ports, access, chat, signal)) {
      firstTokenMs ??= ports.clock.now() - start;
      text = withoutSecrets((text + part).slice(0, LONGEST_TEXT), access.key);
      onText(text);
      if (text.length >= LONGEST_TEXT) break;
    }
    return { text, firstTokenMs: firstTokenMs ?? ports.clock.now() - start };
  };
  const access = await open(undefined);
  try {
    return await ask(access);
  } catch (error) {
    if (!access.renewable || !isUnauthorized(error)) throw error;
    return await ask(await open(access));
  }
}

/** Whether a model's server said 401 to what signed the request. */
export function isUnauthorized(error: unknown): error is RequestError {
  return error instanceof RequestError && error.details.status === 401 && error.role === 'modelServer';
}
