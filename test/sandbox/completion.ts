// What the sandbox's model says: friendly, and the same for the same question.
import type { ChatMessage, ChatRequest, ChatTool } from './chatRequest';
import { exampleOf } from './schemaExample';

/** A call that the client is asked to make. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
}

/** What an answer cost, in tokens. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** A whole answer, its texts in the pieces in which they are streamed. */
export interface Completion {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  readonly reasoning: readonly string[];
  readonly content: readonly string[];
  readonly toolCall: ToolCall | undefined;
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  readonly usage: Usage;
}

/** The answer to a request that came in at `at` (milliseconds since the epoch). */
export function complete(request: ChatRequest, at: number): Completion {
  const toolCall = toolCallFor(request);
  const text = toolCall ? [] : pieces(answerTo(request));
  const content = text.slice(0, request.maxTokens);
  const reasoning = request.thinking ? pieces('Somebody is talking to me. I will be brief and friendly.') : [];
  return {
    id: `chatcmpl-sandbox-${at}`,
    created: Math.floor(at / 1000),
    model: request.model,
    reasoning,
    content,
    toolCall,
    finishReason: toolCall ? 'tool_calls' : content.length < text.length ? 'length' : 'stop',
    usage: usageOf(request, reasoning.length, content.length + tokensIn(toolCall?.arguments ?? '')),
  };
}

function answerTo({ model, messages }: ChatRequest): string {
  const result = toolResult(messages);
  if (result !== undefined) return `The tool answered: ${quote(result) || '(nothing)'}`;
  const said = quote(question(messages));
  const images = messages.findLast(({ role }) => role === 'user')?.images ?? 0;
  const seen = images > 0 ? ` I can see ${images === 1 ? 'an image' : `${images} images`}.` : '';
  return `Hello from ${model} in the sandbox.${said ? ` You said: ${said}` : ''}${seen}`;
}

/** What the person said last. Some clients put context before it, in parts of its own; the chat of VS Code marks it. */
function question(messages: readonly ChatMessage[]): string {
  const said = messages.findLast(({ role }) => role === 'user')?.texts.at(-1) ?? '';
  return /<userRequest>\s*(.*?)\s*<\/userRequest>/s.exec(said)?.[1] ?? said;
}

/** The tool message that came after the last thing that we said; undefined when there is none. */
function toolResult(messages: readonly ChatMessage[]): string | undefined {
  const sinceUs = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  return sinceUs.findLast(({ role }) => role === 'tool')?.texts.join('');
}

/**
 * Calls a tool when told to: by `tool_choice`, or by the words “use the tool”, after which may come its name and its
 * arguments as JSON. The first tool is called where none is named, with examples for arguments.
 */
function toolCallFor({ messages, tools, toolChoice }: ChatRequest): ToolCall | undefined {
  if (toolChoice === 'none' || toolResult(messages) !== undefined) return undefined;
  const wish = /use the tool(?:\s+([\w.-]+))?(?:\s*(\{.*\}))?/is.exec(question(messages));
  const isForced = toolChoice === 'required' || tools.some(({ name }) => name === toolChoice);
  if (!wish && !isForced) return undefined;

  const tool =
    tools.find(({ name }) => name === toolChoice) ?? tools.find(({ name }) => name === wish?.[1]) ?? tools[0];
  if (!tool) return undefined;
  return { id: `call_sandbox_${messages.length}`, name: tool.name, arguments: wish?.[2] ?? exampleArguments(tool) };
}

function exampleArguments({ parameters }: ChatTool): string {
  return JSON.stringify(exampleOf(parameters ?? { type: 'object' }));
}

/** Words with the space behind them: together they are the text again. */
function pieces(text: string): string[] {
  return text.split(/(?<=\s)/);
}

function quote(text: string): string {
  const short = text.trim();
  return short.length > 300 ? `${short.slice(0, 300)}…` : short;
}

function usageOf({ messages, tools }: ChatRequest, reasoningTokens: number, answerTokens: number): Usage {
  const ofMessages = messages.map(({ texts, images }) => 4 + tokensIn(texts.join('')) + 85 * images);
  const prompt = ofMessages.reduce((sum, one) => sum + one, tools.length > 0 ? tokensIn(JSON.stringify(tools)) : 0);
  const completion = reasoningTokens + answerTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}

function tokensIn(text: string): number {
  return Math.ceil(text.length / 4);
}
