import { isTime, readReset } from './serverTimes';

/** What a server says of one of its limits; what it leaves out stays unknown. */
export interface RateLimit {
  /** What is counted, where the server says so. */
  readonly unit: 'requests' | 'tokens' | undefined;
  readonly limit?: number;
  readonly remaining?: number;
  /** Milliseconds since the epoch. */
  readonly resetsAt?: number;
  readonly windowSeconds?: number;
}

/**
 * `X-RateLimit-Limit-Requests`, as OpenAI names them, or for a time as Cerebras does, and the plain `RateLimit-Limit` of
 * the IETF's earlier drafts.
 */
const FLAT = [
  { suffix: '-requests', unit: 'requests' },
  { suffix: '-tokens', unit: 'tokens' },
  { suffix: '', unit: undefined },
  { suffix: '-requests-minute', unit: 'requests', window: '60' },
  { suffix: '-requests-day', unit: 'requests', window: '86400' },
  { suffix: '-tokens-minute', unit: 'tokens', window: '60' },
  { suffix: '-tokens-day', unit: 'tokens', window: '86400' },
] as const;

/**
 * The limits that the headers of an answer tell of: `RateLimit` and `RateLimit-Policy` of the IETF's draft
 * (draft-ietf-httpapi-ratelimit-headers), else `(X-)RateLimit-Limit`, `-Remaining` and `-Reset` with or without a unit, or
 * Anthropic's names for these.
 */
export function readRateLimits(headers: Headers, now: number): readonly RateLimit[] {
  const structured = readStructured(headers, now);
  return structured.length > 0 ? structured : readFlat(headers, now);
}

/**
 * Seconds until a limit of which nothing remains is reset, the longest of them; undefined where the headers tell of
 * none.
 */
export function exhaustedSeconds(headers: Headers, now: number): number | undefined {
  const resets = readRateLimits(headers, now).flatMap(({ remaining, resetsAt }) =>
    remaining === 0 && resetsAt !== undefined ? [Math.max(0, Math.ceil((resetsAt - now) / 1000))] : [],
  );
  return resets.length > 0 ? Math.max(...resets) : undefined;
}

/** A named item with parameters, such as `"daily";q=1000;w=86400`, or the older `limit=100, remaining=50, reset=5`. */
function readStructured(headers: Headers, now: number): readonly RateLimit[] {
  const policies = readItems(headers.get('ratelimit-policy'));
  const states = readItems(headers.get('ratelimit'));
  const older = new Map(states.map(({ name, parameters: [[, value] = ['', '']] }) => [name, value]));
  if (older.has('limit') || older.has('remaining')) {
    return withFigures('requests', {
      limit: older.get('limit'),
      remaining: older.get('remaining'),
      reset: older.get('reset'),
      now,
    });
  }
  const names = new Set([...policies, ...states].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const policy = parametersOf(policies, name);
    const state = parametersOf(states, name);
    // Requests are what is counted unless another unit is named.
    if ((policy.get('qu') ?? 'requests') !== 'requests') return [];
    const { limit, remaining, reset } = { limit: policy.get('q'), remaining: state.get('r'), reset: state.get('t') };
    return withFigures('requests', { limit, remaining, reset, window: policy.get('w'), now });
  });
}

function readFlat(headers: Headers, now: number): readonly RateLimit[] {
  return FLAT.flatMap(({ suffix, unit, ...about }) => {
    const read = (name: string): string | undefined =>
      headers.get(`x-ratelimit-${name}${suffix}`) ??
      headers.get(`ratelimit-${name}${suffix}`) ??
      headers.get(`anthropic-ratelimit${suffix}-${name}`) ??
      undefined;
    const figures = { limit: read('limit'), remaining: read('remaining'), reset: read('reset'), now };
    return withFigures(unit, { ...figures, ...about });
  });
}

interface Figures {
  readonly limit: string | undefined;
  readonly remaining: string | undefined;
  readonly reset: string | undefined;
  readonly window?: string | undefined;
  readonly now: number;
}

/** A limit of these figures; none where there is not even a limit or a remainder. */
function withFigures(unit: RateLimit['unit'], figures: Figures): readonly RateLimit[] {
  const limit = readCount(figures.limit);
  const remaining = readCount(figures.remaining);
  if (limit === undefined && remaining === undefined) return [];
  const resetsAt = readReset(figures.reset, figures.now) ?? NaN;
  const windowSeconds = readCount(figures.window);
  return [
    {
      unit,
      ...(limit !== undefined && { limit }),
      ...(remaining !== undefined && { remaining }),
      ...(isTime(resetsAt) && { resetsAt }),
      ...(windowSeconds && { windowSeconds }),
    },
  ];
}

/** The number that a value begins with: the drafts let a policy follow it, as in `100, 100;w=60`. */
function readCount(text: string | undefined): number | undefined {
  const [digits] = /^\s*\d{1,15}(?![\d.])/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

interface Item {
  readonly name: string;
  /** The first is what stands behind `=` in the name itself, empty where nothing does. */
  readonly parameters: readonly (readonly [string, string])[];
}

function readItems(header: string | null): readonly Item[] {
  return (header ?? '').split(',').flatMap((member) => {
    const [first = '', ...rest] = member.split(';').map((part) => part.trim());
    const [name, value] = pair(first);
    return name ? [{ name, parameters: [['', value] as const, ...rest.map(pair)] }] : [];
  });
}

function pair(text: string): readonly [string, string] {
  const [name = '', value = ''] = text.split('=').map((part) => part.trim().replace(/^"|"$/g, ''));
  return [name, value];
}

function parametersOf(items: readonly Item[], name: string): ReadonlyMap<string, string> {
  return new Map(items.find((item) => item.name === name)?.parameters);
}
