import type { Model } from '../providers/model';
import { type Dialect, USUAL } from './dialect';
import type { AssistantMessage, ChatMessage, ChatRequest, Tool, UserContent } from './request';
import { mendedHistory, withoutTools } from './history';
import { mayForce, thinkingMembers } from './thinking';
import { withCallIds } from './callIds';
import { plainSchema } from './plainSchema';
import { withoutSignatures } from './signatures';
import { inTurns, type Message, withoutSystem } from './turns';
import { withoutImages } from './unseenImages';

/** A member of a body, as JSON. */
type Json = Readonly<Record<string, unknown>>;

/** What has to be known of a model to ask it. */
export type ChatModel = Pick<Model, 'id' | 'baseUrl' | 'generationConfig' | 'reasoning'>;

/** What no option that came with a request changes, beside what the body has in any case. */
const OURS = new Set(['stream_options', 'tools', 'tool_choice', 'n']);

/** Mistral's models, which take ids of calls in a form of their own only. */
const MISTRAL = /mistral|mixtral|codestral|devstral|ministral|magistral|pixtral/i;

/** The body of a streamed chat completion. What the model entry says goes over the request's options. */
export function chatBody(model: ChatModel, request: ChatRequest, dialect: Dialect = USUAL): Json {
  const { without, thoughts, strictIds, unsigned } = dialect;
  const { toolChoice = 'auto', options = {} } = request;
  const tools = without.has('tools') ? [] : (request.tools ?? []);
  const seen = (isBlind(model, dialect) ? withoutImages : same)(mendedHistory(request.messages));
  const told = (without.has('tools') ? withoutTools : same)(seen);
  const { samplingParams, extraBody } = model.generationConfig;
  const named = withCallIds(told, strictIds ?? MISTRAL.test(`${model.id} ${model.baseUrl}`));
  // Names with an underscore are the editor's own notes.
  const wanted = Object.entries(options).filter(([name]) => !OURS.has(name) && !name.startsWith('_'));
  const body = {
    stream_options: { include_usage: true },
    ...Object.fromEntries(wanted),
    ...samplingParams,
    ...(tools.length > 0 && {
      tools: tools.map((tool) => toolMember(tool, without)),
      tool_choice: choiceMember(tools, mayForce(model) ? toolChoice : 'auto'),
    }),
    ...extraBody,
    ...thinkingMembers(model, request),
    model: model.id,
    messages: ordered(messages(unsigned ? withoutSignatures(named) : named, thoughts), without),
    stream: true,
  };
  return taken(body, without);
}

/** Whether a model is known not to read images: it says so, or somebody who knows it. */
export function isBlind({ generationConfig }: ChatModel, { without }: Dialect): boolean {
  return generationConfig.vision === false || without.has('images');
}

/** The body without what is not taken; of the limit of tokens the other name is tried before it goes. */
function taken(body: Json, without: Dialect['without']): Json {
  const { max_tokens: limit, max_completion_tokens: otherLimit } = body;
  const renamed = {
    ...(without.has('max_tokens') && { max_completion_tokens: otherLimit ?? limit }),
    ...(without.has('max_completion_tokens') && { max_tokens: limit ?? otherLimit }),
  };
  const members = Object.entries({ ...body, ...renamed });
  return Object.fromEntries(members.filter(([name]) => !without.has(name)));
}

function same(all: readonly ChatMessage[]): readonly ChatMessage[] {
  return all;
}

/** The messages as the model's template takes them. */
function ordered(all: readonly Message[], without: Dialect['without']): readonly Message[] {
  const addressed = without.has('system') ? withoutSystem(all) : all;
  return without.has('turns') ? inTurns(addressed) : addressed;
}

function messages(all: readonly ChatMessage[], thoughts: Dialect['thoughts']): readonly Message[] {
  // Many a model's template knows one system message, and only at the beginning.
  const system = all.flatMap((message) => (message.role === 'system' ? [message.text] : [])).join('\n\n');
  const members: Message[] = system ? [{ role: 'system', content: system }] : [];
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
        members.push({ role: 'tool', content: text, tool_call_id: message.toolCallId });
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
): readonly Message[] {
  // An empty text rather than null: more servers take it.
  const said = { role: 'assistant', content: text } as const;
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

/** The schema is one of an object with members, even where a tool takes nothing, if that may be said. */
function toolMember({ name, description, inputSchema }: Tool, without: Dialect['without']): Json {
  const schema = { ...inputSchema, type: 'object' };
  const parameters: Json = without.has('schema')
    ? plainSchema(schema)
    : { ...schema, properties: inputSchema?.['properties'] ?? {} };
  const isBare = Object.keys(Object(parameters['properties'])).length === 0;
  const isTaken = !isBare || !without.has('parameters');
  return { type: 'function', function: { name, description, ...(isTaken && { parameters }) } };
}

/** The only tool is named: that is understood by more servers than `required`. */
function choiceMember(tools: readonly Tool[], choice: 'auto' | 'required'): string | Json {
  const [only] = tools;
  return choice === 'required' && only && tools.length === 1
    ? { type: 'function', function: { name: only.name } }
    : choice;
}
