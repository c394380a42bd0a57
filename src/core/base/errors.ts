import { oneLine } from './oneLine';
import type { KeyMethod, Method } from './method';
import { type Obstacle, obstacleIn } from './obstacle';
import { type RefusalReason, refusalReason } from './refusalReason';

/**
 * The authorization server said no: an `error` of RFC 6749 §5.2 or RFC 8628 §3.5, with the server's own description.
 */
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
 * Why a request has no usable answer. `proxy`: the proxy was not reached, or let nothing through. `unreadable`: the
 * answer does not follow the protocol. `unusable`: it began correctly and then did not.
 * `cut`: the other side ended the connection. `wrongScheme`: http was sent where https is
 * spoken, or the other way round.
 */
export type RequestFailure =
  | 'unknownHost'
  | 'refused'
  | 'untrustedCertificate'
  | 'proxy'
  | 'timeout'
  | 'cut'
  | 'wrongScheme'
  | 'network'
  | 'redirect'
  | 'unreadable'
  | 'unusable'
  | 'status';

/** A request that got an error status, an unusable answer, or no answer. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** What the server is for; the words for its failure depend on it. */
  readonly role: 'modelServer' | 'authorizationServer' | 'keyProvider';

  constructor(
    readonly host: string,
    readonly failure: RequestFailure,
    readonly details: {
      /** The HTTP status, where there was one. */
      readonly status?: number;
      /** The server's code for it, such as `invalid_api_key`. */
      readonly code?: string;
      /** The kind of error that it is, where that is said beside the code. */
      readonly type?: string;
      /** The member of the request that is refused. */
      readonly param?: string;
      /** The server's own words, without secrets. */
      readonly text?: string;
      /** Whether a web page came in place of an answer. */
      readonly page?: true;
      readonly retryAfterSeconds?: number;
      /**
       * The limit that a silence has exceeded, in milliseconds, and what sets it; `isAlive`: only signs of life came.
       */
      readonly limit?: { readonly ms: number; readonly from: 'entry' | 'setting'; readonly isAlive?: true };
      /** When requests are taken again, in milliseconds since the epoch, where that is an hour away or more. */
      readonly resumesAt?: number;
    } = {},
    options?: ErrorOptions & { readonly role?: RequestError['role'] },
  ) {
    super([host, details.status ?? failure, details.text].filter(Boolean).join(': '), options);
    this.role = options?.role ?? 'modelServer';
  }

  /** What blocked the request, where that is known. */
  get obstacle(): Obstacle | undefined {
    return obstacleIn(this.cause);
  }

  /** Why the server refuses, where its words tell; of a model only where it is a server of models. */
  get reason(): RefusalReason | undefined {
    const reason = this.failure === 'status' ? refusalReason(this.details) : undefined;
    return this.role === 'modelServer' || (reason && !OF_MODELS.has(reason)) ? reason : undefined;
  }

  /** Whether the server, which knows who asks, has nothing left for them. */
  get isUsedUp(): boolean {
    return this.reason === 'noBalance' || this.reason === 'windowUsedUp';
  }
}

/** Reasons that only requests to models have. */
const OF_MODELS: ReadonlySet<RefusalReason> = new Set(['dataPolicy', 'unknownModel', 'deniedModel', 'unsupported']);

/**
 * Why nothing usable signs a request, with what is known of it. Names of places and keys are as a person reads them.
 */
export type SignInReason =
  /** Nobody has signed in, or the account is gone. */
  | { readonly reason: 'signedOut'; readonly method?: Method }
  /**
   * No model is chosen; `server` is one that the environment names without a model, and the variable that would name
   * it.
   */
  | { readonly reason: 'noModel'; readonly server?: { readonly host: string; readonly envKey: string } }
  /** A chat asks a model that is gone, by its own name and that of the account or server it was at. */
  | { readonly reason: 'gone'; readonly model: string; readonly place: string }
  /** No key is known for the model's server; `envKey` is the variable that could hold one. */
  | { readonly reason: 'noKey'; readonly host: string; readonly envKey?: string }
  /** The authorization server does not renew the sign-in any more. */
  | { readonly reason: 'ended'; readonly host: string }
  | HeldKey
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
  /**
   * The key looks like one of another vendor, so it was not sent; `otherProvider` is that
   * vendor's id, where we know one.
   */
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
  /** The HTTP status, where it is not 401, and what the server said. */
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

/** A workspace wants to send a key of the person's to a server that they have not allowed. */
export interface HeldKey {
  readonly reason: 'notAllowed';
  /** The server's host; for a stored key with the path, which may be another customer's. */
  readonly host: string;
  readonly keyLast4?: string;
  /** Where the key and the address come from, as phrases. */
  readonly keyFrom: string;
  readonly addressFrom: string;
  /** The variable that holds the key, and whether it is one that a provider's keys are kept in. */
  readonly variable?: { readonly name: string; readonly isUsual: boolean };
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
interface BrokenRule {
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

/** Longer than any message is whose names have a length that people give them. */
const LONGEST_MESSAGE = 4000;

/**
 * Something that a person wrote or set up cannot be used: the message, always one line, says what is
 * wrong with it and what is expected.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly where: Where,
    message: string,
    /** `information` is no fault: everything still works as intended. */
    readonly severity: 'error' | 'warning' | 'information' = 'error',
  ) {
    // Names in it come from files and folders of anybody's.
    super(oneLine(message, LONGEST_MESSAGE));
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
