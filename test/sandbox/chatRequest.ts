// A chat request, read from JSON that may hold anything.
import { isRecord } from './json';

/** One message of the conversation. */
export interface ChatMessage {
  readonly role: string;
  /** The text of each text part; a message of plain text has one. */
  readonly texts: readonly string[];
  readonly images: number;
}

/** A function that the client offers to call. */
export interface ChatTool {
  readonly name: string;
  /** Its JSON schema, as sent. */
  readonly parameters: unknown;
}

/** What the sandbox understands of a chat request. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly maxTokens: number | undefined;
  readonly tools: readonly ChatTool[];
  /** `none`, `auto`, `required`, or the name of the one tool that must be called. */
  readonly toolChoice: string;
  readonly thinking: boolean;
}

/** What keeps a request from being read, and in which parameter. */
interface UnreadableRequest {
  readonly problem: string;
  readonly param: string | null;
}

/** Reads the members that the sandbox acts on; the others may be anything. */
export function readChatRequest(json: unknown): ChatRequest | UnreadableRequest {
  if (!isRecord(json)) return { problem: 'The body is not a JSON object.', param: null };
  const { model, messages, tools } = json;
  if (typeof model !== 'string' || model === '')
    return { problem: 'You must provide a model parameter.', param: 'model' };
  if (!Array.isArray(messages) || messages.length === 0) {
    return { problem: 'messages must be an array with at least one message.', param: 'messages' };
  }
  const maxTokens = json['max_tokens'] ?? json['max_completion_tokens'];
  return {
    model,
    messages: messages.map(readMessage),
    stream: json['stream'] === true,
    includeUsage: isRecord(json['stream_options']) && json['stream_options']['include_usage'] === true,
    maxTokens: typeof maxTokens === 'number' ? maxTokens : undefined,
    tools: Array.isArray(tools) ? tools.flatMap(readTool) : [],
    toolChoice: readToolChoice(json['tool_choice']),
    thinking: json['enable_thinking'] === true,
  };
}

function readMessage(message: unknown): ChatMessage {
  if (!isRecord(message)) return { role: '', texts: [], images: 0 };
  const content: readonly unknown[] = Array.isArray(message['content']) ? message['content'] : [message['content']];
  const texts = content.flatMap((part) => {
    const text = isRecord(part) ? part['text'] : part;
    return typeof text === 'string' ? [text] : [];
  });
  const images = content.filter((part) => isRecord(part) && part['type'] === 'image_url').length;
  return { role: String(message['role']), texts, images };
}

function readTool(tool: unknown): ChatTool[] {
  const declared = isRecord(tool) ? tool['function'] : undefined;
  if (!isRecord(declared) || typeof declared['name'] !== 'string') return [];
  return [{ name: declared['name'], parameters: declared['parameters'] }];
}

function readToolChoice(choice: unknown): string {
  if (typeof choice === 'string') return choice;
  const chosen = isRecord(choice) ? choice['function'] : undefined;
  return isRecord(chosen) && typeof chosen['name'] === 'string' ? chosen['name'] : 'auto';
}
