import { inspect } from 'node:util';

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
