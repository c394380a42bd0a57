import { RequestError } from '../base/errors';
import { hostOf } from '../base/origin';
import { partName } from '../base/refusedPart';
import { modelKey } from '../providers/model';
import { type ChatModel, chatBody, isBlind } from './requestBody';
import type { SdkClient, Wire } from './sdkClient';
import { type Dialect, USUAL } from './dialect';
import type { KnownDialects } from './dialects';
import { hasImages } from './unseenImages';
import type { Unseen } from './parts';
import type { ChatRequest } from './request';
import { withoutRefused } from './withoutRefused';

/** A request as it goes to a server. */
export interface StreamRequest {
  readonly model: ChatModel;
  readonly chat: ChatRequest;
  /** How often the SDK may try again after an outage. */
  readonly maxRetries: number;
  /** What was found out about models; more is added. */
  readonly dialects?: KnownDialects;
  /** Is told of what the server refused, and what it was asked without. */
  readonly tell?: ((text: string) => void) | undefined;
}

/** There is no answer in it (RFC 9110 §15.3.5). */
const NO_CONTENT = 204;

/** A stream that has begun, and what of the request the model is not shown. */
export interface Opened {
  readonly body: ReadableStreamDefaultReader<Uint8Array>;
  readonly unseen: Unseen | undefined;
}

/**
 * Asks in the dialect that is known or usual, and once more in each other that the server's refusal hints at. Throws
 * `RequestError` for an answer without content, and what the SDK throws.
 */
export async function openStream(
  client: SdkClient,
  wire: Wire,
  { model, chat, dialects, tell }: StreamRequest,
  signal: AbortSignal,
): Promise<Opened> {
  const key = modelKey(model);
  const known = dialects?.get(key) ?? USUAL;
  let dialect = known;
  let said: string | undefined;
  for (;;) {
    const asked = chatBody(model, chat, dialect);
    try {
      const answer = await client.post('/chat/completions', { body: asked, signal }).asResponse();
      if (answer.status === NO_CONTENT)
        throw new RequestError(hostOf(model.baseUrl), 'unreadable', { status: NO_CONTENT });
      if (dialect !== known) dialects?.set(key, dialect);
      const body = (answer.body ?? new Blob([]).stream()).getReader();
      return { body, unseen: isBlind(model, dialect) && hasImages(chat.messages) ? unseen(model, said) : undefined };
    } catch (error) {
      const { refusal } = wire;
      const other = refusal && withoutRefused(dialect, refusal, asked, chat.toolChoice === 'required');
      if (!other) throw error;
      tell?.(adaptationText(model, refusal, dialect, other));
      if (other.without.has('images') && !dialect.without.has('images')) said = refusal.details.text;
      dialect = other;
    }
  }
}

/** What was refused and left out, for the log. */
function adaptationText({ id }: ChatModel, { host, details }: RequestError, before: Dialect, after: Dialect): string {
  const left = [...after.without].find((part) => !before.without.has(part));
  return (
    `${host} does not take ${left === undefined ? 'the messages as they were' : partName(left)} with ${id}, and is ` +
    `asked in another way from now on. It said: ${details.text ?? ''}`
  );
}

function unseen({ generationConfig }: ChatModel, said: string | undefined): Unseen {
  return { kind: 'unseen', ...(generationConfig.vision === false && { isKnown: true }), ...(said && { said }) };
}
