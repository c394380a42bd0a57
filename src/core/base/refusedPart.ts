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
    'temperature top_p top_k min_p presence_penalty frequency_penalty repetition_penalty seed stop logit_bias logprobs ' +
    'top_logprobs response_format reasoning_effort reasoning_content enable_thinking thinking chat_template_kwargs ' +
    'service_tier metadata store user modalities'
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
 * What of a chat request a server does not take: the name of a member, `tools` or `images`; undefined where its words name
 * nothing of the kind.
 */
export function refusedPart({ code = '', type = '', param = '', text = '' }: RefusalWords): string | undefined {
  if (!COMPLAINT.test(`${code} ${type} ${text}`)) return undefined;
  const named = [...param.split(/\W/), ...(text.match(NAME) ?? [])].find((name) => MEMBERS.has(name));
  return named ?? THINGS.find(({ words }) => words.test(text))?.part;
}
