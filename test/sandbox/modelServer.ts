// The OpenAI-compatible model services: who may ask, which models there are, and chat.
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

import type { Behavior } from './behavior';
import { readChatRequest } from './chatRequest';
import { complete } from './completion';
import { replyCompletion, streamCompletion } from './chatCompletions';
import { replyJson, type Handler, type Routes } from './http';
import { PlanMeter } from './planMeter';
import { badRequest, unknownModel, useless, uselessKey, wrongKey, type Refusal } from './refusals';
import type { Credential, ModelService } from './services';
import type { Tokens } from './tokens';

/** `/models` and `/chat/completions` under the base path of every service. */
export function modelRoutes(services: readonly ModelService[], behavior: Behavior, tokens: Tokens): Routes {
  const meter = new PlanMeter(behavior);
  const routes = services.flatMap((service): [string, Handler][] => [
    [`GET ${service.base}/models`, models(service, tokens)],
    [
      `POST ${service.base}/chat/completions`,
      chat(service, tokens, behavior, service.vendor === 'codingPlan' ? meter : undefined),
    ],
    ...(service.vendor === 'openai' ? otherRoutes(service, tokens) : []),
    ...(service.deploymentsOf ? deploymentRoutes(service, service.deploymentsOf, tokens, behavior) : []),
  ]);
  return { ...Object.fromEntries(routes), 'GET /api/v0/models': lmStudioModels };
}

/** LM Studio's own list, which says what is loaded. */
const lmStudioModels: Handler = (_, response) =>
  replyJson(response, 200, {
    object: 'list',
    data: [
      { id: 'qwen3:8b', object: 'model', type: 'llm', state: 'loaded', loaded_context_length: 8192 },
      { id: 'qwen3-coder:30b', object: 'model', type: 'llm', state: 'not-loaded', max_context_length: 262_144 },
      { id: 'text-embedding', object: 'model', type: 'embeddings', state: 'not-loaded' },
    ],
  });

/** The other operations that OpenAI has, each with an answer that repeats what was asked. */
function otherRoutes(service: ModelService, tokens: Tokens): readonly [string, Handler][] {
  return ['completions', 'responses', 'embeddings'].map((operation) => {
    const handler: Handler = ({ headers, json }, response) => {
      const refusal = refusalOf(service, tokens, headers, 'chat');
      if (refusal) return reply(response, refusal);
      replyJson(response, 200, { operation, asked: json, usage: { prompt_tokens: 3, completion_tokens: 4 } });
    };
    return [`POST ${service.base}/${operation}`, handler];
  });
}

/** Azure's older API, which insists on a version: the deployments, and chat with each of them. */
function deploymentRoutes(
  service: ModelService,
  deploymentsOf: Readonly<Record<string, string>>,
  tokens: Tokens,
  behavior: Behavior,
): readonly [string, Handler][] {
  const older = service.base.replace(/\/v1$/, '/deployments');
  const versioned =
    (handle: Handler): Handler =>
    (request, response) =>
      request.query['api-version']
        ? handle(request, response)
        : reply(response, { status: 404, body: { error: { code: '404', message: 'Resource not found' } } });
  const data = Object.entries(deploymentsOf).map(([id, model]) => ({ id, model, object: 'deployment' }));
  const list: Handler = ({ headers }, response) => {
    const refusal = refusalOf(service, tokens, headers, 'models');
    if (refusal) return reply(response, refusal);
    replyJson(response, 200, { object: 'list', data });
  };
  return [
    [`GET ${older}`, versioned(list)],
    ...Object.keys(deploymentsOf).map((id): [string, Handler] => {
      return [`POST ${older}/${id}/chat/completions`, versioned(chat(service, tokens, behavior))];
    }),
  ];
}

function models(service: ModelService, tokens: Tokens): Handler {
  const common = { object: 'model', created: 1_767_225_600, owned_by: service.vendor };
  const all = service.deploymentsOf ? ['gpt-4o', 'gpt-4o-mini', 'gpt-5.2', 'whisper'] : service.models;
  const data = all.map((id) => ({ id, ...common, ...service.told?.[id] }));
  return ({ headers }, response) => {
    const refusal = service.publicModels ? undefined : refusalOf(service, tokens, headers, 'models');
    if (refusal) return reply(response, refusal);
    replyJson(response, 200, { object: 'list', data });
  };
}

function chat(service: ModelService, tokens: Tokens, behavior: Behavior, meter?: PlanMeter): Handler {
  return ({ headers, json, at }, response) => {
    const refusal = refusalOf(service, tokens, headers, 'chat');
    if (refusal) return reply(response, refusal);
    const request = readChatRequest(json);
    if ('problem' in request) return reply(response, badRequest(request.problem, request.param));
    if (!service.models.includes(request.model)) return reply(response, unknownModel(request.model));
    const full = meter?.claim(service.base, at);
    if (full) return reply(response, full);

    const completion = complete(request, at);
    if (!request.stream) return replyCompletion(completion, response);
    return streamCompletion(completion, response, { gap: behavior.chunkGap, includeUsage: request.includeUsage });
  };
}

/** Why this key gets nothing; undefined when it does. An account without balance or access still sees the models. */
function refusalOf(
  { vendor, credential }: ModelService,
  tokens: Tokens,
  headers: IncomingHttpHeaders,
  asked: 'models' | 'chat',
): Refusal | undefined {
  const key = keyIn(headers, credential);
  const reason = 'key' in credential ? uselessKey(vendor, key) : undefined;
  if (reason) return asked === 'chat' || reason === '429' ? useless(vendor, reason) : undefined;
  return isRight(key, credential, tokens) ? undefined : wrongKey(vendor, key);
}

function keyIn(headers: IncomingHttpHeaders, { kind }: Credential): string {
  if (kind === 'apiKeyHeader') return String(headers['api-key'] ?? '');
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

function isRight(key: string, credential: Credential, tokens: Tokens): boolean {
  switch (credential.kind) {
    case 'none':
      return true;
    case 'accessToken':
      return tokens.isGood(key);
    case 'bearer':
    case 'apiKeyHeader':
      return key === credential.key;
  }
}

function reply(response: ServerResponse, { status, body, headers }: Refusal) {
  replyJson(response, status, body, headers);
}
