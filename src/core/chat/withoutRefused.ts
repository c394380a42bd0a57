import type { RequestError } from '../base/errors';
import { isRecord } from '../base/json';
import { refusedPart } from '../base/refusedPart';
import type { Dialect } from './dialect';

/** The body of a request. */
type Body = Readonly<Record<string, unknown>>;

/** Other names for what is refused. */
const MEANT: Readonly<Record<string, string>> = { include_usage: 'stream_options', functions: 'tools' };
/** What is refused of tools without parameters: that they have a schema without members. */
const BARE_SCHEMA = /(?:schema|parameters|properties)\b.*(?:non-?empty|missing|must not be empty|should be non)/i;
/** What is wrong with how many tools there are, or how one is called, rather than with tools. */
const SOME_TOOLS = /too (?:long|many)|at most|maximum|exceed|duplicate|\bname\b/i;
/** What is wrong with one image, rather than with images. */
const ONE_IMAGE = /at most [1-9]|too (?:large|many|big)|exceed|download|format|decode|base64|corrupt/i;

/**
 * The dialect of a server that has refused `body` in another one; undefined where its words tell of none, or the
 * request cannot do without. `isCallWanted`: the model must call a tool.
 */
export function withoutRefused(
  dialect: Dialect,
  refusal: RequestError,
  body: Body,
  isCallWanted: boolean,
): Dialect | undefined {
  const { text = '' } = refusal.details;
  if (!dialect.strictIds && /tool.?call.?id/i.test(text) && /length of 9|alphanumeric/i.test(text))
    return { ...dialect, strictIds: true };
  if (!dialect.unsigned && /thought_?\s?signature/i.test(text)) return { ...dialect, unsigned: true };
  const part = refusedIn(refusal, body).find((one) => !dialect.without.has(one));
  if (part === undefined) return text.includes('reasoning_content') ? otherThoughts(dialect, text) : undefined;
  if (part === 'tools' && isCallWanted) return undefined;
  return { ...dialect, without: new Set([...dialect.without, part]) };
}

/** What the words of a refusal may mean of a body, the most likely first. */
function refusedIn(refusal: RequestError, body: Body): readonly string[] {
  const { status, text = '' } = refusal.details;
  const bare = status === 400 && BARE_SCHEMA.test(text) && hasBareTool(body) ? ['parameters'] : [];
  if (refusal.reason !== 'unsupported') return bare;
  const said = refusedPart(refusal.details) ?? '';
  const part = MEANT[said] ?? said;
  return isMeant(part, text, body) ? [...bare, part] : bare;
}

/** Whether the request has that part, and all of it is refused. */
function isMeant(part: string, text: string, body: Body): boolean {
  switch (part) {
    case 'images':
      return hasLists(body) && !ONE_IMAGE.test(text);
    case 'tools':
      return body['tools'] !== undefined && !SOME_TOOLS.test(text);
    case 'schema':
      return body['tools'] !== undefined;
    case 'system':
    case 'turns':
      return true;
    default:
      return body[part] !== undefined;
  }
}

/** Whether the content of a message is a list, as it is where there are images. */
function hasLists({ messages }: Body): boolean {
  const all: readonly unknown[] = Array.isArray(messages) ? messages : [];
  return all.some((message) => isRecord(message) && Array.isArray(message['content']));
}

function hasBareTool({ tools }: Body): boolean {
  const all: readonly unknown[] = Array.isArray(tools) ? tools : [];
  return all.some((tool) => {
    const called = isRecord(tool) && isRecord(tool['function']) ? tool['function'] : {};
    const { parameters } = called;
    return isRecord(parameters) && Object.keys(Object(parameters['properties'])).length === 0;
  });
}

/** DeepSeek and Moonshot miss it, be it empty; OpenAI knows no such member. */
function otherThoughts(dialect: Dialect, text: string): Dialect | undefined {
  if (dialect.thoughts === 'none') return undefined;
  if (!/must|miss|requir/i.test(text)) return { ...dialect, thoughts: 'none' };
  return dialect.thoughts === 'known' ? { ...dialect, thoughts: 'all' } : undefined;
}
