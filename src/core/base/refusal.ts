import { isRecord } from './json';
import { looseJson } from './looseJson';
import { pageText } from './webPage';
import { isTime, readReset } from './serverTimes';

/** What a server says when it refuses: the members of OpenAI's error object, whatever form they came in. */
export interface Refusal {
  /** The server's own words, as they came: not cleaned, and of any length. */
  readonly text?: string;
  readonly code?: string;
  readonly type?: string;
  /** The member of the request that is refused, such as `temperature`. */
  readonly param?: string;
  /** The HTTP status that the body names. */
  readonly status?: number;
  /** When requests are taken again, in milliseconds since the epoch, where a member of the body says so. */
  readonly resumesAt?: number;
  /** Whether this is a web page, which no API answers with. */
  readonly page?: true;
}

/** Members by their names without case, hyphens and underscores. */
type Members = ReadonlyMap<string, unknown>;

/** Members that hold what a server says, the most telling first. */
const TEXTS = (
  'message msg errormessage errormsg errmsg statusmsg errordescription errorsummary detail error details description ' +
  'faultstring title reason'
).split(' ');
/** Members that may hold another form of the same error. */
const INNER = 'error errors err message detail baseresp response fault body data'.split(' ');
const CODES = 'code errorcode errcode statuscode error reason quotaid'.split(' ');
const TYPES = 'type errortype status'.split(' ');
const STATUSES = 'status statuscode httpcode httpstatus code errorcode'.split(' ');
const TIMES =
  'retryafter retryafterseconds retrydelay resetsinseconds resetsat resetat resettime xratelimitreset'.split(' ');
/** What is taken from what stands beside an error: facts, but nothing to be read aloud. */
const NOTES = new Set([...TIMES, 'reason', 'quotaid']);
/** Words that tell nothing. */
const EMPTY = /^(?:null|none|undefined|error|success|failure|failed)?$/i;
/** How deep errors are looked for: gateways wrap those of gateways. */
const DEEPEST = 8;
/** How many complaints of a list are shown. */
const MOST_COMPLAINTS = 3;

/**
 * Reads the body of a refusal: OpenAI's `error`, what other servers send in its place, a list of such, an
 * event of a stream, a web page or plain text. `body` is the text as it came, or its parsed JSON; `now` is
 * in milliseconds since the epoch.
 */
export function readRefusal(body: unknown, now: number): Refusal {
  const isPage = typeof body === 'string' && pageText(body) !== undefined;
  const { text, ...refusal } = readForm(body, now, DEEPEST);
  const json = typeof body === 'string' ? looseJson(body) : body;
  const said = text ?? sentenceIn(json, DEEPEST);
  return { ...refusal, ...(said && { text: said }), ...(isPage && { page: isPage }) };
}

/** A sentence under a name that nobody knows; a word alone may be anything, even a secret. */
function sentenceIn(value: unknown, levels: number): string {
  if (typeof value === 'string') return /\s|\p{Script=Han}/u.test(value.trim()) ? value : '';
  if (!isForm(value) || levels === 0) return '';
  return (
    Object.values(value)
      .map((inner) => sentenceIn(inner, levels - 1))
      .find((inner) => inner !== '') ?? ''
  );
}

function readForm(body: unknown, now: number, levels: number): Refusal {
  if (levels === 0) return {};
  if (typeof body === 'string') return readText(body, now, levels);
  if (Array.isArray(body)) return readList(body, now, levels);
  return isRecord(body) ? readMembers(membersOf(body), now, levels) : {};
}

