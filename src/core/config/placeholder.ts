import { visibleText } from '../base/pasted';

/**
 * Why a value is none: `example` marks where one belongs, `reference` names where it is kept, and `masked` lacks its
 * middle, as on a page that shows a key.
 */
export type PlaceholderKind = 'example' | 'reference' | 'masked';

const REFERENCES: readonly RegExp[] = [
  // $NAME, ${NAME}, $env:NAME, $(command), %NAME%
  /^\$(?:env:)?[A-Za-z_]\w*$|\$\{[^{}]*\}|^\$\(.*\)$|^%\w+%$/,
  // ${{ secrets.NAME }}, cut off at its first blank too
  /^\$\{\{/,
  // {env:NAME}, {file:…}, env:NAME, {{NAME}}
  /\{(?:env|file|secret|vault)[:.][^{}]*\}|^env:\w+$|\{\{[^{}]*\}\}/i,
  // op://vault/item, process.env.NAME, os.environ["NAME"], keyring://…
  /^(?:op|vault|secret|keyring|keychain|pass|ref\+\w+):\/\//i,
  /^(?:process\.env|os\.(?:environ|getenv)|import\.meta\.env|Deno\.env)\b/,
  // The name of a variable in the place of its value
  /^(?!YOUR)[A-Z][A-Z0-9_]*_(?:KEY|TOKEN)$/,
];

const MASKED: readonly RegExp[] = [
  // sk-abc...xyz
  /\.\.\./,
  // sk-••••, sk-abc****xyz
  /[•●∙·█■⬤○◦]|\*{3}/u,
];

const EXAMPLES: readonly RegExp[] = [
  // <key>, sk-<your key>, {resource}, [key]
  /<[^<>]*>|\{[\w .:-]*\}|^\[.*\]$/,
  // sk-xxxxx, sk-sp-xxxxx, xxxx-xxxx, ????, ____, and nothing at all
  /^(?:sk-|ms-|xai-)?(?:sp-|or-|v1-|proj-|ant-|ws-)*[x?._\s-]*$/i,
  /^(?:sk-)?x{4,}\w{0,4}$/i,
  // your-api-key, yourKey, your_model_choice, https://your-endpoint.com; a long run of letters is a key
  /(?:^|[-_/.[ ])your(?![a-z0-9]{16})/i,
  /^(?:sk-)?(?:my|the|an?|dein|ihr|votre|tu|sua|il[-_]tuo)[-_ ]?(?:own[-_ ])?(?:api[-_ ]?)?(?:key|token|secret|clave|chave|schl(?:ü|ue)ssel|cl[ée]|chiave)(?:[-_ ]?here)?$/i,
  /^(?:sk-)?(?:api[-_ ]?)?(?:key|token|secret)(?:[-_ ]?(?:here|goes[-_ ]?here|value))?$/i,
  /^(?:insert|enter|paste|put|add|fill|set)[-_ ].*(?:key|token|secret|here)/i,
  /(?:change|replace)[-_ ]?(?:me|this|with)\b/i,
  /^(?:sk-)?(?:placeholder|example|sample|todo|fixme|tbd|redacted|removed|hidden)(?:[-_ ]?(?:api[-_ ]?)?(?:key|token))?$/i,
  // What a program writes that has none
  /^(?:undefined|null|nil|none|n\/a|false|true|nan)$/i,
];

/** What stands for a model or an address in a language that is not written in ASCII, where real ones have names too. */
const NAME_EXAMPLES: readonly RegExp[] = [
  // 你的模型, 请填写模型名, 在此处替换
  /[你您]的|请填|填[写入]|(?:请|^)输入|替换|此处|这里|【[^【】]*】/,
  // 模型名称, https://服务器地址/v1
  /(?:^|\/\/)(?:模型|[^/:.]*(?:模型名称?|模型id|地址|域名|网址))(?=[:/]|$)/i,
  /あなたの|ここに|당신의|여기에|(?<!\p{L})ваш|votre[-_ ]/iu,
];

/** Words of a language that is not written in ASCII, without anything that could be a key. */
const WORDS = /[^\p{ASCII}\p{P}\p{S}]/u;
/** Whether it is worth to look for such words: that pattern alone takes 4 ms to compile. */
const NOT_ASCII = /[\u0080-\uffff]/;
const KEY_LIKE = /(?=[\w-]{0,64}\d)[\w-]{8,}/;

/** What a value is for: only models and addresses have names in every language. */
type PlaceholderUse = 'key' | 'model' | 'address';

/** What a value is that only stands for another one; undefined for any other. */
export function placeholderKind(value: string, use: PlaceholderUse = 'key'): PlaceholderKind | undefined {
  const text = visibleText(value);
  const isOneOf = (patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(text));
  if (isOneOf(REFERENCES)) return 'reference';
  const isForeign = NOT_ASCII.test(text) && (use === 'key' ? isWordsAlone(text) : isOneOf(NAME_EXAMPLES));
  if (isForeign || isOneOf(EXAMPLES)) return 'example';
  return isOneOf(MASKED) ? 'masked' : undefined;
}

/** Whether a value only stands for another one, as "your-api-key", "sk-xxxxx", "$OPENAI_API_KEY" or "sk-ab…yz" do. */
export function isPlaceholder(value: string, use?: PlaceholderUse): boolean {
  return placeholderKind(value, use) !== undefined;
}

function isWordsAlone(text: string): boolean {
  return WORDS.test(text) && !KEY_LIKE.test(text);
}
