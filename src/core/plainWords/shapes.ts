import { KEY_BEGINNINGS, KEYS_OF_PARTS } from '../base/keyShapes';
import { isPlaceholder } from '../config/placeholder';
import { isPage, namedProvider } from './providerNames';
import { type Groups, VALUE } from './extract';

/** What a sign-in is made of. */
export type Field = 'apiKey' | 'baseUrl' | 'model';

/** How the values of a field look in a text. Every repetition is bounded, so that the time to read is linear. */
export interface Shape {
  readonly field: Field;
  readonly pattern: RegExp;
  readonly accepts: (value: string, groups: Groups) => boolean;
}

/** What stands between a name and its value, in words, JSON, YAML or a header. */
const IS =
  '\\\\?["\'`*)]{0,4}(?<about>[ \\t](?:of|for|in)[ \\t](?:[^,:=\\n]|:(?=//)){1,80}?(?=[ \\t]?(?:is\\b|[:=](?!//))))?' +
  '[ \\t]{0,4}(?<sign>is\\b|[:=](?!//)|[是为叫用]|使用|选[择用]?|[设改换][置定]?[为成])[ \\t]{0,4}[:=]?[ \\t]{0,4}\\\\?';
const KEY_NAMES = '(?:(?<bare>api)|(?:api[ _-]?)?(?:key|token|密钥|秘钥|令牌))';
const URL_NAMES = '(?:(?:api[ _-]?)?(?:base[ _-]?)?url|api[ _-]?base|endpoint|address|host|server|地址|端点|网址|接口)';
const MODEL_NAMES = '(?:model(?:[ _-]?(?:name|id))?|模型 ?(?:名称?|id)?)';
const URL_TEXT = /(?<value>https?:\/\/(?:<[^<>\s]{1,64}>|[^\s"'`,;()<>\u007f-\uffff]){1,2048})/gi;
const HOST_TEXT =
  /(?<![\w./@-])(?<value>(?:localhost|(?:[\w-]{1,63}\.){1,8}[\w-]{1,63})(?::\d{2,5}(?!\w)(?:\/[\w./-]{0,200})?|\/v\d[\w./-]{0,200}))/gi;
const FAMOUS_MODEL = /^(?:qwen|qwq|gpt|glm|kimi|deepseek|llama|claude|minimax)/i;

/** Those shapes that are named come before those that can only be told by their looks. */
export const SHAPES: readonly Shape[] = [
  { field: 'apiKey', pattern: /\bbearer\s{1,4}(?<value>[^\s"'`,;()\u007f-\uffff]{1,2048})/gi, accepts: isKey },
  { field: 'apiKey', pattern: named(KEY_NAMES), accepts: (value, groups) => isKey(value) || isShortKey(value, groups) },
  {
    field: 'baseUrl',
    pattern: named(URL_NAMES),
    accepts: (value) => /\.|localhost/i.test(value) || isPlaceholder(value),
  },
  {
    field: 'model',
    // As in Qwen Code's settings.
    pattern: /"model"\s{0,8}:\s{0,8}\{\s{0,64}"name"\s{0,8}:\s{0,8}(?<value>"[^"\n]{1,256}")/g,
    accepts: () => true,
  },
  { field: 'model', pattern: named(MODEL_NAMES), accepts: isModel },
  { field: 'model', pattern: /(?:model|模型)[ \t]{1,4}(?<value>[a-z][\w./:-]{1,100})/gi, accepts: hasDigit },
  { field: 'baseUrl', pattern: URL_TEXT, accepts: isApi },
  { field: 'baseUrl', pattern: URL_TEXT, accepts: (value) => !isPage(value) },
  ...KEYS_OF_PARTS.map((shape): Shape => ({ field: 'apiKey', pattern: alone(shape), accepts: () => true })),
  {
    field: 'apiKey',
    pattern: alone(`(?:${KEY_BEGINNINGS})[-_](?=[\\w-]{0,256}\\d)[\\w-]{16,512}`),
    accepts: () => true,
  },
  {
    field: 'apiKey',
    pattern: /(?<![\w-])(?<value>(?:sk|xai)-[\w.*-]{2,512}|ms-(?:[0-9a-f-]{16,64}|x{3,64}))/gi,
    accepts: () => true,
  },
  {
    field: 'model',
    pattern:
      /(?<![\w./-])(?<value>(?:[\w-]{1,40}\/)?(?:qwen|qwq|gpt|glm|kimi|deepseek|llama|claude|minimax)[\w.:-]{0,80})/gi,
    accepts: (value) =>
      // "DeepSeek:" and a key behind it
      !/:[a-z0-9]{24}/i.test(value) &&
      (hasDigit(value) || /-(?:max|plus|turbo|flash|pro|air|coder|chat|reasoner)$/i.test(value)),
  },
  { field: 'baseUrl', pattern: HOST_TEXT, accepts: () => true },
  {
    field: 'apiKey',
    // "my key 0123…", with no sign between them; an address and the name of a model have other signs, or are shorter.
    pattern: new RegExp(
      `(?<![a-z])${KEY_NAMES}["'\`*)]{0,4}[ \\t]{1,4}["'\`]?(?<value>[\\w-]{20,512})(?!\\.?[\\w/:-])`,
      'gi',
    ),
    accepts: (value, { bare }) => !bare && isKey(value),
  },
  // What follows a dot is part of it: vendors join an id and a secret so.
  {
    field: 'apiKey',
    pattern: /(?<![\w./-])(?<value>[a-z0-9]{24,512}(?:\.[\w-]{1,512}){0,8})(?![\w-])/gi,
    accepts: isKey,
  },
];

/** What is no part of a longer word. */
function alone(shape: string): RegExp {
  return new RegExp(`(?<![\\w-])(?<value>${shape})`, 'g');
}

/** The value after one of its names. */
function named(names: string): RegExp {
  return new RegExp(`(?<![a-z])(?:openai)?${names}${IS}${VALUE}`, 'gi');
}

function isKey(value: string): boolean {
  if (value.includes('://') || FAMOUS_MODEL.test(value)) return false;
  return (
    (value.length >= 8 && hasDigit(value) && /[a-z]/i.test(value)) ||
    /^(?:sk|ms|xai)-/.test(value) ||
    isPlaceholder(value)
  );
}

/** `key: EMPTY`, as servers of one's own have it, but neither "the key is secret" nor "API: Bailian". */
function isShortKey(value: string, { bare, sign }: Groups): boolean {
  return !bare && sign !== 'is' && isWord(value);
}

function isModel(value: string, { sign = '' }: Groups): boolean {
  return (
    !/:\/\/|^sk-/.test(value) && (/[\d/:-]/.test(value) || isPlaceholder(value) || (/[:=]/.test(sign) && isWord(value)))
  );
}

/** One word that is no address and names no provider. */
function isWord(value: string): boolean {
  return /^[^\s/]{3,}$/.test(value) && !namedProvider(value);
}

function isApi(url: string): boolean {
  return !isPage(url) && /\/(?:v\d|api(?:\/|$)|openai(?:\/|$))|completions|:\d/.test(url.split(/[?#]/)[0] ?? '');
}

function hasDigit(value: string): boolean {
  return /\d/.test(value);
}
