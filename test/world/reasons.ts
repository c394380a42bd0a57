import { broken, refused, text, type Cases } from './case';

/** Reasons to end that mean failure. */
export const reasons: Cases = {
  'content-filter-with-kind': { says: [text('Once'), broken({ text: "the server's content filter held it back" })] },
  'function-call-filter': {
    says: [text('Once'), broken({ text: 'it ended with "function_call_filter: MALFORMED_FUNCTION_CALL"' })],
  },
  object: { says: [text('Once'), broken({ text: 'it ended with "abort: Abort before prefill"' })] },
  abort: { says: [text('Once'), broken({ text: 'it ended with "abort"' })] },
  'behind-a-call': { says: [broken({ text: 'it ended with "network_error"' })] },
  'content-filter': { says: [text('Once'), broken({ text: "the server's content filter held it back" })] },
  error: { says: [text('Once'), broken({ text: 'it ended with "error"' })] },
  'in-delta': { says: [text('Once'), broken({ text: 'it ended with "network_error"' })] },
  'insufficient-system-resource': {
    says: [text('Once'), broken({ text: 'it ended with "insufficient_system_resource"' })],
  },
  'malformed-function-call': { says: [text('Once'), broken({ text: 'it ended with "malformed_function_call"' })] },
  'network-error': { says: [text('Once'), broken({ text: 'it ended with "network_error"' })] },
  repetition: { says: [text('Once'), broken({ text: 'it ended with "repetition"' })] },
  safety: { says: [text('Once'), broken({ text: "the server's content filter held it back" })] },
  sensitive: { says: [text('Once'), broken({ text: "the server's content filter held it back" })] },
  unknown: { says: [text('Once'), broken({ text: 'it ended with "unknown"' })] },
  'words-behind-it': {
    says: [text('Once'), refused({ status: 502, text: 'Upstream closed the connection' })],
  },
  'words-in-choice': {
    says: [text('Once'), refused({ status: 502, text: 'Upstream closed the connection' })],
  },
};
