import * as l10n from '@vscode/l10n';
import { shownCharacter } from '../base/oneLine';
import { visibleText, withoutComment, withoutQuotes } from '../base/pasted';
import { Secret } from '../base/secret';
import { looksLikeKey } from './keyShape';
import { type PlaceholderKind, placeholderKind } from './placeholder';

/** What a text that should be a key is. `why` is a sentence, and never holds the text. */
type KeyText =
  | { readonly kind: 'key'; readonly key: Secret }
  | { readonly kind: 'empty' }
  | { readonly kind: 'placeholder'; readonly what: PlaceholderKind }
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * What people copy along with a key: `export NAME=`, the header or property that it stands in, `Bearer`, an option of a
 * command. What follows a sign must not be the end: `=` also fills up the end of a key in base64.
 */
const LABELS: readonly RegExp[] = [
  /^(?:export|set|setx|declare\s-x|const|let|var|-H|--header)\s+/i,
  /^--[a-z-]*(?:key|token)(?:=|\s+)/i,
  /^(?:\$env:)?[A-Za-z_]\w{0,99}["'`]?\s*=\s*(?=[^=\s])/,
  // With a colon only what is known to be a name: a key may have one.
  /^(?:(?:proxy-)?authorization|[\w-]{0,99}(?:key|token|secret)|密[钥匙]|秘[钥匙]|令牌)["'`]?\s*:\s*/iu,
  /^(?:bearer|token)\s+|^bearer$/i,
];
/** A line end, or quotes, that some program has written out, as a secret of Kubernetes may have it. */
const WRITTEN_OUT = /\\[rnt]$|\\(?=["'])/g;
/** Typographic hyphens, which word processors put in the place of a plain one. */
const HYPHENS = /[\u2010-\u2013\u2212]/g;
/** No header holds more than 16 KiB with everything in it, in Node and elsewhere. */
const LONGEST = 8192;

/**
 * The key in a text that somebody pasted, or wrote into a variable, a file or an argument: without what nobody sees,
 * and without quotes, commas and labels around it.
 */
export function readKey(text: string): KeyText {
  if (text.length > LONGEST)
    return { kind: 'unusable', why: l10n.t('This is longer than any key. Copy it again, the key alone.') };
  const key = unwrapped(withoutComment(visibleText(text)));
  if (key === '') return { kind: 'empty' };
  const what = placeholderKind(key);
  if (what) return { kind: 'placeholder', what };
  if (/^(?:https?:)?\/\//i.test(key)) return { kind: 'unusable', why: l10n.t('This is a web address, not a key.') };
  const strange = /[^\x21-\x7e]/u.exec(key);
  return strange ? { kind: 'unusable', why: whyUnusable(strange[0]) } : { kind: 'key', key: new Secret(key) };
}

function unwrapped(text: string): string {
  const bare = withoutQuotes(text.replace(WRITTEN_OUT, ''));
  const key = LABELS.reduce((rest, label) => rest.replace(label, ''), bare);
  if (key !== text) return unwrapped(key);
  const inner = /^[<([{](.*)[>)\]}]$/s.exec(key)?.[1];
  return (inner !== undefined && looksLikeKey(inner) ? inner : key).replace(HYPHENS, '-');
}

/**
 * A header holds visible ASCII only (RFC 9110 §5.5). One character of a key gives nothing away, and shows where it is.
 */
function whyUnusable(character: string): string {
  const shown = shownCharacter(character);
  const what = /\s/.test(character) ? l10n.t('a space or a line break') : l10n.t('the character {shown}', { shown });
  return l10n.t('The key holds {what}, which no key has. Copy it again, the key alone.', { what });
}
