import { broken, refused, text, usage, type Cases } from './case';

/** Errors inside of a stream whose status was 200. */
export const errors: Cases = {
  'behind-half-an-event': {
    says: [text('Hi'), broken({ code: 'upstream_error', text: 'stream_read_error' })],
  },
  anthropic: {
    says: [text('Once'), refused({ status: 503, code: 'overloaded_error', text: 'Overloaded' }, 'overloaded')],
  },
  'as-text': { says: [text('Once'), broken({ text: 'Stream error: connection reset' })] },
  cloudflare: { says: [broken({ code: '5021', text: 'AiError: The prompt is too long' })] },
  'code-and-message': {
    says: [
      text('Once'),
      broken({ code: 'DataInspectionFailed', text: 'Output data may contain inappropriate content.' }),
    ],
  },
  'detail-alone': { says: [broken({ text: 'Model is loading' })] },
  'empty-in-every-chunk': { says: [text('Hi there')] },
  'error-line-of-words': { says: [text('Once'), broken({ text: 'upstream timed out' })] },
  'event-error': {
    says: [
      text('Once'),
      refused({ status: 400, text: 'Requested sample logprobs of 21, which is greater than max allowed: 20' }),
    ],
  },
  'event-error-of-words': { says: [text('Once'), broken({ text: 'Internal error' })] },
  'first-of-all': {
    says: [
      refused(
        { status: 429, code: 'rate_limit_exceeded', type: 'requests', text: 'Rate limit reached for requests' },
        'tooFast',
      ),
    ],
  },
  'gemini-list': {
    says: [
      refused(
        { status: 503, code: 'UNAVAILABLE', text: 'The model is overloaded. Please try again later.' },
        'overloaded',
      ),
    ],
  },
  groq: { says: [text('Hi'), refused({ text: 'Rate limit reached' }, 'tooFast')] },
  'groq-failed-generation': {
    says: [
      refused({
        status: 400,
        code: 'tool_use_failed',
        type: 'invalid_request_error',
        text: "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
      }),
    ],
  },
  'in-delta': { says: [text('Once'), refused({ status: 500, text: 'Tool parser failed' })] },
  'insufficient-quota': {
    says: [
      refused(
        {
          status: 429,
          code: 'insufficient_quota',
          text: 'You exceeded your current quota, please check your plan and billing details.',
        },
        'noBalance',
      ),
    ],
  },
  'invalid-key': {
    says: [
      refused({
        status: 401,
        code: 'invalid_api_key',
        type: 'invalid_request_error',
        text: 'Incorrect API key provided',
      }),
    ],
  },
  litellm: {
    says: [
      text('Hi'),
      refused({ status: 500, text: 'litellm.MidStreamFallbackError: litellm.APIConnectionError: boom' }),
    ],
  },
  'llama-cpp-error-line': {
    says: [
      text('Once'),
      refused({ status: 400, code: 'invalid_request_error', text: 'the request exceeds the available context size' }),
    ],
  },
  'lm-studio-event-error': { says: [text('Once'), broken({ text: 'Compute error.' })] },
  'lm-studio-no-address': {
    says: [broken({ text: 'Unexpected endpoint or method. (POST /chat/completions)' }, 'unreadable')],
  },
  'message-alone': { says: [text('Once'), broken({ text: 'Internal server error' })] },
  'minimax-base-resp': { says: [refused({ code: '1008', text: 'insufficient balance' }, 'noBalance')] },
  'minimax-good-base-resp': { says: [text('Hi there')] },
  'model-not-found': {
    says: [
      refused(
        {
          status: 404,
          code: 'model_not_found',
          type: 'invalid_request_error',
          param: 'model',
          text: 'The model `qwen9` does not exist',
        },
        'unknownModel',
      ),
    ],
  },
  'new-api-document': {
    says: [refused({ status: 500, code: 'new_api_error', text: '当前分组上游负载已饱和，请稍后再试' }, 'overloaded')],
  },
  'number-and-message': { says: [text('Once'), refused({ status: 429, text: 'Too many requests' }, 'tooFast')] },
  'openai-error': {
    says: [
      text('Once upon'),
      refused({ status: 500, code: 'server_error', text: 'The server had an error while processing your request.' }),
    ],
  },
  'openrouter-error': { says: [text('Once'), refused({ status: 429, text: 'Rate limit exceeded' }, 'tooFast')] },
  'openrouter-mid-stream': {
    says: [text('Hi'), refused({ status: 500, code: 'server_error', text: 'Provider disconnected unexpectedly' })],
  },
  'openrouter-raw': {
    says: [
      refused(
        { status: 429, text: 'qwen/qwen3-coder:free is temporarily rate-limited upstream. Please retry shortly.' },
        'tooFast',
      ),
    ],
  },
  'page-in-event': { says: [text('Hi'), refused({ text: '504 Gateway Time-out', page: true }, 'page')] },
  spark: { says: [broken({ code: '10013', text: 'input contains sensitive words' })] },
  'text-beside-code': {
    says: [text('Once'), refused({ status: 503, code: 'Overloaded', text: 'Overloaded' }, 'overloaded')],
  },
  'text-in-the-same-chunk': { says: [text('Once'), refused({ status: 502, text: 'Worker died' })] },
  'vllm-error': {
    says: [
      text('Once'),
      usage(9, 1),
      refused({ status: 500, code: 'InternalServerError', text: 'CUDA ran out of memory' }),
    ],
  },
  'without-data': {
    says: [text('Once'), refused({ status: 500, code: 'server_error', text: 'CUDA out of memory' })],
  },
  'words-alone': { says: [broken({ text: 'Internal Server Error' }, 'unreadable')] },
  'words-within': { says: [text('Once'), broken({ text: 'upstream timed out' })] },
  'zhipu-number-as-text': { says: [refused({ code: '1113', text: '余额不足或无可用资源包,请充值。' }, 'noBalance')] },
};
