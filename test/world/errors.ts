import { broken, text, usage, type Cases } from './case';

/** Errors inside of a stream whose status was 200. */
export const errors: Cases = {
  'openai-error': {
    says: [
      text('Once upon'),
      broken(
        { status: 500, code: 'server_error', text: 'The server had an error while processing your request.' },
        'status',
      ),
    ],
  },
  'openrouter-error': { says: [text('Once'), broken({ status: 429, text: 'Rate limit exceeded' }, 'status')] },
  'vllm-error': {
    says: [
      text('Once'),
      usage(9, 1),
      broken({ status: 500, code: 'InternalServerError', text: 'CUDA ran out of memory' }, 'status'),
    ],
  },
};
