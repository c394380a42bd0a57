import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, globalAgent } from 'node:http';

import type { Dialect } from '../../../src/core/chat/dialect';
import type { ChatPart } from '../../../src/core/chat/parts';
import { type AssistantMessage, type ChatRequest, prompt, type UserContent } from '../../../src/core/chat/request';
import type { StreamRequest } from '../../../src/core/chat/openStream';
import { streamChat } from '../../../src/core/chat/streamChat';
import type { Access } from '../../../src/core/providers/access';
import { RequestError } from '../../../src/core/base/errors';
import { isRecord } from '../../../src/core/base/json';
import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { createNodeFetch } from '../../../src/core/network/nodeFetch';
import { platformRequest } from '../../../src/core/network/nodeRequest';
import { eventually } from '../../eventually';
import { platformFetch } from '../../fakes/bench';
import { hang } from '../../fakes/hang';
import { DEFAULT_GENERATION_CONFIG, readGenerationConfig } from '../../../src/core/providers/generationConfig';
import { model } from '../../fakes/models';
import { holdLongTimers, type LongTimers } from '../../fakes/longTimers';
import { htmlWithStatus200, type Fault } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const CHAT = '/openai/v1/chat/completions';
const stream = (...chunks: readonly object[]) => ({
  headers: { 'Content-Type': 'text/event-stream' },
  body: chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join(''),
});
const words = (content: string, finish: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});

