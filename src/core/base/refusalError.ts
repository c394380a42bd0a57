import { RequestError } from './errors';
import { oneLine } from './oneLine';
import { codingPlanResumesAt } from './refusedWindow';
import { readRefusal, type Refusal } from './refusal';
import { refusalReason } from './refusalReason';
import { redact, withoutSecrets } from './redaction';
import type { Secret } from './secret';
import { resumesAtIn } from './waitWords';

/** How much of a server's words a person is shown. */
const LONGEST_TEXT = 500;
const LONGEST_CODE = 100;
/** How much of a text is looked through for words. */
const LONGEST_SEARCH = 4000;
/** What nobody sees, and what UTF-16 leaves between the letters of a text that is read as another. */
const UNSEEN = /[\0\p{Default_Ignorable_Code_Point}]+/gu;
/** From this wait on, in seconds, the time itself is worth saying. */
const LONG_WAIT = 3600;

/** An answer with a status that says no. */
interface RefusedAnswer {
  readonly host: string;
  readonly status: number;
  /** The body as it came. */
  readonly text: string;
  /** What the headers say of the wait. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * The error of an answer with a status that is not 2xx, in the server's own words without the secrets that were sent.
 */
export function statusError(answer: RefusedAnswer, ...sent: readonly (Secret | undefined)[]): RequestError {
  const { host, status, text, retryAfterSeconds } = answer;
  const refusal = readRefusal(text, Date.now());
  return new RequestError(host, 'status', { status, ...detailsOf(refusal, retryAfterSeconds, sent) });
}

/**
 * The error that stands in an answer whose own status was 200: `body` is its text, or its parsed JSON. It
 * is what it would have been with the status that it names, by number or by word; `unreadable` where there is no such
 * address, and `unusable` where its words tell nothing of the kind.
 */
export function errorWithin(host: string, body: unknown, ...sent: readonly (Secret | undefined)[]): RequestError {
  const refusal = readRefusal(body, Date.now());
  const { code, type, text = '' } = refusal;
  const status = refusal.status ?? statusOf(code) ?? statusOf(type) ?? (isOfKey(text) ? 401 : undefined);
  const details = detailsOf(refusal, undefined, sent);
  if (NO_ADDRESS.test(text)) return new RequestError(host, 'unreadable', details);
  const isRefusal = status !== undefined || refusalReason(details) !== undefined;
  return new RequestError(host, isRefusal ? 'status' : 'unusable', { ...(status && { status }), ...details });
}

/**
 * What a server says, as a person may read it: without secrets, in one line, without what is invisible, and not
 * endless.
 */
export function serverWords(text: string, ...sent: readonly (Secret | undefined)[]): string {
  // Looking for secrets takes its time over an endless text, and what is left at a cut is cut away.
  const seen = oneLine(text.slice(0, LONGEST_SEARCH).replace(UNSEEN, ''));
  const known = withoutSecrets(seen, ...sent).slice(0, LONGEST_TEXT);
  // A cut may have left half a sign.
  return oneLine(redact(known));
}

function detailsOf(
  { text = '', code, type, param, page, resumesAt }: Refusal,
  retryAfterSeconds: number | undefined,
  sent: readonly (Secret | undefined)[],
): Omit<RequestError['details'], 'status'> {
  const word = (said: string): string => serverWords(said, ...sent).slice(0, LONGEST_CODE);
  const [first, second] = [code, type].filter((one) => one !== undefined);
  const words = serverWords(text, ...sent);
  const wait = waitOf([resumesAt, timeIn(text)], retryAfterSeconds);
  return {
    ...(first && { code: word(first) }),
    ...(second && second !== first && { type: word(second) }),
    ...(param && { param: word(param) }),
    ...(words && { text: words }),
    ...(page && { page }),
    ...wait,
  };
}

function timeIn(text: string): number | undefined {
  const now = Date.now();
  const words = text.slice(0, LONGEST_SEARCH);
  return resumesAtIn(words, now) ?? codingPlanResumesAt(words, now);
}

/** Of several times the latest: nobody is to come too early. */
function waitOf(
  times: readonly (number | undefined)[],
  retryAfterSeconds: number | undefined,
): Pick<RequestError['details'], 'retryAfterSeconds' | 'resumesAt'> {
  const now = Date.now();
  const waits = times.flatMap((at) => (at === undefined ? [] : [Math.max(0, Math.ceil((at - now) / 1000))]));
  const all = [...waits, ...(retryAfterSeconds === undefined ? [] : [retryAfterSeconds])];
  if (all.length === 0) return {};
  const seconds = Math.max(...all);
  return { retryAfterSeconds: seconds, ...(seconds >= LONG_WAIT && { resumesAt: now + seconds * 1000 }) };
}

/** How LM Studio says 404. */
const NO_ADDRESS = /^unexpected endpoint or method/i;
/** How servers say 401, with another status. */
const OF_KEY =
  /api_?key_?invalid|invalid_?api_?key|api key not valid|(?:incorrect|invalid) (?:api key|access token)|access token invalid|^login fail|无效的令牌/i;

/** Whether words of a refusal say that it is the key that is not good. */
export function isOfKey(words: string): boolean {
  return OF_KEY.test(words);
}

/** The status that a code stands for, in the words of OpenAI and others. */
const STATUS_WORDS = [
  { status: 401, words: /invalid_?api_?key|api_key_invalid|authentication|unauthori[sz]ed|unauthenticated/i },
  { status: 402, words: /insufficient_(?:\w+_)?(?:balance|credits?|funds)|payment_?required|arrear/i },
  { status: 403, words: /permission|forbidden|access_?denied|accessdenied/i },
  { status: 404, words: /not_?found/i },
  { status: 429, words: /rate_?limit|too_?many|throttl|exhausted|quota/i },
  { status: 400, words: /invalid_?(?:request|param|argument)|bad_?request|context_length|unsupported/i },
  { status: 503, words: /overload|unavailable/i },
  { status: 500, words: /server_?error|internal|api_error/i },
] as const;

function statusOf(word: string | undefined): number | undefined {
  return STATUS_WORDS.find(({ words }) => words.test(word ?? ''))?.status;
}
