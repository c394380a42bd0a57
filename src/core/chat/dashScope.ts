import { isRecord, stringIn } from '../base/json';
import type { Credential } from '../credentials/resolve';
import { isQwensDialect } from '../oauth/resourceUrl';
import type { Model } from '../providers/model';
import type { Reasoning } from '../providers/reasoning';

/** A body of a chat completion, parsed. */
type Body = Readonly<Record<string, unknown>>;

/** What a request tells DashScope of itself: random ids of the program's session, and of the request. */
export interface Trace {
  readonly sessionId: string;
  readonly promptId: string;
}

/** The hosts at which Qwen Code speaks DashScope's dialect, and those below them. */
const HOSTS =
  /(^|\.)(dashscope(-intl|-us)?\.aliyuncs\.com)$|^token-plan\..*\.maas\.aliyuncs\.com$|\.(alibaba-inc|aliyun-inc|alicloudapi)\.com$/i;
/** The mark up to which DashScope keeps what it has read. */
const MARK = { cache_control: { type: 'ephemeral' } } as const;
/** The models of Qwen. Others have servers behind DashScope, which refuse what they do not know. */
const QWEN = /^(qwen|qwq|qvq|coder-model|vision-model)/i;
/** Those that take an effort of thinking, where no entry says so; the others think or do not. */
const TAKES_EFFORT = /^qwen3\.8-/i;
/** The efforts that such a model takes, where no entry says so. */
const USUAL_EFFORTS = ['low', 'medium', 'high', 'xhigh'];
/** Every effort that programs know, from least to most. */
const EFFORTS = ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'];
/** The members by which a request says itself how much is to be thought. */
const THINKING = ['enable_thinking', 'thinking_budget', 'reasoning_effort', 'reasoning', 'thinking'];

/** Whether a server takes what Qwen Code sends to DashScope alone: by its address, or as the API of a Qwen account. */
export function isDashScope(baseUrl: string, credential: Credential): boolean {
  if (HOSTS.test(new URL(baseUrl).hostname)) return true;
  return credential.kind === 'oauth' && isQwensDialect(credential.account.tokens, credential.account.issuer);
}

/** The headers with which DashScope keeps a prompt between requests, and knows the client and its way to sign in. */
export function dashScopeHeaders(credential: Credential, userAgent: string): Readonly<Record<string, string>> {
  return {
    'x-dashscope-cachecontrol': 'enable',
    'x-dashscope-useragent': userAgent,
    'x-dashscope-authtype': credential.kind === 'oauth' ? 'qwen-oauth' : 'openai',
  };
}

/**
 * The body as Qwen Code would write it for DashScope: with marks for the cache, thoughts that are kept, and for a model
 * of Qwen the trace, images in full and the effort of thinking in its words. What the body says of these itself stays;
 * a GLM without tools gets its texts as one, without marks.
 */
export function dashScopeBody(
  { generationConfig, reasoning }: Pick<Model, 'generationConfig' | 'reasoning'>,
  body: Body,
  trace: Trace,
): Body {
  const marked = { preserve_thinking: true, ...withMarks(body) };
  if (!QWEN.test(String(body['model']))) return marked;
  const { vision } = generationConfig;
  return { metadata: trace, ...(vision && { vl_high_resolution_images: true }), ...withEffort(marked, reasoning) };
}

/** Whether a body says nothing of thinking, which is told of streams alone: elsewhere some models refuse it. */
export function mayTellToThink(body: Body): boolean {
  return body['stream'] === true && THINKING.every((name) => body[name] === undefined);
}

/**
 * Marks the system message, and of a stream the last tool and the last message, unless somebody has set marks already.
 */
function withMarks(body: Body): Body {
  const { messages, tools } = body;
  if (!Array.isArray(messages)) return body;
  const all: readonly unknown[] = messages;
  if (isGlmWithoutTools(body)) return { ...body, messages: all.map(withPlainText) };
  if (JSON.stringify([messages, tools]).includes('"cache_control"')) return body;
  const isStream = body['stream'] === true;
  const system = all.findIndex((message) => isRecord(message) && message['role'] === 'system');
  const marked = all.map((message, at) =>
    at === system || (isStream && at === all.length - 1) ? withMark(message) : message,
  );
  return { ...body, messages: marked, ...(isStream && Array.isArray(tools) && { tools: lastMarked(tools) }) };
}

function withMark(message: unknown): unknown {
  const content = isRecord(message) ? message['content'] : undefined;
  if (!isRecord(message) || (typeof content !== 'string' && !Array.isArray(content))) return message;
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return { ...message, content: lastMarked(parts) };
}

function lastMarked(all: readonly unknown[]): readonly unknown[] {
  return all.map((one, at) => (at === all.length - 1 && isRecord(one) ? { ...one, ...MARK } : one));
}

/** A message whose parts are texts alone, with these as one text. */
function withPlainText(message: unknown): unknown {
  const parts: unknown = isRecord(message) ? message['content'] : undefined;
  if (!isRecord(message) || !Array.isArray(parts) || parts.length === 0) return message;
  const texts = parts.flatMap((part) => (stringIn(part, 'type') === 'text' ? [stringIn(part, 'text') ?? ''] : []));
  return texts.length === parts.length ? { ...message, content: texts.join('\n\n') } : message;
}

/** Says how much is to be thought by the member that the model reads, and no effort that it does not take. */
function withEffort(body: Body, known: Reasoning | undefined): Body {
  const { reasoning, ...others } = body;
  const effort = stringIn(reasoning, 'effort');
  if (effort === undefined) return body;
  const takesEffort = known ? known.field === 'reasoning_effort' : TAKES_EFFORT.test(String(others['model']));
  return {
    ...(takesEffort ? { reasoning_effort: takenEffort(effort, known) } : { enable_thinking: effort !== 'none' }),
    ...others,
  };
}

/** The effort itself where the model takes it, else its next higher one, else its highest. */
function takenEffort(effort: string, known: Reasoning | undefined): string {
  if (effort === 'none' && known?.canDisable !== false) return effort;
  const efforts = known?.efforts ?? USUAL_EFFORTS;
  const least = EFFORTS.indexOf(effort);
  if (efforts.includes(effort) || (least < 0 && effort !== 'none')) return effort;
  return efforts.find((one) => EFFORTS.indexOf(one) >= least) ?? efforts.at(-1) ?? effort;
}

/** GLM's models read a list of parts only in talks with tools. */
function isGlmWithoutTools({ model, messages, tools }: Body): boolean {
  if (!/^glm-/i.test(String(model)) || (Array.isArray(tools) && tools.length > 0)) return false;
  return !(
    Array.isArray(messages) && messages.some((one) => isRecord(one) && (one['role'] === 'tool' || one['tool_calls']))
  );
}
