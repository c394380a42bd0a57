/** What a person or a tool says to a model: text, or an image. */
export type UserContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly mimeType: string; readonly data: Uint8Array };

/** A call that a model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Members of the call by which its server knows the thought behind it, to be sent back as they came. */
  readonly signature?: Signature;
}

/** Members that mean something to the server alone that gave them, such as Gemini's `extra_content`. */
export type Signature = Readonly<Record<string, unknown>>;

/** What a model has said. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly text: string;
  /** What it thought before it said so. */
  readonly thinking?: string | undefined;
  /** Members of the message by which its server knows that thought again, such as OpenRouter's `reasoning_details`. */
  readonly signature?: Signature | undefined;
  readonly toolCalls: readonly ToolCall[];
}

/** One message of a conversation. */
export type ChatMessage =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly content: readonly UserContent[] }
  | AssistantMessage
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: readonly UserContent[] };

/** A function that a model may ask for. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** A JSON schema of an object; absent for a tool that takes nothing. */
  readonly inputSchema?: Readonly<Record<string, unknown>> | undefined;
}

/** What a model is asked, whichever it is. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly Tool[] | undefined;
  /** With `required` the model must ask for a tool. */
  readonly toolChoice?: 'auto' | 'required' | undefined;
  /** How much the model is to think; undefined leaves that to the model entry and the server. */
  readonly effort?: string | undefined;
  /** Members for the body, such as `temperature`; those that decide what is asked, and how, are left out. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** A request of one message. */
export function prompt(text: string): ChatRequest {
  return { messages: [{ role: 'user', content: [{ kind: 'text', text }] }] };
}
