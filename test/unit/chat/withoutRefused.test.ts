import assert from 'node:assert/strict';

import { statusError } from '../../../src/core/base/refusalError';
import { type Dialect, USUAL } from '../../../src/core/chat/dialect';
import { withoutRefused } from '../../../src/core/chat/withoutRefused';
import { chatBody } from '../../../src/core/chat/requestBody';
import { type ChatRequest, prompt, type UserContent } from '../../../src/core/chat/request';
import { model } from '../../fakes/models';

const inputSchema = { type: 'object', properties: { a: { type: 'string' } } };
const image: UserContent = { kind: 'image', mimeType: 'image/png', data: Uint8Array.of(1) };
/** A request that has everything which a server may mind. */
const FULL: ChatRequest = {
  messages: [{ role: 'user', content: [image, { kind: 'text', text: 'Hi' }] }],
  tools: [{ name: 'f', description: 'd', inputSchema }],
  options: { temperature: 1, top_p: 1, max_tokens: 5, reasoning_effort: 'high' },
};
const error = (message: string, code?: string): string => JSON.stringify({ error: { message, code } });

/** The status and body of a refusal, and what the model is asked without from then on; nothing where no words tell. */
const ROWS: readonly (readonly [status: number, body: string, without: string])[] = [
  [
    400,
    error(
      'Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text` at line 1 column 218',
    ),
    'images',
  ],
  [
    422,
    'Failed to deserialize the JSON body into the target type: messages[0]: data did not match any variant of untagged enum ChatCompletionRequestContent',
    '',
  ],
  [
    500,
    error('image input is not supported - hint: if this is unexpected, you may need to provide the mmproj'),
    'images',
  ],
  [
    400,
    JSON.stringify({
      object: 'error',
      message: 'At most 0 image(s) may be provided in one prompt.',
      type: 'BadRequestError',
      code: 400,
    }),
    'images',
  ],
  [
    400,
    JSON.stringify({
      object: 'error',
      message: 'Qwen/Qwen3-8B is not a multimodal model',
      type: 'BadRequestError',
      code: 400,
    }),
    'images',
  ],
  [400, error('Model does not support images. Please use a model that does.'), 'images'],
  [
    400,
    JSON.stringify({
      error: {
        message: 'Invalid content type. image_url is only supported by certain models.',
        type: 'invalid_request_error',
        param: 'messages.[0].content.[1].type',
        code: null,
      },
    }),
    'images',
  ],
  [400, error("messages.content.type 参数非法，取值范围 ['text']", '1210'), 'images'],
  [400, error("Invalid value: image_url. Supported values are: 'text'."), 'images'],
  [
    400,
    JSON.stringify({
      object: 'error',
      message: 'Image input is not enabled for this model',
      type: 'invalid_request_file',
      code: '3051',
    }),
    'images',
  ],
  [400, error('messages[0].content must be a string'), 'images'],
  [
    422,
    JSON.stringify({
      detail: [{ type: 'string_type', loc: ['body', 'messages', 0, 'content'], msg: 'Input should be a valid string' }],
    }),
    'images',
  ],
  [400, error('Image inputs are not supported by this model.'), 'images'],
  [
    400,
    JSON.stringify({
      code: 20041,
      message: 'The model is not a VLM (Vision Language Model). Please use text-only prompts.',
      data: null,
    }),
    'images',
  ],
  [400, error("This model doesn't support the image content block that you provided."), 'images'],
  [400, error('Cannot read "image.png" (this model does not support image input). Inform the user.'), 'images'],
  [400, error('该模型不支持图片输入'), 'images'],
  [500, error('invalid type: sequence, expected a string'), 'images'],
  [400, error('image too large: the maximum is 5 MB'), ''],
  [400, error('At most 5 images may be provided in one request.'), ''],
  [500, error('tools param requires --jinja flag'), 'tools'],
  [400, error('Function calling is not enabled for models/gemma-3-27b-it'), 'tools'],
  [400, error('`tools` is not supported in this model. For a list of supported models, refer to the docs.'), 'tools'],
  [400, error('This model does not support tool use.'), 'tools'],
  [
    400,
    error('`temperature` and `top_p` cannot both be specified for this model. Please use only one.'),
    'temperature',
  ],
  [400, error('max_tokens is too large: 65536. This model supports at most 16384 completion tokens'), 'max_tokens'],
  [400, error('`reasoning_effort` must be one of `none` or `default`'), 'reasoning_effort'],
  [400, error('Unrecognized request argument supplied: reasoning_effort'), 'reasoning_effort'],
  [400, error('Argument not supported on this model: presencePenalty'), ''],
  [
    400,
    error(
      "This model's maximum context length is 8192 tokens. However, you requested 70000 tokens (5000 in the messages, 65000 in the completion).",
    ),
    '',
  ],
  [
    400,
    JSON.stringify([
      { error: { code: 400, message: 'Please use a valid role: user, model.', status: 'INVALID_ARGUMENT' } },
    ]),
    '',
  ],
  [400, error('Only user and assistant roles are supported!'), 'system'],
  [500, error('Error rendering prompt with jinja template: "Only user and assistant roles are supported!".'), 'system'],
  [400, error('Only user, assistant and tool roles are supported, got system.'), 'system'],
  [400, error('[] should be non-empty: messages must alternate between user and assistant'), 'turns'],
  [
    400,
    error('messages: roles must alternate between "user" and "assistant", but found multiple "user" roles in a row'),
    'turns',
  ],
  [400, error('Cannot have 2 or more assistant messages at the end of the list.'), 'turns'],
  [400, error('messages: first message must use the "user" role'), 'turns'],
  [400, error('the first message must be a user message'), 'turns'],
  [400, error('Last message must have role `user`'), 'turns'],
  [400, error('最后一条消息必须是user'), 'turns'],
  [400, error('messages 参数非法。请检查文档。', '1214'), ''],
  [
    400,
    error(
      "Invalid schema for function 'f': schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.",
    ),
    'schema',
  ],
  [
    400,
    error('tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level'),
    'schema',
  ],
  [
    400,
    error(
      '* GenerateContentRequest.tools[0].function_declarations[0].parameters.properties[a].enum: only allowed for STRING type',
    ),
    'schema',
  ],
  [
    400,
    error(
      'Unable to submit request because `f` functionDeclaration `parameters.a` schema specified other fields alongside any_of. When using any_of, it must be the only field set.',
    ),
    'schema',
  ],
  [400, error("Invalid JSON schema for tool f, tools[0].function.parameters: unsupported keyword 'format'"), 'schema'],
  [
    400,
    error("Object fields require at least one of: 'properties' or 'anyOf' with a list of possible properties."),
    'schema',
  ],
  [400, error('Tools validation error: unsupported JSON schema: $ref is not allowed'), 'schema'],
  [400, error('[GoogleGenerativeAI Error]: reference to undefined schema at properties.a'), 'schema'],
];

