import { inspect } from 'node:util';
import { type Finder, runsOf, withoutFound } from './secretRuns';

/** A string that does not print itself: every way to turn it into text but `reveal` says `[redacted]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself; for a request's header and the keychain only. */
  reveal(): string {
    return this.#value;
  }

  /** The last four characters, by which a person recognises a key; empty for secrets too short to hide the rest. */
  get last4(): string {
    return this.#value.length >= 12 ? this.#value.slice(-4) : '';
  }

  equals(other: Secret | undefined): boolean {
    return other !== undefined && other.#value === this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

/**
 * What tokens and keys look like in other people's texts: bearer headers, `sk-…` and its kin, JSON web tokens. A word
 * has no digits, so what has none is left as it is. How far is looked for one is bounded: texts come from servers.
 */
const SECRET_SHAPES = [
  /\b(bearer\s+)(?=[\w.~+/=-]{0,256}\d)[\w.~+/=-]{8,}/gi,
  /\b((?:api[-_]?key|access_token|refresh_token|device_code|code_verifier)["']?\s*[:=]\s*["']?)(?=[\w.~+/=-]{0,256}\d)[\w.~+/=-]{6,}/gi,
  /\b()(?:sk|ms|rk|xai|gsk|hf|key|nvapi)-(?=[\w-]{0,256}\d)[\w-]{8,}/g,
  /\b()(?:[sr]k_(?:live|test)_|gh[pousr]_|(?:rk|xai|gsk|hf)_|AIza)(?=\w{0,256}\d)[\w-]{8,}/g,
  /\b()[0-9a-f]{32}\.\w{16}\b/g,
  /\b()eyJ[\w-]{8,2048}\.[\w-]+\.[\w-]*/g,
];

/** Shorter than this, a secret may be an ordinary word: it is taken out only where it stands alone. */
const SURELY_NO_WORD = 12;

/** The text with everything taken out that is one of the `known` secrets or looks like a token or key. */
export function redact(text: string, ...known: readonly (Secret | undefined)[]): string {
  return SECRET_SHAPES.reduce((rest, shape) => rest.replace(shape, '$1[redacted]'), withoutSecrets(text, ...known));
}

/**
 * The text without the `known` secrets: no ten characters in a row of one are left, whether in plain, in base64, in
 * hexadecimal digits, escaped as in URLs, JSON or HTML, or encoded twice. A short secret is removed where it stands
 * alone.
 */
export function withoutSecrets(text: string, ...known: readonly (Secret | undefined)[]): string {
  const finders = known.flatMap((secret) => (secret ? [finderOf(secret)] : []));
  return finders.length > 0 ? withoutFound(text, (part) => finders.flatMap((find) => find(part))) : text;
}

const findersOf = new WeakMap<Secret, Finder>();

function finderOf(secret: Secret): Finder {
  const known = findersOf.get(secret);
  if (known) return known;
  const value = secret.reveal();
  const finder = value.length < SURELY_NO_WORD ? standingAlone(value) : runsOf(value);
  findersOf.set(secret, finder);
  return finder;
}

function standingAlone(value: string): Finder {
  if (value.length < 4) return () => [];
  const alone = new RegExp(`(?<!\\w)${escaped(value)}(?!\\w)`, 'g');
  return (text) => [...text.matchAll(alone)].map(({ 0: { length }, index }) => [index, index + length]);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