/** JSON within a text, be there words before it or not, is read as what it is. */
function readText(body: string, now: number, levels: number): Refusal {
  const text = body.trim();
  const page = pageText(text);
  if (page !== undefined) return { text: page };
  const json = looseJson(text) ?? looseJson(eventData(text));
  if (isForm(json)) return readForm(json, now, levels - 1);
  const [, words = '', quoted = ''] = /^([^{[]{1,300})([{[].*[}\]])/s.exec(text) ?? [];
  const inner = readForm(looseJson(quoted), now, levels - 1);
  if (inner.text) return { ...inner, text: words + inner.text };
  const said = typeof json === 'string' ? json : text;
  return EMPTY.test(said) ? {} : { text: said };
}

/** The data of an event: servers that were asked for a stream may refuse in one. */
function eventData(text: string): string {
  if (!/^(?:event|data|id|retry)?:/.test(text)) return '';
  return [...text.matchAll(/^data:(.*)$/gm)].map(([, data = '']) => data).join('\n');
}

function readList(list: readonly unknown[], now: number, levels: number): Refusal {
  const all = list.slice(0, MOST_COMPLAINTS).map((one) => readForm(one, now, levels - 1));
  const text = all.flatMap((one) => one.text ?? []).join('; ');
  return { ...merged(all), ...(text && { text }) };
}

/** What is said further inside is more exact: the outer servers only pass it on. */
function readMembers(members: Members, now: number, levels: number): Refusal {
  const inner = innerForms(members).map((form) => readForm(form, now, levels - 1));
  return merged([...inner, ...[members, ...notesBeside(members)].map((own) => readOwn(own, now, levels))]);
}

/** The first that says something of a member has the word. */
function merged(all: readonly Refusal[]): Refusal {
  return all.reduceRight<Refusal>((later, sooner) => ({ ...later, ...sooner }), {});
}

/** Other forms of the error within one, the innermost first. OpenRouter has the provider's own in `metadata.raw`. */
function innerForms(members: Members): readonly unknown[] {
  const metadata = members.get('metadata');
  const raw = isRecord(metadata) ? metadata['raw'] : undefined;
  return [raw, ...INNER.map((name) => members.get(name)).filter(isForm)];
}

/** `google.rpc.ErrorInfo`, `QuotaFailure` and `RetryInfo`, and OpenRouter's headers of the provider. */
function notesBeside(members: Members): readonly Members[] {
  const metadata = members.get('metadata');
  const headers = isRecord(metadata) ? metadata['headers'] : undefined;
  const details = members.get('details');
  const all = [metadata, headers, ...(Array.isArray(details) ? details : [])].filter(isRecord);
  const violations = all.flatMap((note) => note['violations'] ?? []).filter(isRecord);
  return [...all, ...violations].map((note) => new Map([...membersOf(note)].filter(([name]) => NOTES.has(name))));
}

function readOwn(members: Members, now: number, levels: number): Refusal {
  const place = members.get('loc');
  const path = Array.isArray(place) ? place.filter((step) => step !== 'body').map(String) : [];
  const said = plainIn(members, TEXTS).find((text) => !EMPTY.test(text)) ?? '';
  const { text, ...inner } = readForm(said, now, levels - 1);
  const code = wordIn(members, CODES);
  const type = wordIn(members, TYPES);
  const param = wordIn(members, ['param']) ?? path.findLast((step) => !/^\d+$/.test(step));
  const status = STATUSES.map((name) => Number(members.get(name))).find((one) => one >= 400 && one < 600);
  const resumesAt = plainIn(members, TIMES)
    .map((time) => readReset(time, now) ?? NaN)
    .find(isTime);
  return {
    ...(code && { code }),
    ...(type && { type }),
    ...(param && { param }),
    ...(status && { status }),
    ...(resumesAt && { resumesAt }),
    ...inner,
    ...(text && { text: [path.join('.'), text].filter(Boolean).join(': ') }),
  };
}

/**
 * The first word under these names that tells anything: the number of a status does not, one of the server's own does.
 */
function wordIn(members: Members, names: readonly string[]): string | undefined {
  return plainIn(members, names).find((word) => !EMPTY.test(word) && !/\s/.test(word) && !/^[0-5]?\d{1,2}$/.test(word));
}

/** The texts and numbers under these names, as text. */
function plainIn(members: Members, names: readonly string[]): readonly string[] {
  return names
    .map((name) => members.get(name))
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).trim());
}

function isForm(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function membersOf(record: Readonly<Record<string, unknown>>): Members {
  return new Map(Object.entries(record).map(([name, value]) => [name.replace(/[_-]/g, '').toLowerCase(), value]));
}
