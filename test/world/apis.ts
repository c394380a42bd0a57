import { broken, call, refused, text, thinking, usage, type Cases, OFFERED } from './case';

/** Answers of other APIs, where a proxy or an address leads to one. */
export const apis: Cases = {
  cloudflare: { says: [text('Hi there'), usage(20, 4)] },
  'cloudflare-call': { says: [call('ours', 'read', { path: 'a' })] },
  'cloudflare-document': { says: [text('Hi there'), usage(20, 4)] },
  anthropic: { says: [text('Hi there'), usage(5, 2)] },
  'anthropic-call': { chat: OFFERED, says: [call('toolu_1', 'read', { path: 'a' })] },
  'anthropic-cut': { says: [text('Hi'), broken({ text: 'it broke off' })] },
  'anthropic-error': {
    says: [text('Hi'), refused({ status: 503, code: 'overloaded_error', text: 'Overloaded' }, 'overloaded')],
  },
  'anthropic-max-tokens': { says: [text('Hi'), broken({ text: 'it was cut at its limit of tokens' })] },
  'anthropic-message': { says: [thinking('Greet.'), text('Hi there'), usage(5, 2)] },
  'anthropic-thinking': { says: [thinking('Greet.'), text('Hi')] },
  'anthropic-two-calls': {
    chat: OFFERED,
    says: [call('t1', 'read', { path: '1' }), call('t2', 'read', { path: '2' })],
  },
  baidu: { says: [text('Hi there'), usage(5, 2)] },
  gemini: { says: [thinking('Hm.'), text('Hi there'), usage(5, 2)] },
  'gemini-blocked': { says: [broken({ text: "the server's content filter held it back" })] },
  'gemini-call': { chat: OFFERED, says: [call('ours', 'read', { path: 'a' })] },
  ollama: { says: [text('Hi there'), usage(5, 2)] },
  'ollama-call': { chat: OFFERED, says: [call('ours', 'read', { path: 'a' })] },
  'ollama-cut': { says: [text('Hi'), broken({ text: 'it broke off' })] },
  'ollama-error': { says: [refused({ text: "model 'q' not found" }, 'unknownModel')] },
  'ollama-generate': { says: [text('Hi there')] },
  'ollama-length': { says: [text('Hi'), broken({ text: 'it was cut at its limit of tokens' })] },
  'ollama-thinking': { says: [thinking('Greet.'), text('Hi')] },
  'ollama-two-calls': {
    chat: OFFERED,
    says: [call('ours', 'read', { path: 'a' }), call('ours', 'read', { path: 'b' })],
  },
  responses: { says: [thinking('Greet.'), text('Hi there'), usage(5, 2)] },
  'responses-failed': { says: [refused({ status: 500, code: 'server_error', text: 'It broke.' })] },
};
