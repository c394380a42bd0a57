import { RequestError } from '../errors';
import { type Answer, send } from '../http';
import { isRecord, stringIn } from '../json';
import type { Fetch } from '../ports';
import { type Secret, withoutSecrets } from '../secret';
import { type Access, accessHeaders } from './access';

const TIMEOUT_MS = 10_000;
const MOST_MODELS = 1000;

/** Asks a server which models it has. Throws `RequestError` where it does not answer. */
export function requestModels(fetch: Fetch, access: Access, signal: AbortSignal): Promise<Answer> {
  const headers = { accept: 'application/json', ...accessHeaders(access) };
  return send(fetch, `${access.baseUrl}/models`, { headers }, signal, TIMEOUT_MS);
}

/**
 * The model ids of an answer, at most 1,000, without any that holds the key. Throws `RequestError` for an answer that is
 * no list of models.
 */
export function readModels(answer: Answer, key: Secret | undefined): readonly string[] {
  const list = isRecord(answer.json) ? answer.json['data'] : answer.json;
  if (!Array.isArray(list)) throw new RequestError(answer.host, 'unreadable', { status: answer.status });
  const ids = list
    .flatMap((model) => stringIn(model, 'id') ?? [])
    .filter((id) => id.length <= 256 && !/\p{Cc}/u.test(id) && withoutSecrets(id, key) === id);
  return [...new Set(ids)].slice(0, MOST_MODELS);
}
