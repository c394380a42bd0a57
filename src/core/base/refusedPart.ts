import * as l10n from '@vscode/l10n';
import { anyOf } from './anyOf';

/** The words of a refusal. */
export interface RefusalWords {
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  readonly text?: string;
}

/** Members of a chat request that one model takes and another does not. */
const MEMBERS = new Set(
  (
    'stream_options include_usage parallel_tool_calls tool_choice tools functions max_completion_tokens max_tokens ' +
    'temperature top_p top_k min_p presence_penalty frequency_penalty repetition_penalty seed stop logit_bias ' +
    'logprobs top_logprobs response_format reasoning_effort reasoning_content enable_thinking thinking ' +
    'chat_template_kwargs service_tier metadata store user modalities'
  ).split(' '),
);
/** What may be such a name: a word in quotes, one with an underscore, or the one that everybody knows. */
const NAME = /(?<=['"`.])[a-z]+(?=['"`])|\b[a-z]+(?:_[a-z]+)+\b|\btemperature\b/g;
/** What servers say of something that they do not take. */
const COMPLAINT = anyOf(
  /support|permit|allow|accept|recogni[sz]ed|unknown|unexpected|extra[ _]|forbidden|invalid|cannot/,
  /only|must|should|require|incompatib|deprecated/,
  /不支持|无效|不合法|不允许|必须/,
);
/**
 * What is told by words of its own, whatever members they name: rules for the messages and for the schemas of tools.
 */
const RULES = [
  {
    part: 'system',
    words: anyOf(
      /(?:system|developer)['"`]? (?:role|message|instruction|prompt)s? (?:is |are )?not (?:supported|enabled|allowed)/,
      /(?:not support|unexpected role:?|invalid role:?|role) (?:the )?['"`]?(?:system|developer)\b(?! message must)/,
      /only user(?:,| and) assistant (?:and tool )?roles are supported/,
    ),
  },
  {
    part: 'turns',
    words: anyOf(
      /must alternate|message_order|\brole '?\w+'? after role|multiturn requests alternate|expected last role/,
      /(?:first|last) (?:\w+ ){0,2}message (?:must|should)|must (?:start|end) with (?:a|an|the)? ?['"`]?user|prefill/,
      /ensure that function (?:call|response) turns?|more assistant messages at the end|no user query found/,
      /(?:consecutive|multiple) (?:user|assistant) messages|最后一条(?:消息)?.{0,10}(?:必须|应).{0,10}user/,
    ),
  },
  {
    part: 'schema',
    words: anyOf(
      /unknown name \W*[$\w]+\W* at \W*(?:\w+\.)?tools\[|field is not repeating|invalid schema for function/,
      /tools?\W.{0,80}(?:parameters|schema)(?! for response).{0,80}(?:schema|invalid|not (?:a )?valid|missing|type)/,
      /flavored json schema|schema conversion failed|unrecognized schema|unsupported (?:json )?schema/,
      /(?:function_declarations|functions)\[\d+\]\.\w*(?:parameters|schema)/,
      /^(?![^]*response_format)[^]*(?:\b(?:any|one|all)_?of\b|undefined schema|invalid json schema|object fields require)/,
    ),
  },
  { part: 'tools', words: /tools param requires --jinja|function calling is not enabled/i },
  {
    part: 'images',
    words: anyOf(
      /image input is not (?:supported|enabled)|not a multimodal model|at most 0 image|content\.type 参数非法/,
      // What has an image is a list, and text alone is not.
      /messages\W.{0,20}content\W.{0,15}(?:must|should) be a (?:valid )?string|sequence, expected a string/,
    ),
  },
] as const;
/** What is told by other words than the name of a member. */
const THINGS = [
  {
    part: 'tools',
    words: anyOf(
      /\btool[ _-]?(?:use|calls?|calling|choice)\b|function[ _-]?call/,
      /\bsupport(?:s|ed|ing)? (?:for )?tools\b|\btools? (?:is|are) not\b|工具/,
    ),
  },
  { part: 'images', words: /\bimages?\b|\bimage_url\b|\bvision\b|\bmulti-?modal|图片|图像/i },
] as const;

/**
 * What of a chat request a server does not take: the name of a member, `tools` or `images`; `system` for
 * messages of the system, `turns` for their order, `schema` for what tools take; undefined where its
 * words name nothing of the kind.
 */
export function refusedPart({ code = '', type = '', param = '', text = '' }: RefusalWords): string | undefined {
  const rule = RULES.find(({ words }) => words.test(`${type} ${text}`));
  if (rule) return rule.part;
  if (!COMPLAINT.test(`${code} ${type} ${text}`)) return undefined;
  const named = [...param.split(/\W/), ...(text.match(NAME) ?? [])].find((name) => MEMBERS.has(name));
  return named ?? THINGS.find(({ words }) => words.test(text))?.part;
}

/**
 * Whether a refusal is surely about the request: some servers, and the templates of models,
 * call that an error of their own.
 */
export function isOfRequest({ type = '', text = '' }: RefusalWords): boolean {
  return RULES.some(({ words }) => words.test(`${type} ${text}`));
}

/** What was refused, as a person reads it: the name of a member of the request in quotes. */
export function partName(part: string): string {
  return NAMES[part] ?? `"${part}"`;
}

const NAMES: Readonly<Record<string, string>> = {
  tools: l10n.t('tools'),
  images: l10n.t('images'),
  system: l10n.t('a message of the system'),
  turns: l10n.t('the messages in this order'),
  schema: l10n.t('the schema of a tool'),
  parameters: l10n.t('tools without parameters'),
};
