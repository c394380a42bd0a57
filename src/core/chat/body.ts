import type { Model } from '../providers/model';
import { type Dialect, USUAL } from './dialect';
import type { AssistantMessage, ChatMessage, ChatRequest, Tool, UserContent } from './request';
import { thinkingMembers } from './thinking';
import { withCallIds } from './callIds';
import { withoutSignatures } from './signatures';

/** A member of a body, as JSON. */
type Json = Readonly<Record<string, unknown>>;

/** What has to be known of a model to ask it. */
export type ChatModel = Pick<Model, 'id' | 'baseUrl' | 'generationConfig' | 'reasoning'>;

/** What is decided by who asks and for what; no option that came with a request changes it. */
const OURS = new Set(['model', 'messages', 'stream', 'stream_options', 'tools', 'tool_choice', 'n']);

/** Mistral's models, which take ids of calls in a form of their own only. */
const MISTRAL = /mistral|mixtral|codestral|devstral|ministral|magistral|pixtral/i;

/** The body of a streamed chat completion. What the model entry says goes over the request's options. */
export function chatBody(model: ChatModel, request: ChatRequest, dialect: Dialect = USUAL): Json {
  const { usage, thoughts, strictIds, unsigned } = dialect;
  const { tools = [], toolChoice = 'auto', options = {} } = request;
  const { samplingParams, extraBody } = model.generationConfig;
  const named = withCallIds(request.messages, strictIds ?? MISTRAL.test(`${model.id} ${model.baseUrl}`));
  // Names with an underscore are the editor's own notes.
  const wanted = Object.entries(options).filter(([name]) => !OURS.has(name) && !name.startsWith('_'));
  return {
    ...(usage && { stream_options: { include_usage: true } }),
    ...Object.fromEntries(wanted),
    ...samplingParams,
    ...(tools.length > 0 && { tools: tools.map(toolMember), tool_choice: choiceMember(tools, toolChoice) }),
    ...extraBody,
    ...thinkingMembers(model, request),
    model: model.id,
    messages: messages(unsigned ? withoutSignatures(named) : named, thoughts),
    stream: true,
  };
}

function messages(all: readonly ChatMessage[], thoughts: Dialect['thoughts']): readonly Json[] {
  // Many a model's template knows one system message, and only at the beginning.
  const system = all.flatMap((message) => (message.role === 'system' ? [message.text] : [])).join('\n\n');
  const members: Json[] = system ? [{ role: 'system', content: system }] : [];
  // Only texts fit into a tool's message, and what it shows may stand only behind all answers to one turn.
  let shown: UserContent[] = [];
  const show = (): void => {
    if (shown.length > 0) members.push({ role: 'user', content: contentMember(shown) });
    shown = [];
  };
  for (const message of all) {
    if (message.role !== 'tool') show();
    switch (message.role) {
      case 'system':
        break;
      case 'user':
        if (message.content.length > 0) members.push({ role: 'user', content: contentMember(message.content) });
        break;
      case 'assistant':
        members.push(...assistantMember(message, thoughts));
        break;
      case 'tool': {
        const images = message.content.filter(({ kind }) => kind === 'image');
        const text = textOf(message.content) || (images.length > 0 ? 'The image is in the next message.' : '');
        members.push({ role: 'tool', tool_call_id: message.toolCallId, content: text });
        if (images.length > 0) shown.push({ kind: 'text', text: `Image of ${message.toolCallId}:` }, ...images);
      }
    }
  }
  show();
  return members;
}

/** A turn in which nothing was said is left out: servers refuse it. */
function assistantMember(
  { text, thinking, signature, toolCalls }: AssistantMessage,
  thoughts: Dialect['thoughts'],
): readonly Json[] {
  // An empty text rather than null: more servers take it.
  const said = { role: 'assistant', content: text };
  if (toolCalls.length === 0) return text ? [said] : [];
  const calls = toolCalls.map((call) => {
    const { id, name, input } = call;
    return { id, type: 'function', function: { name, arguments: JSON.stringify(input) }, ...call.signature };
  });
  const thought = { known: thinking, all: thinking ?? '', none: undefined }[thoughts];
  return [{ ...said, ...(thought !== undefined && { reasoning_content: thought }), ...signature, tool_calls: calls }];
}

/** One text where there is only text: not every server reads a list. */
function contentMember(content: readonly UserContent[]): string | readonly Json[] {
  if (content.every(({ kind }) => kind === 'text')) return textOf(content);
  return content.map((part) =>
    part.kind === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: dataUrl(part.mimeType, part.data) } },
  );
}

function textOf(content: readonly UserContent[]): string {
  return content.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
}

function dataUrl(mimeType: string, data: Uint8Array): string {
  return `data:${mimeType};base64,${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')}`;
}

function toolMember({ name, description, inputSchema }: Tool): Json {
  const parameters = inputSchema ?? { type: 'object', properties: {} };
  return { type: 'function', function: { name, description, parameters } };
}

/** The only tool is named: that is understood by more servers than `required`. */
function choiceMember(tools: readonly Tool[], choice: 'auto' | 'required'): string | Json {
  const [only] = tools;
  return choice === 'required' && only && tools.length === 1
    ? { type: 'function', function: { name: only.name } }
    : choice;
}
