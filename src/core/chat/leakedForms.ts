import { isRecord, parseJson, stringIn } from '../base/json';
import { mendedJson } from '../base/mendedJson';
import type { Tool } from './request';

/** A call as a model has written it, be it of a tool that there is or not. */
interface WrittenCall {
  readonly name: string;
  readonly input: unknown;
}

type Tools = ReadonlyMap<string, Tool>;

/** How the models of a family write their calls. */
export interface LeakedForm {
  readonly begin: string;
  /** Any of these; where none comes, the end of the text. */
  readonly ends: readonly string[];
  /** What stands behind the beginning of a call, as far as it has come; a text that only names the beginning goes on otherwise. */
  readonly follows?: RegExp;
  /** The calls in a text that begins so, without its end; none where it cannot be read. */
  readonly read: (text: string, tools: Tools) => readonly WrittenCall[];
}

/** gpt-oss: the name before the message, JSON in it. */
export const HARMONY: LeakedForm = { begin: '<|channel|>', ends: ['<|call|>'], read: ofHarmony };

/** Each begins otherwise than the others. */
export const LEAKED_FORMS: readonly LeakedForm[] = [
  HARMONY,
  // Qwen, GLM and Hermes; Seed puts its name before it.
  { begin: '<tool_call>', ends: ['</tool_call>'], read: ofToolCall },
  { begin: '<seed:tool_call>', ends: ['</seed:tool_call>'], read: ofToolCall },
  // Llama, and Qwen's coders where they leave out what comes before.
  { begin: '<function=', ends: ['</function>'], read: ofTags },
  { begin: '<|python_tag|>', ends: ['<|eom_id|>', '<|eot_id|>'], read: ofPythonTag },
  { begin: '[TOOL_CALLS]', ends: [], follows: /^\s*(?:[[{\w]|$)/, read: ofMistral },
  { begin: '<|tool_calls_section_begin|>', ends: ['<|tool_calls_section_end|>'], read: ofKimi },
  { begin: '<｜tool▁calls▁begin｜>', ends: ['<｜tool▁calls▁end｜>'], read: ofDeepSeek },
  // DeepSeek again, MiniMax, and Claude's proxies.
  { begin: '<｜DSML｜function_calls>', ends: ['</｜DSML｜function_calls>'], read: ofInvocations },
  { begin: '<｜DSML｜tool_calls>', ends: ['</｜DSML｜tool_calls>'], read: ofInvocations },
  { begin: '<minimax:tool_call>', ends: ['</minimax:tool_call>'], read: ofInvocations },
  { begin: '<function_calls>', ends: ['</function_calls>'], read: ofInvocations },
];

function json(text: string): unknown {
  return parseJson(mendedJson(text));
}

function named(name: string | undefined, input: unknown): readonly WrittenCall[] {
  return name === undefined ? [] : [{ name: name.replace(/^functions\./, ''), input }];
}

function ofHarmony(text: string): readonly WrittenCall[] {
  const header = /^\s*(?:<\|channel\|>\w*)?\s*to=(?:functions\.)?([\w-]+)[^{]{0,200}?<\|message\|>/.exec(text);
  return header ? named(header[1], json(text.slice(header[0].length))) : [];
}

function ofToolCall(text: string, tools: Tools): readonly WrittenCall[] {
  const written = text.replace(/^\s*<(?:seed:)?tool_call>/, '').trim();
  const calls = ofTags(written, tools);
  return calls.length > 0 ? calls : ofJson(json(written));
}

/** JSON that has the name, or a list of these. */
function ofJson(value: unknown): readonly WrittenCall[] {
  if (Array.isArray(value)) return value.flatMap(ofJson);
  const call = isRecord(value) && isRecord(value['function']) ? value['function'] : value;
  return isRecord(call) ? named(stringIn(call, 'name'), call['arguments'] ?? call['parameters'] ?? {}) : [];
}

/** Where one of several cannot be read, none is: it would be lost. */
function ofPythonTag(text: string): readonly WrittenCall[] {
  const written = text.slice('<|python_tag|>'.length);
  const only = ofJson(json(written));
  if (only.length > 0) return only;
  const several = written.split(/(?<=\}\s*);\s*(?=\{)/).map((one) => ofJson(json(one)));
  return several.every((calls) => calls.length > 0) ? several.flat() : [];
}

/** A list of JSON, or the name before the JSON of each. */
function ofMistral(text: string): readonly WrittenCall[] {
  const written = text.split('[TOOL_CALLS]').slice(1);
  return written.flatMap((one) => {
    const header = /^\s*([\w.-]+)\s*(?:\[CALL_ID\]\w*)?\s*(?:\[ARGS\])?\s*(?=\{)/.exec(one);
    return header ? named(header[1], json(one.slice(header[0].length))) : ofJson(json(one));
  });
}

/** Each with its name, and the number of the call behind that. */
function ofKimi(text: string): readonly WrittenCall[] {
  return between(text, '<|tool_call_begin|>', '<|tool_call_end|>').flatMap((one) => {
    const [id = '', input = ''] = one.split('<|tool_call_argument_begin|>');
    return named(id.trim().replace(/:\d+$/, ''), json(input));
  });
}

/** Older models put the kind of the tool before its name. */
function ofDeepSeek(text: string): readonly WrittenCall[] {
  return between(text, '<｜tool▁call▁begin｜>', '<｜tool▁call▁end｜>').flatMap((one) => {
    const written = one.replace(/^\s*function<｜tool▁sep｜>/, '').trim();
    const name = /^[\w.-]+/.exec(written)?.[0] ?? '';
    return named(name, json(written.slice(name.length).replace('<｜tool▁sep｜>', '')));
  });
}

/** What stands between each beginning and its end. */
function between(text: string, begin: string, end: string): readonly string[] {
  return text
    .split(begin)
    .slice(1)
    .map((one) => one.split(end, 1)[0] ?? '');
}

function ofInvocations(text: string, tools: Tools): readonly WrittenCall[] {
  return between(text.replaceAll('｜DSML｜', ''), '<invoke ', '</invoke>').flatMap((one) => {
    const name = /^name="([^"<>]+)"\s*>/.exec(one)?.[1];
    const members = between(one, '<parameter ', '</parameter>').flatMap((member) => {
      const [header, id = '', isString] = /^name="([^"<>]+)"(?: string="(true|false)")?\s*>/.exec(member) ?? [];
      const isText = isString === 'true' || isTextOf(tools.get(name ?? ''), id);
      return header === undefined ? [] : [[id, memberOf(member.slice(header.length), isText)] as const];
    });
    return named(name, Object.fromEntries(members));
  });
}

