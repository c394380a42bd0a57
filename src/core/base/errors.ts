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

/**
 * Nothing usable to sign a request with: `reason` tells whether there never was, or it ended, was refused, is good at
 * another place or looks as if it were, or a workspace wants a key of the person's for a place that they have not allowed,
 * or the sign-in was interrupted or took too long.
 */
export class SignInRequired extends Error {
  override readonly name = 'SignInRequired';

  constructor(
    readonly reason:
      | 'signedOut'
      | 'noKey'
      | 'ended'
      | 'refused'
      | 'goodElsewhere'
      | 'foreignKey'
      | 'noModel'
      | 'notAllowed'
      | 'interrupted'
      | 'expired',
    readonly about: {
      readonly method?: 'qwen-oauth' | 'coding-plan' | 'api-key';
      readonly provider?: string;
      readonly region?: string;
      readonly host?: string;
      readonly envKey?: string;
      /** Empty for a key too short to be shown in part; absent where there was none. */
      readonly keyLast4?: string;
      /** The status of the refusal, where it is not 401, and what the server said with it. */
      readonly status?: number;
      readonly said?: string;
      /** The places where the key may be good that can be asked, or have been, as a person reads them. */
      readonly places?: readonly string[];
      readonly refusedBy?: readonly string[];
      readonly unreached?: readonly string[];
      /** Where the key was sent or meant to be sent, and where it is good or seems to be, by name. */
      readonly here?: string;
      readonly there?: string;
      /** The provider and region there, by id, where we know one. */
      readonly otherProvider?: string;
      readonly otherRegion?: string;
      /** Nobody typed the key: the server itself had just made it. */
      readonly made?: true;
      /** It was an earlier sign-in that was refused; this one was not even tried. */
      readonly earlier?: true;
    } = {},
  ) {
    super([`sign-in required: ${reason}`, about.method, about.host].filter(Boolean).join(', '));
  }
}

/** Something that a person wrote cannot be used: `where` names the setting, file or field; the message says what is expected. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly where: string,
    message: string,
    /** The setting to open, where it is one of VS Code's. */
    readonly setting?: string,
    /** The place in a file, its line from 1, where it is known. */
    readonly place?: { readonly file: string; readonly line: number },
    /** The rule of a settings file that is broken, and where in its JSON. */
    readonly rule?: { readonly code: string; readonly path: readonly (string | number)[] },
    /** How bad it is: with what is only `information` everything still works as it is meant to. */
    readonly severity: 'error' | 'warning' | 'information' = 'error',
  ) {
    super(message);
  }
}

/** The person, or a newer request, called it off. Never shown. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
