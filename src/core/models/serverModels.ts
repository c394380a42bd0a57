import { RequestError } from '../base/errors';
import { type Answer, send } from '../base/http';
import { pageText } from '../base/page';
import { statusError } from '../base/refusalError';
import { isRecord, numberIn, stringIn } from '../base/json';
import { originOf } from '../base/origin';
import type { Fetch } from '../base/ports';
import { type Secret, withoutSecrets } from '../base/secret';
import { type Access, accessHeaders, operationUrl } from '../providers/access';
import { deploymentAt, deploymentsUrl } from '../providers/azure';
import { findProvider } from '../providers/catalogue';
import type { CatalogueModel } from '../providers/provider';

const TIMEOUT_MS = 10_000;
/** The largest list, in bytes: gateways have hundreds of models, and say a lot of each. */
const MAX_BYTES = 4 * 1024 * 1024;
const MOST_MODELS = 1000;
const LONGEST_ID = 256;
/** Characters that make one id look like another. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Asks a server which models it has. Throws `RequestError` where it does not say. */
export async function listServerModels(
  fetch: Fetch,
  access: Access,
  signal: AbortSignal,
): Promise<readonly CatalogueModel[]> {
  const deployment = deploymentAt(access.baseUrl);
  if (deployment) return [{ id: deployment }];
  const headers = { accept: 'application/json', ...accessHeaders(access) };
  const ask = (url: string): Promise<Answer> =>
    send(fetch, url, { headers }, signal, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  const first = await ask(listUrl(access));
  // Not every version of a server has a list of its own.
  const answer = access.modelsPath && first.status === 404 ? await ask(operationUrl(access, 'models')) : first;
  if (!answer.ok) throw statusError(answer, access.key);
  return readModels(answer, access.key);
}

/** The error for an answer that is not what the protocol promises. */
export function unreadable(answer: Answer): RequestError {
  const { host, status } = answer;
  return new RequestError(host, 'unreadable', { status, ...(pageText(answer.text) !== undefined && { page: true }) });
}

function listUrl(access: Access): string {
  if (access.modelsPath) return originOf(access.baseUrl) + access.modelsPath;
  return access.keyHeader === 'api-key' ? deploymentsUrl(access.baseUrl) : operationUrl(access, 'models');
}

/**
 * The models of an answer, at most 1,000, without any that holds the key. Throws `RequestError` for an answer that is no
 * list of models.
 */
export function readModels(answer: Answer, key: Secret | undefined): readonly CatalogueModel[] {
  const list = isRecord(answer.json) ? answer.json['data'] : answer.json;
  if (!Array.isArray(list)) throw unreadable(answer);
  const models = new Map<string, CatalogueModel>();
  for (const entry of list) {
    const model = modelOf(entry);
    if (model && !models.has(model.id) && withoutSecrets(model.id, key) === model.id) models.set(model.id, model);
    if (models.size === MOST_MODELS) break;
  }
  return [...models.values()];
}

/** A model as `saveDiscovered` keeps it; undefined for anything else. */
export function readServerModel(value: unknown): CatalogueModel | undefined {
  const id = idIn(value);
  const vision = isRecord(value) ? value['vision'] : undefined;
  return id === undefined
    ? undefined
    : described(id, tokens(value, 'contextWindowSize'), tokens(value, 'maxOutputTokens'), booleanOf(vision));
}

/** What a server says of a model beside its id, under the names that servers have for it. */
function modelOf(entry: unknown): CatalogueModel | undefined {
  const id = idIn(entry);
  if (id === undefined || !isRecord(entry) || entry['type'] === 'embeddings') return undefined;
  const { meta, architecture, top_provider: provider } = entry;
  // What a server was started with comes before what the model could do.
  const context =
    tokens(entry, 'max_model_len') ??
    tokens(meta, 'n_ctx') ??
    tokens(entry, 'loaded_context_length') ??
    tokens(entry, 'context_length') ??
    tokens(entry, 'context_window');
  const output = tokens(provider, 'max_completion_tokens') ?? tokens(entry, 'max_output_tokens');
  const inputs = isRecord(architecture) ? architecture['input_modalities'] : undefined;
  const vision = Array.isArray(inputs)
    ? inputs.includes('image')
    : (booleanOf(entry['supports_image_in']) ?? booleanOf(entry['supports_vision']) ?? ofSeeingType(entry));
  const known = deployed(entry);
  return described(id, context ?? known?.contextWindowSize, output ?? known?.maxOutputTokens, vision ?? known?.vision);
}

/** What is known of the model that an Azure deployment is of. */
function deployed(entry: Readonly<Record<string, unknown>>): CatalogueModel | undefined {
  if (entry['object'] !== 'deployment') return undefined;
  return findProvider('openai')?.models.find(({ id }) => id === entry['model']);
}

function described(
  id: string,
  contextWindowSize: number | undefined,
  maxOutputTokens: number | undefined,
  vision: boolean | undefined,
): CatalogueModel {
  return {
    id,
    ...(contextWindowSize !== undefined && { contextWindowSize }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(vision !== undefined && { vision }),
  };
}

/** LM Studio has a type for models that take images, and one for those of text. */
function ofSeeingType({ type }: Readonly<Record<string, unknown>>): boolean | undefined {
  return type === 'vlm' || type === 'llm' ? type === 'vlm' : undefined;
}

function idIn(value: unknown): string | undefined {
  const id = stringIn(value, 'id');
  return id && id.length <= LONGEST_ID && !INVISIBLE.test(id) ? id : undefined;
}

function tokens(value: unknown, name: string): number | undefined {
  const count = numberIn(value, name);
  return count !== undefined && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