/** What a server says in another dialect than the usual one, and what changes of it; undefined where nothing does. */
const HEARD: readonly (readonly [text: string, before: Partial<Dialect>, change: Partial<Dialect> | undefined])[] = [
  ['Tool call id was call_1 but must be a-z, with a length of 9.', {}, { strictIds: true }],
  ['toolCallId must be alphanumeric', {}, { strictIds: true }],
  ['tool_call_id must be alphanumeric', { strictIds: true }, undefined],
  ['tool_call_id is unknown', {}, undefined],
  ['The user must be alphanumeric', {}, undefined],
  ['Function call is missing a thought_signature in functionCall parts.', {}, { unsigned: true }],
  ['Thought signature is not valid', {}, { unsigned: true }],
  ['thoughtSignature is missing', {}, { unsigned: true }],
  ['thoughtSignature is missing', { unsigned: true }, undefined],
  ['reasoning_content must be passed back', {}, { thoughts: 'all' }],
  ['reasoning_content is missing', {}, { thoughts: 'all' }],
  ['reasoning_content is required', { thoughts: 'all' }, undefined],
  ['reasoning_content is required', { thoughts: 'none' }, undefined],
  ['reasoning_content is not permitted', {}, { thoughts: 'none' }],
  ['reasoning_content is not permitted', { thoughts: 'all' }, { thoughts: 'none' }],
  ['reasoning_content is not permitted', { thoughts: 'none' }, undefined],
  ['something is missing', {}, undefined],
  ['temperature is not supported', {}, { without: new Set(['temperature']) }],
  ['temperature is not supported', { without: new Set(['tools']) }, { without: new Set(['tools', 'temperature']) }],
  ['temperature is not supported', { without: new Set(['temperature']) }, undefined],
  ['include_usage is not supported', {}, { without: new Set(['stream_options']) }],
  ["Unrecognized request argument supplied: 'functions'", {}, { without: new Set(['tools']) }],
];

