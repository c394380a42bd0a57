import * as l10n from '@vscode/l10n';
import { KEY_BEGINNINGS, KEYS_OF_PARTS } from '../base/keyShapes';
import { visibleText, withoutQuotes } from '../base/pasted';
import { isPlaceholder } from './placeholder';

/** What the providers' keys look like; `ms-` begins many other things, so that more is asked of what follows. */
const KEY_SHAPES = [
  /^sk-[\w-]{8,}$/,
  /^ms-[0-9a-f-]{16,}$/i,
  new RegExp(`^(?:${KEY_BEGINNINGS})[-_](?=[\\w-]*\\d)[\\w-]{16,}$`),
  ...KEYS_OF_PARTS.map((shape) => new RegExp(`^${shape}$`)),
];
/** Azure's keys and others have nothing that they begin with. */
const RANDOM = /^(?=.*\d)(?=.*[a-z])[A-Za-z0-9]{32,}$/;
/** Most names of models are so, and no key is: none of these begin as keys do, or are as long. */
const NO_KEY = new RegExp(`^(?!sk-|ms-|rqsty-|(?:${KEY_BEGINNINGS})[-_]|eyJ)[\\w./:@+-]{0,31}$`, 'i');
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

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
  return !NO_KEY.test(text) && (looksLikeKey(text) || RANDOM.test(withoutScheme(text)));
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
  return withoutScheme(text).split(/\s/).some(isSecret);
}

/**
 * What somebody wrote in the place of a name, in quotes; `instead` where it may be a secret, which no error repeats.
 */
export function quoted(text: string, instead = l10n.t('This')): string {
  return looksLikeKey(text) || mayBeSecret(text) ? instead : `"${text}"`;
}

/** Whether a text can be the name of an environment variable, and is no key that happens to look like one. */
export function isVariableName(text: string): boolean {
  return NAME.test(text) && !isMisplacedKey(text);
}

function withoutScheme(text: string): string {
  return withoutQuotes(visibleText(text)).replace(/^bearer\s+/i, '');
}