describe('streamed chat completion', () => {
  let sandbox: Sandbox;
  let caller: AbortController;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    caller = new AbortController();
  });
  afterEach(() => sandbox.stop());

  function parts(
    key = 'sk-sandbox-openai',
    changes: Partial<Access> = {},
    request: Partial<StreamRequest> = {},
    fetch: Fetch = platformFetch,
    requestTimeoutMs: () => number | undefined = () => undefined,
  ): AsyncGenerator<ChatPart, void> {
    const access: Access = {
      baseUrl: `${sandbox.origin}/openai/v1`,
      key: key ? new Secret(key) : undefined,
      keyHeader: 'authorization',
      ...changes,
    };
    const ports = { fetch, loadOpenAI: () => import('openai'), userAgent: 'QwenAuth/test', requestTimeoutMs };
    const asking = { model: model({ id: 'gpt-4o' }), chat: prompt('Hi there'), maxRetries: 0, ...request };
    return streamChat(ports, access, asking, caller.signal);
  }
  async function ask(...given: Parameters<typeof parts>): Promise<readonly string[]> {
    const texts: string[] = [];
    for await (const part of parts(...given)) if (part.kind === 'text') texts.push(part.text);
    return texts;
  }
  const strike = (reply: NonNullable<Fault['reply']>) => sandbox.faults.add({ on: CHAT, times: Infinity, reply });

  it('yields the text in pieces', async () => {
    sandbox.behavior.chunkGap = 5;
    const texts = await ask();

    assert.ok(texts.length > 3);
    assert.equal(texts.join(''), 'Hello from gpt-4o in the sandbox. You said: Hi there');
  });

  it('sends model, prompt and nothing of ours', async () => {
    await ask();

    const [request] = sandbox.requests;
    assert.deepEqual(request?.json, {
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Hi there' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    assert.equal(request?.headers['user-agent'], 'QwenAuth/test');
  });

  for (const [what, key, changes, authorization, apiKey] of [
    ['as a bearer token', 'sk-sandbox-openai', {}, 'Bearer sk-sandbox-openai', undefined],
    ['in the header of Azure', 'azure-sandbox-key', { keyHeader: 'api-key' }, undefined, 'azure-sandbox-key'],
    ['nowhere where there is none', '', {}, undefined, undefined],
  ] as const) {
    it(`carries the key ${what}`, async () => {
      strike(stream(words('Hi', 'stop')));
      await ask(key, changes);

      const { headers } = sandbox.requests[0] ?? assert.fail();
      assert.deepEqual([headers.authorization, headers['api-key']], [authorization, apiKey]);
    });
  }

  it('says that an answer was cut at its limit', async () => {
    strike(stream(words('Hi'), words('', 'length')));

    await assert.rejects(ask(), { failure: 'unusable', details: { text: 'it was cut at its limit of tokens' } });
  });

  for (const name of ['max_tokens', 'max_completion_tokens', 'max_output_tokens']) {
    it(`does not mind a limit that whoever asks has set by ${name}`, async () => {
      strike(stream(words('Hi'), words('', 'length')));

      assert.deepEqual(await ask(undefined, {}, { chat: { ...prompt('Hi'), options: { [name]: 1 } } }), ['Hi']);
    });
  }

  for (const [what, reply, expected] of [
    [
      'a wrong key',
      { status: 401, body: '{"error":{"message":"no","code":"invalid_api_key"}}' },
      { status: 401, code: 'invalid_api_key', text: 'no' },
    ],
    [
      'too many requests',
      { status: 429, headers: { 'Retry-After': '7' }, body: '{"error":{"message":"slow"}}' },
      { status: 429, text: 'slow', retryAfterSeconds: 7 },
    ],
    [
      'no balance',
      { status: 402, body: '{"error":{"message":"pay","type":"billing"}}' },
      { status: 402, code: 'billing', text: 'pay' },
    ],
  ] as const) {
    it(`says of ${what} what the server says`, async () => {
      strike(reply);

      await assert.rejects(ask(), { name: 'RequestError', failure: 'status', details: expected });
    });
  }

  for (const [what, reply, failure] of [
    ['a page on 200', htmlWithStatus200, 'unreadable'],
    ['an empty answer', { body: '' }, 'unreadable'],
    ['no content', { status: 204 }, 'unreadable'],
    ['nothing to be shown anew', { status: 205 }, 'unreadable'],
    ['a stream that breaks off', stream(words('Hi')), 'unusable'],
    ['a stream that is no JSON', { ...stream(), body: 'data: {"choices\n\n' }, 'unreadable'],
    ['an error in the stream', stream(words('Hi'), { error: { message: 'overloaded' } }), 'status'],
    ['a reset before the answer', 'reset', 'cut'],
    ['a reset in the answer', { ...stream(words('Hi')), ending: 'reset' }, 'cut'],
  ] as const) {
    it(`takes ${what} as ${failure}`, async () => {
      strike(reply);

      await assert.rejects(ask(), { name: 'RequestError', failure });
    });
  }

  for (const [status, details] of [
    [204, { status: 204 }],
    [205, { text: 'the answer is empty' }],
  ] as const) {
    it(`says that there is nothing in an answer of ${status}`, async () => {
      const nothing: Fetch = async () => new Response(null, { status });

      await assert.rejects(ask(undefined, {}, {}, nothing), { failure: 'unreadable', details });
    });
  }

  for (const [what, answer] of [
    ['before the answer', () => Promise.reject(platformError())],
    ['in the answer', async () => new Response(new ReadableStream({ pull: () => Promise.reject(platformError()) }))],
  ] as const) {
    it(`has none of the platform's words where that fails ${what}: they may repeat headers`, async () => {
      await assert.rejects(ask(undefined, {}, {}, answer), (error: RequestError) => {
        assert.match(String(error.cause), /^Error: (?:Type)?Error: ECONNRESET$/);
        return error.failure === 'cut' && !/secret/.test(error.message);
      });
    });
  }

  for (const [what, reply, said = 'of [redacted]'] of [
    ['a refusal', { status: 400, body: JSON.stringify({ error: { message: 'of correct-horse-battery' } }) }],
    ['an error in the stream', stream(words('Hi'), { error: { message: 'of correct-horse-battery' } })],
    ['a reason for its end', stream(words('Hi', 'of\ncorrect-horse-battery')), 'it ended with "of [redacted]"'],
  ] as const) {
    it(`says no key that is in the words of ${what}, whatever it looks like`, async () => {
      strike(reply);

      await assert.rejects(ask('correct-horse-battery'), ({ details }: RequestError) => details.text === said);
    });
  }

  it('reads no refusal without end', async () => {
    strike({ status: 400, body: 'x'.repeat(2 ** 21) });

    await assert.rejects(ask(), { failure: 'unreadable', details: { text: 'the answer is larger than 1 MiB' } });
  });

  it('does not try again by itself', async () => {
    strike({ status: 500, body: '' });

    await assert.rejects(ask(), { name: 'RequestError' });
    assert.equal(sandbox.requests.length, 1);
  });

  it('carries the key to no other address, and asks but once where it is sent to one', async () => {
    strike({ status: 307, headers: { Location: `${sandbox.origin}/elsewhere` } });

    await assert.rejects(ask(undefined, {}, { maxRetries: 2 }), { failure: 'redirect', details: { status: 307 } });
    assert.deepEqual(
      sandbox.requests.map(({ path }) => path),
      [CHAT],
    );
  });

  it('ends the request itself when called off', async () => {
    sandbox.faults.add({ on: CHAT, reply: { ...stream(words('Hi')), ending: 'hang' } });
    const asking = parts();
    assert.deepEqual((await asking.next()).value, { kind: 'text', text: 'Hi' });
    caller.abort();

    await assert.rejects(asking.next(), { name: 'Cancelled' });
    while (sandbox.requests[0]?.outcome !== 'aborted') await new Promise(setImmediate);
  });

  it('is called off before the answer begins', async () => {
    const arrived = hang(sandbox, CHAT);
    const asking = ask();
    await arrived;
    caller.abort();

    await assert.rejects(asking, { name: 'Cancelled' });
  });

  for (const [what, reply] of [
    ['in words', { error: { message: "Unrecognized request argument supplied: 'stream_options'" } }],
    ['as a list', { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }] }],
  ] as const) {
    it(`asks without usage where a server refuses to be asked for it ${what}`, async () => {
      sandbox.faults.add({ on: CHAT, reply: { status: 400, body: JSON.stringify(reply) } });

      assert.match((await ask()).join(''), /^Hello/);
      assert.deepEqual(
        sandbox.requests.map(({ json }) => isRecord(json) && 'stream_options' in json),
        [true, false],
      );
    });
  }

  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const tools = [{ name: 'f', description: 'd', inputSchema: schema }];
  for (const [refusal, status, options, gone] of [
    [
      "Unsupported value: 'temperature' does not support 0.2 with this model.",
      400,
      { temperature: 0.2 },
      'temperature',
    ],
    ['invalid temperature: only 1 is allowed for this model', 400, { temperature: 0.2 }, 'temperature'],
    [
      'Unrecognized request argument supplied: parallel_tool_calls',
      400,
      { parallel_tool_calls: true },
      'parallel_tool_calls',
    ],
    [
      'Unknown name "parallel_tool_calls": Cannot find field.',
      400,
      { parallel_tool_calls: true },
      'parallel_tool_calls',
    ],
    ['Range of max_tokens should be [1, 8192]', 400, { max_tokens: 64_000 }, 'max_tokens'],
    ['No endpoints found that support tool use.', 404, {}, 'tools'],
    ['registry.ollama.ai/library/gemma:2b does not support tools', 400, {}, 'tools'],
    ['"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', 400, {}, 'tools'],
    ["No endpoints found that support the provided 'tool_choice' value.", 404, {}, 'tool_choice'],
    ["tool_choice 'required' is incompatible with thinking enabled", 400, {}, 'tool_choice'],
  ] as const) {
    it(`asks again without what is refused: ${refusal}`, async () => {
      sandbox.faults.add({ on: CHAT, reply: { status, body: JSON.stringify({ error: { message: refusal } }) } });
      const told: string[] = [];
      const chat = { ...prompt('Hi'), tools, options };
      for await (const _ of parts(undefined, {}, { chat, tell: (text) => told.push(text) }));

      const bodies = sandbox.requests.map(({ json }) => isRecord(json) && gone in json);
      assert.deepEqual(bodies, [true, false]);
      assert.match(told.join(), new RegExp(`does not take "?${gone}"? with gpt-4o.* It said: `));
    });
  }

  describe('an image', () => {
    const data = Uint8Array.of(137, 80, 78, 71);
    const question: UserContent[] = [
      { kind: 'image', mimeType: 'image/png', data },
      { kind: 'text', text: 'What?' },
    ];
    const chat: ChatRequest = { messages: [{ role: 'user', content: question }] };
    const seeing = (vision: boolean | undefined) =>
      model({ id: 'gpt-4o', generationConfig: { ...DEFAULT_GENERATION_CONFIG, vision } });
    const refusal = 'No endpoints found that support image input';
    const askWith = async (vision: boolean | undefined, more: Partial<StreamRequest> = {}) => {
      const unseen: ChatPart[] = [];
      for await (const part of parts(undefined, {}, { model: seeing(vision), chat, ...more }))
        if (part.kind === 'unseen') unseen.push(part);
      return unseen;
    };
    const sent = () => sandbox.requests.map(({ text }) => /image_url|An image was left out/.exec(text)?.[0]);

    it('is sent to a model that may see it', async () => {
      assert.deepEqual([await askWith(undefined), await askWith(true)], [[], []]);
      assert.deepEqual(sent(), ['image_url', 'image_url']);
    });

    it('is not sent to one that is known to be blind, which reads a word in its place', async () => {
      assert.deepEqual(await askWith(false), [{ kind: 'unseen', isKnown: true }]);
      assert.deepEqual(sent(), ['An image was left out']);
    });

    it('is taken away where the server refuses it, and not sent again', async () => {
      const dialects = new Map<string, Dialect>();
      sandbox.faults.add({ on: CHAT, reply: { status: 404, body: JSON.stringify({ error: { message: refusal } }) } });

      assert.deepEqual(await askWith(undefined, { dialects }), [{ kind: 'unseen', said: refusal }]);
      assert.deepEqual(await askWith(undefined, { dialects }), [{ kind: 'unseen' }]);
      assert.deepEqual(sent(), ['image_url', 'An image was left out', 'An image was left out']);
    });

    it('is said to be refused in the words that refuse it, whatever else is', async () => {
      const told: string[] = [];
      const options = { temperature: 0 };
      for (const message of [refusal, 'temperature is not supported'])
        sandbox.faults.add({ on: CHAT, reply: { status: 404, body: JSON.stringify({ error: { message } }) } });

      const unseen = await askWith(undefined, { chat: { ...chat, options }, tell: (text) => told.push(text) });
      assert.deepEqual(unseen, [{ kind: 'unseen', said: refusal }]);
      const { host } = new URL(sandbox.origin);
      assert.deepEqual(
        told,
        [
          ['images', refusal],
          ['"temperature"', 'temperature is not supported'],
        ].map(
          ([part, said]) =>
            `${host} does not take ${part} with gpt-4o, and is asked in another way from now on. It said: ${said}`,
        ),
      );
    });

    it('is nothing to be told of where there is none', async () => {
      assert.deepEqual(await askWith(false, { chat: prompt('Hi') }), []);
    });
  });

  it('names the limit of tokens as the model wants it', async () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'.";
    sandbox.faults.add({ on: CHAT, reply: { status: 400, body: JSON.stringify({ error: { message } }) } });
    await ask(undefined, {}, { chat: { ...prompt('Hi'), options: { max_tokens: 50 } } });

    assert.match(sandbox.requests[1]?.text ?? '', /"max_completion_tokens":50/);
  });

  it('gives a tool that takes nothing no schema where the model refuses a bare one', async () => {
    const message = 'parameters.properties: should be non-empty for OBJECT type';
    sandbox.faults.add({ on: CHAT, reply: { status: 400, body: JSON.stringify({ error: { message } }) } });
    const chat = { ...prompt('Hi'), tools: [...tools, { name: 'g', description: 'd' }] };
    for await (const _ of parts(undefined, {}, { chat }));

    assert.match(sandbox.requests[0]?.text ?? '', /"name":"g","description":"d","parameters"/);
    assert.doesNotMatch(sandbox.requests[1]?.text ?? '', /"name":"g","description":"d","parameters"/);
  });

  it('asks no second time without the same, and says what was refused', async () => {
    strike({ status: 400, body: JSON.stringify({ error: { message: 'temperature is not supported' } }) });
    const chat = { ...prompt('Hi'), options: { temperature: 0 } };

    await assert.rejects(ask(undefined, {}, { chat }), { reason: 'unsupported' });
    assert.equal(sandbox.requests.length, 2);
  });

  it('does not go without tools where one must be called', async () => {
    strike({ status: 404, body: JSON.stringify({ error: { message: 'No endpoints found that support tool use.' } }) });

    await assert.rejects(ask(undefined, {}, { chat: { ...prompt('Hi'), tools, toolChoice: 'required' } }), {
      reason: 'unsupported',
    });
    assert.equal(sandbox.requests.length, 1);
  });

  it('learns nothing from a server that takes what it is sent, and nothing anew where that is known', async () => {
    const learned: unknown[] = [];
    const known: Dialect = { without: new Set(['stream_options']), thoughts: 'known' };
    for (const dialect of [undefined, known])
      await ask(undefined, {}, { dialects: { get: () => dialect, set: (...given) => learned.push(given) } });

    assert.deepEqual(learned, []);
  });

  it('remembers that a server refuses it', async () => {
    const dialects = new Map<string, Dialect>();
    sandbox.faults.add({ on: CHAT, reply: { status: 400, body: '{"error":{"message":"stream_options is unknown"}}' } });
    await ask(undefined, {}, { dialects });
    await ask(undefined, {}, { dialects });

    assert.equal(sandbox.requests.length, 3);
  });

  for (const [refusal, sent] of [
    ['The reasoning_content in the thinking mode must be passed back to the API.', [['A'], ['A', '']]],
    ["Additional properties are not allowed ('reasoning_content' was unexpected)", [['A'], []]],
  ] as const) {
    it(`heeds "${refusal}"`, async () => {
      const said = (thinking?: string): AssistantMessage => {
        return { role: 'assistant', text: '', thinking, toolCalls: [{ id: 'a', name: 'f', input: {} }] };
      };
      sandbox.faults.add({ on: CHAT, reply: { status: 400, body: JSON.stringify({ error: { message: refusal } }) } });
      await ask(undefined, {}, { chat: { messages: [said('A'), said(), ...prompt('Hi').messages] } });

      assert.deepEqual(
        sandbox.requests.map(({ text }) =>
          [...text.matchAll(/"reasoning_content":"(.*?)"/g)].map(([, thought]) => thought),
        ),
        sent,
      );
    });
  }

  for (const [refusal, sent] of [
    [
      'Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.',
      /"id":"[a-z0-9]{9}".*"tool_call_id":"[a-z0-9]{9}"/,
    ],
    ['Function call is missing a thought_signature in functionCall parts.', /"skip_thought_signature_validator"/],
  ] as const) {
    it(`mends the history for "${refusal}"`, async () => {
      const call: AssistantMessage = {
        role: 'assistant',
        text: '',
        toolCalls: [{ id: 'call_1', name: 'f', input: {} }],
      };
      const result = { role: 'tool', toolCallId: 'call_1', content: [{ kind: 'text', text: 'Ok' }] } as const;
      sandbox.faults.add({ on: CHAT, reply: { status: 400, body: JSON.stringify({ error: { message: refusal } }) } });
      const told: string[] = [];
      const chat = { messages: [...prompt('Hi').messages, call, result] };
      await ask(undefined, {}, { chat, tell: (text) => told.push(text) });

      assert.match(told.join(), /does not take the messages as they were with gpt-4o/);
      const [first, second] = sandbox.requests.map(({ text }) => sent.test(text));
      assert.deepEqual([first, second], [false, true]);
    });
  }

  const strict = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    properties: { to: { anyOf: [{ type: 'string' }, { type: 'null' }] }, at: { type: ['number', 'null'] } },
  };
  for (const [refusal, status] of [
    [
      'Invalid JSON payload received. Unknown name "$schema" at \'tools[0].function_declarations[0].parameters\': ' +
        'Cannot find field.',
      400,
    ],
    [
      'Invalid JSON payload received. Unknown name "type" at ' +
        "'tools[0].function_declarations[0].parameters.properties[3].value': Proto field is not repeating, cannot start list.",
      400,
    ],
    ['GenerateContentRequest.tools[0].function_declarations[3].parameters.properties[tags].items: missing field.', 400],
    [
      "tools.function.parameters is not a valid moonshot flavored json schema, details: <At path 'root': when using " +
        'anyOf, type should be defined in anyOf items instead of the parent schema>',
      400,
    ],
    ["Invalid schema for function 'f': In context=('properties', 'to'), array schema missing items.", 400],
    ['JSON schema conversion failed:\nUnrecognized schema: {"description":"Value"}', 500],
    ["JSON schema conversion failed:\nPattern must start with '^' and end with '$'", 400],
    ['tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12', 400],
  ] as const) {
    it(`says what tools take in plain words for "${refusal}"`, async () => {
      sandbox.faults.add({ on: CHAT, reply: { status, body: JSON.stringify({ error: { message: refusal } }) } });
      const chat = { ...prompt('Hi'), tools: [{ name: 'f', description: 'd', inputSchema: strict }] };
      await ask(undefined, {}, { chat, maxRetries: 2 });

      const [first, second] = sandbox.requests.map(({ text }) => text.replace(/^.*"parameters":/, ''));
      assert.match(first ?? '', /^\{"\$schema":/);
      const plain = '{"type":"object","properties":{"to":{"type":"string"},"at":{"type":"number"}}}';
      assert.ok(second?.startsWith(plain), second);
      assert.equal(sandbox.requests.length, 2);
    });
  }

  for (const [refusal, status, without] of [
    ["Unexpected role 'user' after role 'tool'", 400, 'turns'],
    ['Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant', 400, 'turns'],
    ['Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/...', 500, 'turns'],
    [
      'Error: Jinja Exception: After the optional system message, conversation roles must alternate user and assistant ' +
        'roles except for tool calls and results.',
      500,
      'turns',
    ],
    [
      'This model does not support assistant message prefill. The conversation must end with a user message.',
      400,
      'turns',
    ],
    [
      'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
      400,
      'turns',
    ],
    ['Assistant response prefill is incompatible with enable_thinking.', 400, 'turns'],
    ['No user query found in messages.', 500, 'turns'],
    ['System role not supported', 400, 'system'],
    ["Unsupported value: 'messages[0].role' does not support 'system' with this model.", 400, 'system'],
    ['Developer instruction is not enabled for models/gemma-3-27b-it', 400, 'system'],
    ['invalid params, invalid role: system (2013)', 400, 'system'],
  ] as const) {
    it(`addresses the model otherwise for "${refusal}"`, async () => {
      sandbox.faults.add({ on: CHAT, reply: { status, body: JSON.stringify({ error: { message: refusal } }) } });
      const said: AssistantMessage = { role: 'assistant', text: 'Hello.', toolCalls: [] };
      const messages = [{ role: 'system', text: 'Be kind.' } as const, ...prompt('Hi').messages, said];
      await ask(undefined, {}, { chat: { messages }, maxRetries: 2 });

      const roles = sandbox.requests.map(({ text }) => [...text.matchAll(/"role":"(\w+)"/g)].map(([, role]) => role));
      const usual = ['system', 'user', 'assistant'];
      assert.deepEqual(roles, [usual, without === 'turns' ? [...usual, 'user'] : ['user', 'assistant']]);
    });
  }

  for (const refusal of [
    "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 130 instead.",
    "tools: Tool names must be unique. Duplicate name 'f'.",
  ]) {
    it(`does not give up all tools for "${refusal}"`, async () => {
      strike({ status: 400, body: JSON.stringify({ error: { message: refusal, param: 'tools' } }) });

      await assert.rejects(ask(undefined, {}, { chat: { ...prompt('Hi'), tools } }), (error: unknown) => {
        return error instanceof RequestError && error.details.text === refusal;
      });
      assert.equal(sandbox.requests.length, 1);
    });
  }

  it('asks no more often than it has something else to say', async () => {
    strike({ status: 400, body: '{"error":{"message":"stream_options and reasoning_content must not be"}}' });

    await assert.rejects(ask(), { failure: 'status' });
    assert.equal(sandbox.requests.length, 3);
  });

  for (const [code, syscall, tries] of [
    ['UND_ERR_CONNECT_TIMEOUT', '', 2],
    ['ETIMEDOUT', 'connect', 2],
    ['UND_ERR_HEADERS_TIMEOUT', '', 1],
    ['ETIMEDOUT', 'read', 1],
  ] as const) {
    it(`asks ${tries === 1 ? 'once' : 'again'} after ${code} ${syscall}`, async () => {
      let asked = 0;
      const failing: Fetch = async () => {
        asked += 1;
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('timed out'), { code, syscall }) });
      };

      await assert.rejects(ask(undefined, {}, { maxRetries: 1 }, failing), { failure: 'timeout' });
      assert.equal(asked, tries);
    });
  }

  it('tries again as often as the model entry says', async () => {
    sandbox.faults.add({ on: CHAT, times: 2, reply: { status: 503, headers: { 'retry-after-ms': '1' }, body: '' } });

    assert.match((await ask(undefined, {}, { maxRetries: 2 })).join(''), /^Hello/);
    assert.equal(sandbox.requests.length, 3);
  });

  it('is called off while it waits to try again', async () => {
    strike({ status: 503, headers: { 'Retry-After': '30' }, body: '' });
    const asking = ask(undefined, {}, { maxRetries: 2 });
    while (sandbox.requests[0]?.outcome !== 'answered') await new Promise(setImmediate);
    caller.abort();

    await assert.rejects(asking, { name: 'Cancelled' });
    assert.equal(sandbox.requests.length, 1);
  });

  for (const [what, status, message] of [
    ['brings no money', 429, 'You exceeded your current quota, please check your plan and billing details.'],
    ['brings no money, whatever the status', 500, 'insufficient balance (1008)'],
    ['brings no new window', 429, 'week allocated quota exceeded'],
    ['would come too early by minutes', 429, 'Please try again in 43m12s.'],
    ['brings no such model', 503, '模型 x 无可用渠道'],
  ] as const) {
    it(`does not try again where a try ${what}`, async () => {
      strike({ status, headers: { 'retry-after-ms': '1' }, body: JSON.stringify({ error: { message } }) });

      await assert.rejects(ask(undefined, {}, { maxRetries: 2 }), { failure: 'status' });
      assert.equal(sandbox.requests.length, 1);
    });
  }

  it('tries again when the words of a refusal say that it may', async () => {
    const body = JSON.stringify({ error: { message: 'Rate limit reached. Please try again in 20ms.' } });
    sandbox.faults.add({ on: CHAT, reply: { status: 429, body } });

    assert.match((await ask(undefined, {}, { maxRetries: 1 })).join(''), /^Hello/);
  });

  it('takes an answer that is whole, whatever becomes of the connection', async () => {
    strike({ ...stream(words('Hi', 'stop')), ending: 'reset' });

    assert.deepEqual(await ask(), ['Hi']);
  });

  describe('behind the end of an answer', () => {
    const whole = `${stream(words('Hi', 'stop')).body}data: [DONE]\n\n`;

    it('reads on, so that the connection serves the next request', async () => {
      let connections = 0;
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(whole);
        setImmediate(() => response.end(': bye\n\n'));
      });
      server.on('connection', () => (connections += 1)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

      for (let asked = 0; asked < 3; asked += 1) {
        await ask('', { baseUrl: `http://${host}/v1` }, {}, createNodeFetch(platformRequest));
        await eventually(() => globalAgent.freeSockets[`${host}:`]?.length, 1);
      }

      assert.equal(connections, 1);
      server.closeAllConnections();
      server.close();
    });

    it('leaves a server that does not end what it sends', async () => {
      strike({ ...stream(), body: whole, ending: 'hang' });
      assert.deepEqual(await ask(), ['Hi']);

      await eventually(() => sandbox.requests[0]?.outcome, 'aborted');
    });

    it('leaves a server that sends ever more at once', async () => {
      let pieces = 0;
      const left = new Promise<void>((resolve) => {
        const pull = (body: ReadableStreamDefaultController<Uint8Array>): void => {
          body.enqueue(pieces === 0 ? new TextEncoder().encode(whole) : new Uint8Array(30_000));
          pieces += 1;
        };
        const body = new ReadableStream({ pull, cancel: resolve }, { highWaterMark: 0 });
        void ask('', {}, {}, async () => new Response(body, stream()));
      });

      await left;
      assert.equal(pieces, 4);
    });
  });

  describe('with time in our hands', () => {
    let timers: LongTimers;
    beforeEach(() => {
      timers = holdLongTimers();
    });
    afterEach(() => timers.release());

    /** Lets all patience end once the stream is waited for. */
    const wait = async <T>(next: Promise<T>, passed?: number): Promise<T> => {
      const going = setInterval(() => timers.goOff(passed), 5);
      return await next.finally(() => clearInterval(going));
    };

    it('gives up on a stream that stands still', async () => {
      sandbox.faults.add({ on: CHAT, reply: { ...stream(words('Hi')), ending: 'hang' } });
      const asking = parts();
      await asking.next();

      await assert.rejects(wait(asking.next()), { name: 'RequestError', failure: 'timeout' });
      while (sandbox.requests[0]?.outcome !== 'aborted') await new Promise(setImmediate);
    });

    for (const [what, config, setting, limit] of [
      ['for fifteen minutes', {}, undefined, { ms: 900_000, from: 'setting' }],
      ['as long as the setting says', {}, 300_000, { ms: 300_000, from: 'setting' }],
      ['as long as its entry says', { timeout: 60_000 }, 300_000, { ms: 60_000, from: 'entry' }],
    ] as const) {
      it(`waits for a server that says nothing ${what}, and does not begin anew`, async () => {
        sandbox.faults.add({ on: CHAT, reply: 'hang' });
        const patient = model({ id: 'gpt-4o', generationConfig: readGenerationConfig(config) });
        const asking = parts(undefined, {}, { model: patient, maxRetries: 2 }, platformFetch, () => setting);
        const answer = asking.next();
        while (sandbox.requests.length === 0) await new Promise(setImmediate);
        timers.goOff(limit.ms - 1000);
        await new Promise(setImmediate);
        assert.notEqual(sandbox.requests[0]?.outcome, 'aborted');

        await assert.rejects(wait(answer), { failure: 'timeout', details: { limit } });
        assert.equal(sandbox.requests.length, 1);
      });
    }

    for (const [what, sign] of [
      ['pings', ': ping\n\n'],
      ['pings of JSON', 'event: ping\ndata: {"type":"ping"}\n\n'],
    ] as const) {
      it(`gives up on a stream that brings nothing but ${what}, and says so`, async () => {
        const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
        const writer = writable.getWriter();
        const { headers } = stream();
        const asking = parts('', {}, {}, async () => new Response(readable, { headers }));
        const refused = assert.rejects(asking.next(), {
          failure: 'timeout',
          details: { limit: { ms: 1_200_000, from: 'setting', isAlive: true } },
        });
        for (let sent = 0; sent < 3; sent += 1) {
          await writer.write(new TextEncoder().encode(sign));
          await new Promise(setImmediate);
          setTimeout(() => undefined, 600_000);
          timers.goOff(600_000);
        }

        await wait(refused);
      });
    }

    it('reads on where every piece says that it is the last', async () => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      const send = async (text: string) =>
        await writer.write(new TextEncoder().encode(stream(words(text, 'stop')).body));
      const asking = parts('', {}, {}, async () => new Response(readable, stream()));
      const said: unknown[] = [];
      for (const text of ['a', 'b', 'c']) {
        const next = asking.next();
        await send(text);
        said.push((await next).value);
        setTimeout(() => undefined, 4999);
      }

      assert.deepEqual(
        said,
        ['a', 'b', 'c'].map((text) => ({ kind: 'text', text })),
      );
      await asking.return();
    });

    it('does not wait for the end of a connection when the answer is whole', async () => {
      sandbox.faults.add({ on: CHAT, reply: { ...stream(words('Hi', 'stop')), ending: 'hang' } });
      const asking = parts();
      await asking.next();

      assert.deepEqual(await wait(asking.next(), 5000), { value: undefined, done: true });
    });

    it('takes signs of life behind the end for nothing to wait for', async () => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      const send = async (text: string) => await writer.write(new TextEncoder().encode(text));
      const { body, headers } = stream(words('Hi', 'stop'));
      const asking = parts('', {}, {}, async () => new Response(readable, { headers }));
      void send(body);
      await asking.next();
      const end = asking.next();
      await new Promise(setImmediate);
      const begun = timers.count;

      for (const alive of [': alive\n\n', ': still alive\n\n']) {
        await send(alive);
        await new Promise(setImmediate);
      }

      assert.equal(timers.count, begun);
      assert.deepEqual(await wait(end, 5000), { value: undefined, done: true });
    });

    it('waits for whoever reads as long as they like', async () => {
      const asking = parts();
      await asking.next();
      timers.goOff();

      assert.equal((await asking.next()).done, false);
      await asking.return();
    });
  });

  it('says that no header can hold the key, and sends nothing', async () => {
    for (const key of ['sk one two', 'sk-\u00fc'])
      await assert.rejects(parts(key).next(), { name: 'ConfigurationError', message: /^The key holds / });
    assert.deepEqual(sandbox.requests, []);
  });

  it('says when nobody listens', async () => {
    await sandbox.stop();

    await assert.rejects(ask(), { name: 'RequestError', failure: 'refused', host: new URL(sandbox.origin).host });
    sandbox = await startSandbox();
  });
});

/** An error as the platform throws it, which repeats what was sent. */
function platformError(): TypeError {
  const cause = Object.assign(new Error('secret'), { code: 'ECONNRESET' });
  return new TypeError('Bearer secret', { cause });
}