/** A part of a dialect, in the title of a test. */
function wordsOf({ without, ...others }: Partial<Dialect>): string {
  const left = without && `without ${[...without].join(' and ')}`;
  const said = Object.entries(others).map(([name, value]) => `${name} ${value}`);
  return [left, ...said].filter(Boolean).join(', ') || 'the usual one';
}

describe('the dialect of a server', () => {
  const learned = (status: number, text: string, chat: ChatRequest): string => {
    const body = chatBody(model(), chat, USUAL);
    const other = withoutRefused(USUAL, statusError({ host: 'api.example.com', status, text }), body, false);
    return [...(other?.without ?? [])].join();
  };

  for (const [status, body, without] of ROWS) {
    it(`is ${without ? `one without ${without}` : 'the usual one'} after ${status} ${body}`, () => {
      assert.equal(learned(status, body, FULL), without);
    });
  }

  for (const [text, before, change] of HEARD) {
    it(`${change ? `becomes ${wordsOf(change)}` : 'stays as it is'} after "${text}", from ${wordsOf(before)}`, () => {
      const dialect = { ...USUAL, ...before };
      const refusal = statusError({ host: 'api.example.com', status: 400, text: error(text) });

      assert.deepEqual(
        withoutRefused(dialect, refusal, chatBody(model(), FULL, USUAL), false),
        change && { ...dialect, ...change },
      );
    });
  }

  it('does not change where a tool must be called, and tools are refused', () => {
    const heard = (text: string): unknown => {
      const refusal = statusError({ host: 'api.example.com', status: 400, text: error(text) });
      return withoutRefused(USUAL, refusal, chatBody(model(), FULL, USUAL), true);
    };

    assert.equal(heard('This model does not support tool use.'), undefined);
    assert.deepEqual(heard('temperature is not supported'), { ...USUAL, without: new Set(['temperature']) });
  });

  it('does not change by words that are about something else', () => {
    assert.equal(learned(429, error('Rate limit reached: temperature must be lower'), FULL), '');
    assert.equal(learned(401, error('Incorrect API key provided. temperature is not supported'), FULL), '');
  });

  describe('where a tool takes nothing', () => {
    const bare = { name: 'g', description: 'd' };
    const bad = 'parameters.properties: should be non-empty for OBJECT type';

    for (const said of [bad, 'schema of g: nonempty', 'parameters: type missing', 'properties must not be empty'])
      it(`is one without its parameters after "${said}"`, () => {
        assert.match(learned(400, error(said), { ...FULL, tools: [...(FULL.tools ?? []), bare] }), /^parameters/);
      });

    it('is so only where there is such a tool, and the request is at fault', () => {
      assert.doesNotMatch(learned(400, error(bad), FULL), /^parameters/);
      assert.doesNotMatch(learned(400, error(bad), prompt('Hi')), /^parameters/);
      assert.doesNotMatch(learned(500, error(bad), { ...FULL, tools: [bare] }), /^parameters/);
      assert.doesNotMatch(learned(400, error('tools: schema is odd'), { ...FULL, tools: [bare] }), /^parameters/);
    });
  });

  it('is one without images where any message has one', () => {
    const messages = [...FULL.messages, ...prompt('And?').messages];

    assert.equal(learned(400, error('Model does not support images.'), { ...FULL, messages }), 'images');
  });

  for (const without of ['images', 'tools', 'temperature', 'schema']) {
    it(`does not change for ${without} that were not sent`, () => {
      const [status, body] = ROWS.find((row) => row[2] === without) ?? assert.fail();

      assert.equal(learned(status, body, prompt('Hi')), '');
    });
  }
});
