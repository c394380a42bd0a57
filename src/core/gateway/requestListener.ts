import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { listText } from '../../language/listText';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Cancelled, RequestError } from '../base/errors';
import { sentence } from '../base/sentence';
import { type Operation, OPERATIONS } from '../chat/relayBody';
import type { ModelDiscovery } from '../session/modelDiscovery';
import type { Session } from '../session/session';
import { type ApiError, apiErrorOf, Refused } from './apiError';
import { BASE_PATH, HOST } from './gatewayAddress';
import { MODEL_IN_USE, modelNamed, modelNames } from './modelNames';
import { answerError, passOn } from './passOn';
import type { Pass, Passes } from './passes';
import { programOf } from './program';
import { readBody } from './requestBody';
import { answerUnreadable } from './unreadable';

/** What answers to requests are made with. */
export interface RequestPorts {
  readonly session: Pick<Session, 'relay'> & { readonly discovery: Pick<ModelDiscovery, 'discoverModel'> };
  /** To be asked before each request: why the person does not let that program ask; undefined where they do. */
  readonly refusalOf?: (initiator: string) => Promise<string | undefined>;
  /** What happened, in a sentence for the person. */
  readonly describe: (error: unknown) => string;
}

const NO_TOKEN = l10n.t('No token came with this request. Send the one that you have as "Authorization: Bearer …".');
const NOT_FOUND = l10n.t('There is nothing of that name. Below {path} are {names}.', {
  path: BASE_PATH,
  names: listText(['models', ...OPERATIONS]),
});
const NOT_VALID = l10n.t(
  'This token is not valid here, or it was ended by a sign-out, with its terminal or because access was revoked. ' +
    'Sign in, and open a new terminal or start the program anew.',
);
/** The headers of a request that go on with it. */
const PASSED = /^(accept|user-agent|http-referer|x-title|openai-.*|x-dashscope-.*)$/;

/** Answers every request to a gateway, well or with an error in OpenAI's form, by the pass that its token opens. */
export class RequestListener {
  readonly #ports: RequestPorts;
  readonly #passes: Pick<Passes, 'find'>;
  /** The last answer at each connection. */
  readonly #answering = new WeakMap<Duplex, ServerResponse>();

  constructor(ports: RequestPorts, passes: Pick<Passes, 'find'>) {
    this.#ports = ports;
    this.#passes = passes;
  }

  /** Hears the `request` events of a server. */
  onRequest(request: IncomingMessage, response: ServerResponse): void {
    this.#answering.set(request.socket, response);
    void this.#receive(request, response);
  }

