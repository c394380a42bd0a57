import { RequestError } from '../base/errors';
import { type Answer, send } from '../base/http';
import { errorWithin, statusError } from '../base/refusalError';
import { isRecord, stringIn } from '../base/json';
import { looseJson } from '../base/looseJson';
import { originOf } from '../base/origin';
import type { Fetch } from '../base/ports';
import { mayBeWord, withoutSecrets } from '../base/redaction';
import type { Secret } from '../base/secret';
import { type Access, accessHeaders, operationUrl } from '../providers/access';
import { deploymentAt, deploymentsUrl } from '../providers/azure';
import type { CatalogueModel } from '../providers/provider';
import { readListedModel } from './serverModel';

const TIMEOUT_MS = 10_000;
/** The largest list, in bytes: gateways have hundreds of models, and say a lot of each. */
const MAX_BYTES = 4 * 1024 * 1024;
const MOST_MODELS = 1000;
/** How many pages of one list are asked for. */
const MOST_PAGES = 20;

/** A server's list of models, and where it was cut how many more there are: `more` where nobody said how many. */
export interface ServerModels {
  readonly models: readonly CatalogueModel[];
  readonly leftOut?: number | 'more';
}

/** Asks a server which models it has. Throws `RequestError` where it does not say. */
export async function listServerModels(fetch: Fetch, access: Access, signal: AbortSignal): Promise<ServerModels> {
  const deployment = deploymentAt(access.baseUrl);
  if (deployment) return { models: [{ id: deployment }] };
  const headers = { accept: 'application/json', ...accessHeaders(access) };
  const ask = (url: string): Promise<Answer> =>
    send(fetch, url, { headers }, signal, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  const first = await ask(listUrl(access));
  // Not every version of a server has a list of its own.
  const isElsewhere = access.modelsPath !== undefined && first.status === 404;
  const url = isElsewhere ? operationUrl(access, 'models') : listUrl(access);
  const answer = isElsewhere ? await ask(url) : first;
  if (!answer.ok) throw statusError(answer, access.key);
  const pages = [answer];
  const seen = new Set<string>();
  for (let last = lastId(answer); last && !seen.has(last) && pages.length < MOST_PAGES;) {
    seen.add(last);
    const next = new URL(url);
    next.searchParams.set('after_id', last);
    const page = await ask(next.href).catch(whereItFailed);
    if (!page?.ok || !listOf(page)) break;
    pages.push(page);
    last = lastId(page);
  }
  return readModels(pages, access.key);
}

/** What came is used without a page that does not come. */
function whereItFailed(error: unknown): undefined {
  if (!(error instanceof RequestError)) throw error;
}

/** The id behind which a list goes on, as Anthropic says it; undefined for one that is whole. */
function lastId(page: Answer): string | undefined {
  const json = jsonOf(page);
  if (!isRecord(json) || json['has_more'] !== true) return undefined;
  return stringIn(json, 'last_id') ?? stringIn(listOf(page)?.at(-1), 'id');
}

function listUrl(access: Access): string {
  if (access.modelsPath) return originOf(access.baseUrl) + access.modelsPath;
  return access.keyHeader === 'api-key' ? deploymentsUrl(access.baseUrl) : operationUrl(access, 'models');
}

/**
 * The models of the answers that make up a list, at most 1,000, without any that holds the key, and whether there are
 * more. Throws `RequestError` for an answer that is no list of models.
 */
export function readModels(pages: readonly Answer[], key: Secret | undefined): ServerModels {
  const list = pages.flatMap((page) => {
    const entries = listOf(page);
    if (!entries) throw noList(page, key);
    return entries;
  });
  const models = new Map<string, CatalogueModel>();
  for (const entry of list) {
    const model = readListedModel(entry);
    if (model && !models.has(model.id) && !holdsKey(model.id, key)) models.set(model.id, model);
  }
  const [last] = pages.slice(-1);
  const leftOut = last && lastId(last) ? 'more' : Math.max(0, models.size - MOST_MODELS);
  return { models: [...models.values()].slice(0, MOST_MODELS), ...(leftOut && { leftOut }) };
}

/** A key that may be a word is a part of names, such as `ollama/llama3`. */
function holdsKey(id: string, key: Secret | undefined): boolean {
  return key !== undefined && mayBeWord(key) ? id === key.reveal() : withoutSecrets(id, key) !== id;
}

/** Some servers say no with a status that says yes; of anything else that is no list, its words are kept. */
function noList({ host, json, status, text: body }: Answer, key: Secret | undefined): RequestError {
  const error = errorWithin(host, json ?? body, key);
  const { text, page } = error.details;
  if (isRecord(json) && (json['error'] || error.failure === 'status')) return error;
  return new RequestError(host, 'unreadable', { status, ...(text && { text }), ...(page && { page }) });
}

/** Members that hold the list, in OpenAI's form, Ollama's, Cloudflare's and others'. */
const LISTS = 'data models result results items list output'.split(' ');

function listOf(page: Answer): readonly unknown[] | undefined {
  return listIn(jsonOf(page));
}

function jsonOf({ json, text }: Answer): unknown {
  return json ?? looseJson(text);
}

function listIn(json: unknown, levels = 2): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isRecord(json) || levels === 0) return undefined;
  return LISTS.map((name) => listIn(json[name], levels - 1)).find((list) => list !== undefined);
}
