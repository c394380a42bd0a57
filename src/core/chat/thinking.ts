import { isRecord } from '../base/json';
import type { Model } from '../providers/model';
import type { Reasoning } from '../providers/reasoning';
import type { ChatRequest } from './request';

/** What decides how a model thinks. */
type Thinker = Pick<Model, 'generationConfig' | 'reasoning'>;

/** The efforts that a person may choose from, from least to most, and the one that it is where nobody does. */
export interface Efforts {
  readonly all: readonly [string, ...string[]];
  readonly usual: string;
}

/** No thinking, thinking where a server knows no more or less of it, and as the server likes. */
const OFF = 'none';
const ON = 'on';
const AUTO = 'auto';

/** How much a model may be told to think; undefined where there is nothing to choose. */
export function effortsOf({ reasoning, generationConfig }: Thinker): Efforts | undefined {
  if (!reasoning) return undefined;
  const { efforts = [], canDisable, field } = reasoning;
  const waits = field === 'enable_thinking' && generationConfig.extraBody['enable_thinking'] !== true;
  // A hybrid model thinks where it is told to; all others do so of themselves, if it is not known how much.
  const usual = efforts.length > 0 ? (reasoning.default ?? AUTO) : waits ? OFF : ON;
  const [first, ...more] = [
    ...(usual === AUTO ? [AUTO] : []),
    ...(canDisable ? [OFF] : []),
    ...(efforts.length > 0 ? efforts : [ON]),
  ];
  return first === undefined || more.length === 0 ? undefined : { all: [first, ...more], usual };
}

/** The members of a body that say how much to think; none where nobody chose, or the model knows no such effort. */
export function thinkingMembers(model: Thinker, request: ChatRequest): Readonly<Record<string, unknown>> {
  const { reasoning } = model;
  const mayNot =
    request.toolChoice === 'required' && reasoning !== undefined && isCallFree(reasoning) && reasoning.canDisable;
  const effort = mayNot ? OFF : request.effort;
  if (!reasoning || effort === undefined || effort === AUTO || !effortsOf(model)?.all.includes(effort)) return {};
  const amount = reasoning.efforts?.includes(effort) && { reasoning_effort: effort };
  switch (reasoning.field) {
    case 'enable_thinking':
      return { enable_thinking: effort !== OFF, ...amount };
    case 'reasoning_effort':
      return { reasoning_effort: effort };
    case 'thinking':
      return { thinking: { type: effort === OFF ? 'disabled' : 'enabled' }, ...amount };
  }
}

/** Whether a model may be told that it must call a tool: those that cannot but think are asked to at best. */
export function mayForce({ reasoning }: Thinker): boolean {
  return reasoning === undefined || reasoning.canDisable || !isCallFree(reasoning);
}

/** The models of Alibaba, Moonshot and DeepSeek refuse to be told that they must call a tool while they think. */
function isCallFree({ field }: Reasoning): boolean {
  return field === 'enable_thinking' || field === 'thinking';
}

/**
 * Models that think whether or not they are told to, by their names; of closed ones nobody sees a thought without a
 * tag.
 */
const THINKERS = /(?:^|[^a-z])(?:thinking|thinker|qwq|qvq|r1|reasoner)(?:[^a-z]|$)/i;
const CLOSED = /claude|gemini|gpt|grok/i;

/**
 * Whether an answer may begin with a thought that no tag opens: many a template has put that tag into the prompt, so
 * that servers which do not tell thoughts apart send only the one that closes it.
 */
export function mayThinkUnmarked(model: Thinker & Pick<Model, 'id'>, request: ChatRequest): boolean {
  const { extraBody } = model.generationConfig;
  const template = extraBody['chat_template_kwargs'];
  const body = { ...extraBody, ...(isRecord(template) && template), ...thinkingMembers(model, request) };
  if (body['enable_thinking'] !== undefined) return body['enable_thinking'] === true;
  const { reasoning, id } = model;
  const alwaysThinks = reasoning !== undefined && !reasoning.canDisable && reasoning.field !== 'reasoning_effort';
  return alwaysThinks || (THINKERS.test(id) && !CLOSED.test(id));
}