/** How Qwen's coders and GLM write: each member in tags of its own. */
const TAGS = [
  { name: /^<function=([\w.-]+)>/, member: '<parameter=', key: '>', value: '', end: '</parameter>' },
  {
    name: /^([\w.-]+)\s*(?=<arg_key>|$)/,
    member: '<arg_key>',
    key: '</arg_key>',
    value: '<arg_value>',
    end: '</arg_value>',
  },
] as const;

function ofTags(text: string, tools: Tools): readonly WrittenCall[] {
  for (const { name: form, member, key, value, end } of TAGS) {
    const [beginning = '', name] = form.exec(text) ?? [];
    if (name === undefined) continue;
    const rest = text.slice(beginning.length).trim();
    if (rest.startsWith('{')) return named(name, json(rest.replace(/<\/function>$/, '')));
    const members = text.split(member).slice(1);
    const input = members.map((one) => {
      const [id = ''] = one.split(key, 1);
      const start = one.indexOf(value, id.length + key.length);
      const [said = ''] = start < 0 ? [] : one.slice(start + value.length).split(end, 1);
      return [id, memberOf(said, isTextOf(tools.get(name), id))] as const;
    });
    return named(name, Object.fromEntries(input));
  }
  return [];
}

function isTextOf(tool: Tool | undefined, member: string): boolean {
  const known = tool?.inputSchema?.['properties'];
  return isRecord(known) && stringIn(known[member], 'type') === 'string';
}

function memberOf(said: string, isText: boolean): unknown {
  const written = said.replace(/^\s*?\n|\n$/g, '');
  return isText ? written : (parseJson(written) ?? written);
}