  /** Hears its `clientError` events. */
  onClientError(error: Error, socket: Duplex): void {
    answerUnreadable(error, socket, this.#answering.get(socket));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const over = new AbortController();
    const end = (): void => over.abort();
    response.once('close', () => {
      if (!response.writableFinished) end();
    });
    try {
      const pass = this.#admit(request);
      // Not a signal made of both: Node would remember one for each request for as long as the pass lives.
      pass.ended.addEventListener('abort', end);
      response.once('close', () => pass.ended.removeEventListener('abort', end));
      await this.#answer(pass, request, response, over.signal);
    } catch (error) {
      // What is left of the request is not read.
      if (!request.complete) response.setHeader('connection', 'close');
      if (error instanceof Cancelled) response.destroy();
      else answerError(response, this.#explained(error));
    }
  }

  /**
   * The pass of a request. Throws `Refused` for one by another name (DNS rebinding) or by two, from a web page, or
   * without a token.
   */
  #admit({ headers, headersDistinct, socket }: IncomingMessage): Pass {
    const host = `${HOST}:${socket.localPort}`;
    // Clients leave the port of http out (RFC 9110 §7.2).
    const names = [host, ...(socket.localPort === 80 ? [HOST] : [])];
    const isElsewhere = !names.includes(headersDistinct['host']?.join() ?? '');
    if (isElsewhere || headers.origin !== undefined) throw new Refused(403, 'forbidden', forbiddenText(host));
    const pass = this.#passes.find(headers);
    if (pass) return pass;
    const isBearer = /^Bearer /i.test(headers.authorization ?? '');
    throw new Refused(401, 'invalid_token', isBearer ? NOT_VALID : NO_TOKEN);
  }

  async #answer(pass: Pass, request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const path = pathOf(request);
    const listed = /^models(?:\/(.+))?$/.exec(path ?? '');
    const operation = OPERATIONS.find((one) => path === one);
    if (!listed && !operation) throw new Refused(404, 'not_found', NOT_FOUND);
    const methods = operation ? ['POST'] : ['GET', 'HEAD'];
    if (!methods.includes(request.method ?? '')) {
      response.setHeader('allow', methods.join(', '));
      throw new Refused(405, 'method_not_allowed', l10n.t('Ask with {method}.', { method: methods[0] ?? '' }));
    }
    if (!operation) return answerJson(response, listed?.[1] ? showModel(listed[1], pass) : listModels(pass));
    const initiator = programOf(request.headers['user-agent']);
    const refusal = await this.#ports.refusalOf?.(initiator);
    if (refusal !== undefined) throw new Refused(403, 'blocked', refusal);
    const { model: name, ...body } = await readBody(request);
    if (name === MODEL_IN_USE && !pass.snapshot().selected) await this.#ports.session.discovery.discoverModel(signal);
    const about = pass.snapshot();
    const model = modelNamed(name, about);
    const headers = passedHeaders(request);
    const trace = { sessionId: pass.sessionId, promptId: randomUUID() };
    const asked = { model, operation, body, headers, initiator, trace };
    const answer = await this.#ports.session.relay(asked, about, signal).catch((error: unknown) => {
      throw lacking(error, operation) ?? error;
    });
    await passOn(answer, response, (error) => this.#explained(error));
  }

  #explained(error: unknown): ApiError {
    return apiErrorOf(error, this.#ports.describe);
  }
}

function forbiddenText(host: string): string {
  const address = `http://${host}${BASE_PATH}`;
  return l10n.t(
    'Only programs of this computer are answered here, no web pages, and by this address alone: {address}',
    {
      address,
    },
  );
}

/** A model by one of its names, as OpenAI's API shows it. */
interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

/** Every name by which a model can be asked for; the one in use first. */
function listModels({ snapshot }: Pass) {
  const names = [{ name: MODEL_IN_USE, provider: MODEL_IN_USE }, ...modelNames(snapshot())];
  return { object: 'list', data: names.map(({ name, provider }) => asListed(name, provider)) };
}

/** The model of that name. Throws as `modelNamed` does. */
function showModel(name: string, pass: Pass): ListedModel {
  const known = listModels(pass).data.find(({ id }) => id === name);
  if (!known) modelNamed(name, pass.snapshot());
  return known ?? asListed(name, MODEL_IN_USE);
}

function asListed(id: string, provider: string): ListedModel {
  return { id, object: 'model', created: 0, owned_by: provider };
}

function answerJson(response: ServerResponse, json: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(json));
}

/** The path below the base URL, also of a program that writes a slash too many; undefined for any other. */
function pathOf({ url = '' }: IncomingMessage): string | undefined {
  const [path = ''] = url.split('?');
  const below = /^\/+v1\/+(.*?)\/*$/.exec(path)?.[1]?.replaceAll(/\/{2,}/g, '/');
  try {
    return below && decodeURIComponent(below);
  } catch {
    return undefined;
  }
}

/** What is said of an operation that the server of a model does not have; undefined for any other error. */
function lacking(error: unknown, operation: Operation): Refused | undefined {
  if (operation === 'chat/completions' || !(error instanceof RequestError)) return undefined;
  const { host, details, reason } = error;
  if ((details.status !== 404 && details.status !== 405) || reason !== undefined) return undefined;
  const lacks = l10n.t('{host} has no /{operation} ({status}).', { host, operation, status: details.status ?? 0 });
  const said = details.text ? sentence(l10n.t('It says: {text}', { text: details.text })) : undefined;
  return new Refused(404, 'unsupported_operation', joinSentences(lacks, said));
}

function passedHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && PASSED.test(name) ? [[name, value] as const] : [],
    ),
  );
}
