import { countIn, isRecord, numberIn } from '../base/json';

/** What a model entry says about its requests, as Qwen Code understands it. */
export interface GenerationConfig {
  /** How long the server may send nothing, in milliseconds; 0 is no limit, undefined leaves it to the setting. */
  readonly timeoutMs: number | undefined;
  readonly maxRetries: number;
  /** Goes into the body of a request as it stands. */
  readonly samplingParams: Readonly<Record<string, unknown>>;
  /** Headers beside our own; those that carry credentials or belong to the transport are left out. */
  readonly customHeaders: Readonly<Record<string, string>>;
  /** Goes into the body at the top, over everything else but model, messages and stream. */
  readonly extraBody: Readonly<Record<string, unknown>>;
  /** Tokens. */
  readonly contextWindowSize: number | undefined;
  /** Whether it reads images; undefined where nobody says. */
  readonly vision: boolean | undefined;
}

/** Headers that settings may not set: they decide which server is asked, and with whose credential. */
const RESERVED_HEADERS = new Set(
  (
    'authorization proxy-authorization api-key x-api-key cookie host origin forwarded ' +
    'connection content-length content-type expect keep-alive te trailer transfer-encoding upgrade'
  ).split(' '),
);
const RESERVED_BODY = new Set(['model', 'messages', 'stream']);
/** A longer timer would fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const DEFAULT_RETRIES = 3;
const MOST_RETRIES = 10;

/** Whether a header is one that a setting cannot take over. */
export function isReservedHeader(name: string): boolean {
  return RESERVED_HEADERS.has(name.toLowerCase());
}

/** Reads `generationConfig`; what is missing or of the wrong kind is Qwen Code's default. */
export function readGenerationConfig(value: unknown): GenerationConfig {
  return value === undefined ? DEFAULT_GENERATION_CONFIG : readMembers(value);
}

function readMembers(value: unknown): GenerationConfig {
  const record = (name: string): Readonly<Record<string, unknown>> => {
    const member = isRecord(value) ? value[name] : undefined;
    return isRecord(member) ? member : {};
  };
  const isSaid = isRecord(value) && isRecord(value['modalities']);
  const timeout = numberIn(value, 'timeout');
  return {
    timeoutMs: timeout === undefined ? undefined : Math.min(Math.max(0, timeout), LONGEST_TIMEOUT_MS),
    maxRetries: Math.min(Math.max(0, Math.trunc(numberIn(value, 'maxRetries') ?? DEFAULT_RETRIES)), MOST_RETRIES),
    samplingParams: without(RESERVED_BODY, record('samplingParams')),
    customHeaders: readHeaders(record('customHeaders')),
    extraBody: without(RESERVED_BODY, record('extra_body')),
    contextWindowSize: countIn(value, 'contextWindowSize'),
    // Those that are given are all that there are.
    vision: isSaid ? record('modalities')['image'] === true : undefined,
  };
}

/** The settings for a model that has no entry. */
export const DEFAULT_GENERATION_CONFIG: GenerationConfig = readMembers(undefined);

function readHeaders(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const valid = Object.entries(headers).flatMap(([name, value]) => {
    const isHeader = typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e]*$/.test(value);
    return isHeader ? [[name.toLowerCase(), value] as const] : [];
  });
  // Node drops a header that is named `__proto__`.
  return Object.fromEntries(valid.filter(([name]) => name !== '__proto__' && !RESERVED_HEADERS.has(name)));
}

function without(
  names: ReadonlySet<string>,
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
}
