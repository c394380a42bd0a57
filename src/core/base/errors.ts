import type { KeyMethod, Method } from './method';
import { type Obstacle, obstacleIn } from './obstacle';

/** The authorization server said no: an `error` of RFC 6749 §5.2 or RFC 8628 §3.5, with the server's own description. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(
    readonly error: string,
    readonly host: string,
    readonly status: number,
    readonly description?: string,
  ) {
    super(description ? `${error}: ${description}` : error);
  }
}

/**
 * Why a request brought no usable answer. `proxy` is one that was not reached or let nothing through, `unreadable` is an
 * answer that is not what the protocol promises, `unusable` one that began as it should.
 */
export type RequestFailure =
  | 'unknownHost'
  | 'refused'
  | 'untrustedCertificate'
  | 'proxy'
  | 'timeout'
  | 'network'
  | 'redirect'
  | 'unreadable'
  | 'unusable'
  | 'status';

/** A request that was answered with an error status, or not answered as it should be, or not at all. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** What the server is for, which decides how its failure is told. */
  readonly role: 'modelServer' | 'authorizationServer' | 'keyProvider';

  constructor(
    readonly host: string,
    readonly failure: RequestFailure,
    readonly details: {
      /** The HTTP status, where there was an answer. */
      readonly status?: number;
      /** The server's code for it, e.g. `invalid_api_key`. */
      readonly code?: string;
      /** The server's own words, without secrets. */
      readonly text?: string;
      /** The answer was a web page, as firewalls and sign-in pages of a network send it in a server's place. */
      readonly page?: boolean;
      readonly retryAfterSeconds?: number;
    } = {},
    options?: ErrorOptions & { readonly role?: RequestError['role'] },
  ) {
    super([host, details.status ?? failure, details.text].filter(Boolean).join(': '), options);
    this.role = options?.role ?? 'modelServer';
  }

  /** What stood in the way, where that could be found out. */
  get obstacle(): Obstacle | undefined {
    return obstacleIn(this.cause);
  }

  /** What the server, which knows who asks, says is used up; undefined for a limit that waiting alone lifts. */
  get exhausted(): 'quota' | 'balance' | undefined {
    const { status, code = '', text = '' } = this.details;
    const words = `${code} ${text}`;
    // A 401 is about the key, whatever its text goes on about.
    if (status === 401) return undefined;
    if (/insufficient_quota|FreeTierOnly|free (allocated )?quota/i.test(words)) return 'quota';
    // Rate limits advertise the page where a higher one is paid for.
    if (/rate_?limit|^limit_|^throttling/i.test(code)) return undefined;
    return status === 402 || /arrear|balance|billing/i.test(words) ? 'balance' : undefined;
  }

  /** Whether the server minds the model rather than the key: it has none of that name, or not for this key. */
  get mindsModel(): 'missing' | 'denied' | undefined {
    const { status = 0, code = '', text = '' } = this.details;
    if (this.role !== 'modelServer' || this.exhausted || !/model|deployment/i.test(`${code} ${text}`)) return undefined;
    const isAbsent = /not[ _]?(?:be )?(?:exist|found)|unknown|no such|invalid[ _]model|not a valid model|unsupported/i;
    if (status === 404 || ((status === 400 || status === 422) && isAbsent.test(`${code} ${text}`))) return 'missing';
    const isDenied = /model.*(?:access|denied|permission|allow|entitle)|(?:access|permission|allow|entitle).*model/i;
    return status === 403 && isDenied.test(`${code} ${text}`) ? 'denied' : undefined;
  }
}

