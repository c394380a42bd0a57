import { findProvider, type Provider } from '../providers/catalogue';
import { visibleText, withoutQuotes } from '../base/pasted';
import { isPlaceholder } from './placeholder';

/** What the providers' keys look like; `ms-` begins many other things, so that more is asked of what follows. */
const KEY_SHAPES = [
  /^sk-[\w-]{8,}$/,
  /^ms-[0-9a-f-]{16,}$/i,
  /^(?:rk|xai|gsk|hf)[-_](?=[\w-]*\d)[\w-]{16,}$/,
  /^AIza[\w-]{30,}$/,
  // Z.AI: an id and a secret. A JSON web token has three parts.
  /^[0-9a-f]{32}\.\w{16}$/,
  /^eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$/,
];
/** Azure's keys and others have nothing that they begin with. */
const RANDOM = /^(?=.*\d)(?=.*[a-z])[A-Za-z0-9]{32,}$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whose keys begin how, and where such a key is used first, where we know the place. */
const BEGINNINGS: readonly {
  readonly begins: RegExp;
  readonly vendor: string;
  readonly name: string;
  readonly provider?: string;
}[] = [
  { begins: /^sk-or-/, vendor: 'openrouter', name: 'OpenRouter', provider: 'openrouter' },
  // Those of the Token Plan begin so too: which it is, only a server can tell.
  { begins: /^sk-sp-/, vendor: 'alibaba', name: "Alibaba Cloud's plans", provider: 'coding-plan' },
  { begins: /^sk-ws-/, vendor: 'alibaba', name: 'Alibaba Cloud Model Studio', provider: 'bailian' },
  { begins: /^sk-(?:proj|svcacct|admin)-/, vendor: 'openai', name: 'OpenAI', provider: 'openai' },
  { begins: /^ms-/, vendor: 'modelscope', name: 'ModelScope', provider: 'modelscope' },
  { begins: /^xai-/, vendor: 'xai', name: 'Grok (xAI)', provider: 'grok' },
  { begins: /^sk-ant-/, vendor: 'anthropic', name: 'Anthropic' },
  { begins: /^gsk_/, vendor: 'groq', name: 'Groq' },
  { begins: /^hf_/, vendor: 'huggingface', name: 'Hugging Face' },
  { begins: /^AIza/, vendor: 'google', name: 'Google' },
];

/** Whose a key seems to be; `provider` is where it is used first, where it can be used here at all. */
export interface KeyOwner {
  readonly name: string;
  readonly provider: Provider | undefined;
}

/**
 * Whose a key seems to be by its beginning, where that is somebody else than the provider that it is for: a hint, never
 * more. Undefined for a server of the person's own, which may take any.
 */
export function foreignOwner(key: string, target: Provider): KeyOwner | undefined {
  if (target.baseUrl !== 'fixed') return undefined;
  const owner = BEGINNINGS.find(({ begins }) => begins.test(key));
  if (!owner || owner.vendor === target.vendor) return undefined;
  return { name: owner.name, provider: owner.provider === undefined ? undefined : findProvider(owner.provider) };
}

/** Whether a key may be one of the provider, as far as its beginning tells. */
export function canBeKeyOf(key: string, { keyPrefix = '' }: Provider): boolean {
  return key.startsWith(keyPrefix);
}

/** Whether a text is a key by its looks, and not merely the place of one, as "sk-xxxxx" is. */
export function looksLikeKey(text: string): boolean {
  const key = withoutScheme(text);
  return KEY_SHAPES.some((shape) => shape.test(key)) && !isPlaceholder(key);
}

/** Whether a value whose name says that it is a key is one: visible characters, no address and no placeholder. */
export function canBeKey(text: string): boolean {
  const key = withoutScheme(text);
  return /^[\x21-\x7e]{8,}$/.test(key) && !key.includes('://') && !isPlaceholder(key);
}

/** Whether a key stands where a name should, be it of a model, which may have digits and signs, or of anything else. */
export function isKeyNotName(text: string): boolean {
  return looksLikeKey(text) || RANDOM.test(withoutScheme(text));
}

/** Whether a key stands where the name of a variable should. */
export function isMisplacedKey(text: string): boolean {
  return (
    looksLikeKey(text) ||
    RANDOM.test(text) ||
    (!NAME.test(text) && text.length >= 16 && /\d/.test(text) && canBeKey(text))
  );
}

/**
 * Whether a text that is none of what was expected may hold a secret, so that it is not to be shown: a word of eight
 * characters or more with a digit, or with letters of both cases.
 */
export function mayBeSecret(text: string): boolean {
  const isSecret = (word: string): boolean =>
    word.length >= 8 && !isPlaceholder(word) && (/\d/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word)));
  return withoutScheme(text).split(/\s+/).some(isSecret);
}

/** Whether a text can be the name of an environment variable, and is no key that happens to look like one. */
export function isVariableName(text: string): boolean {
  return NAME.test(text) && !isMisplacedKey(text);
}

function withoutScheme(text: string): string {
  return withoutQuotes(visibleText(text)).replace(/^bearer\s+/i, '');
}