/** Why nothing usable signs a request, with what is known of it. Names of places and keys are as a person reads them. */
export type SignInReason =
  /** Nobody has signed in, or the account is gone. */
  | { readonly reason: 'signedOut'; readonly method?: Method }
  /** No model is chosen; `server` is one that the environment names without a model, and the variable that would name it. */
  | { readonly reason: 'noModel'; readonly server?: { readonly host: string; readonly envKey: string } }
  /** No key is known for the model's server; `envKey` is the variable that could hold one. */
  | { readonly reason: 'noKey'; readonly host: string; readonly envKey?: string }
  /** The authorization server does not renew the sign-in any more. */
  | { readonly reason: 'ended'; readonly host: string }
  /** The workspace wants a key of the person's for a server that they have not allowed. */
  | { readonly reason: 'notAllowed'; readonly host: string; readonly keyLast4?: string }
  /** The API refused an access token; `earlier` is an earlier one, and this sign-in was not tried. */
  | { readonly reason: 'refused'; readonly method: 'qwen-oauth'; readonly host: string; readonly earlier?: true }
  | RefusedKey
  /** The key was refused here, and another place takes it. */
  | {
      readonly reason: 'goodElsewhere';
      readonly here: string;
      readonly there: string;
      readonly otherProvider: string;
      readonly otherRegion: string;
    }
  /** The key looks like one of another vendor, so it was not sent; `otherProvider` is that vendor's id, where we know one. */
  | {
      readonly reason: 'foreignKey';
      readonly method: Method;
      readonly here: string;
      readonly there: string;
      readonly otherProvider?: string;
    }
  /** The window was closed during the sign-in, or nobody finished it in time. */
  | ({ readonly reason: 'interrupted' | 'expired' } & UnfinishedSignIn);

/** A sign-in that nobody finished. */
export interface UnfinishedSignIn {
  readonly method: Method;
  readonly host: string;
}

/** A server refused a key. */
export interface RefusedKey {
  readonly reason: 'refused';
  readonly method: KeyMethod;
  readonly host: string;
  readonly provider?: string;
  readonly region?: string;
  /** The environment variable that holds the key, where it comes from one. */
  readonly envKey?: string;
  /** Empty for a key too short to be shown in part; absent where none was sent. */
  readonly keyLast4?: string;
  /** The HTTP status, where it is not 401, and what the server said with it. */
  readonly status?: number;
  readonly said?: string;
  /** The other places where the key may be good, where they can still be asked. */
  readonly places?: readonly string[];
  /** The other places that were asked: those that refused it too, and those that did not answer. */
  readonly refusedBy?: readonly string[];
  readonly unreached?: readonly string[];
  /** The server had just made the key itself; nobody typed it. */
  readonly made?: true;
}

/** Nothing usable signs a request: a sign-in, another key or a choice is needed first. */
export class SignInRequired extends Error {
  override readonly name = 'SignInRequired';

  constructor(readonly about: SignInReason) {
    const known = ['method' in about && about.method, 'host' in about && about.host];
    super([`sign-in required: ${about.reason}`, ...known].filter(Boolean).join(', '));
  }

  get reason(): SignInReason['reason'] {
    return this.about.reason;
  }
}

/** A rule of a settings file that is broken, and where in its JSON. */
export interface BrokenRule {
  readonly code: string;
  readonly path: readonly (string | number)[];
}

/** What a person is to mend. */
export type Where =
  /** A field of a form, or an argument of a command, by its name. */
  | { readonly field: string }
  /** A setting of VS Code, by its id. */
  | { readonly setting: string; readonly rule?: BrokenRule }
  /** A file, by its path; the line counts from 1, and is absent where it is not known. */
  | { readonly file: string; readonly line?: number; readonly rule?: BrokenRule }
  /** An environment variable. */
  | { readonly variable: string }
  /** Anything else, in a word. */
  | { readonly part: string };

/** Something that a person wrote or set up cannot be used: the message says what is wrong with it and what is expected. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly where: Where,
    message: string,
    /** With what is only `information` everything still works as it is meant to. */
    readonly severity: 'error' | 'warning' | 'information' = 'error',
  ) {
    super(message);
  }

  /** The rule of a settings file that is broken, where it is one. */
  get rule(): BrokenRule | undefined {
    return 'rule' in this.where ? this.where.rule : undefined;
  }
}

/** The person, or a newer request, called it off. Never shown. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
