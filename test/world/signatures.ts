import { call, text, thinking, type Cases } from './case';

const OF_GOOGLE = { extra_content: { google: { thought_signature: 'EjQKMgEMOdbH' } } };
const readAs = (id: string, signed: object): object => call(id, 'read', { path: 'a' }, signed);
const read = (signed: object): object => readAs('a', signed);

/** What servers sign of a thought, and want back with its call. */
export const signatures: Cases = {
  gemini: {
    says: [readAs('jm4owj31', { signature: OF_GOOGLE })],
  },
  'gemini-in-a-later-piece': {
    says: [read({ signature: OF_GOOGLE })],
  },
  'gemini-two-calls': {
    says: [read({ signature: OF_GOOGLE }), call('b', 'list', { all: true })],
  },
  github: {
    says: [thinking('I look.'), read({ turnSignature: { reasoning_opaque: 'Zx9' } })],
  },
  'in-a-completion': {
    says: [
      read({
        signature: OF_GOOGLE,
        turnSignature: { reasoning_details: [{ type: 'reasoning.encrypted', data: 'AY89' }] },
      }),
    ],
  },
  'in-function': { says: [read({ signature: { thought_signature: 'AY89' } })] },
  litellm: {
    says: [read({ signature: { provider_specific_fields: { thought_signature: 'AY89' } } })],
  },
  'litellm-claude': {
    says: [
      thinking('I look.'),
      read({ turnSignature: { thinking_blocks: [{ type: 'thinking', thinking: 'I look.', signature: 'eyJ' }] } }),
    ],
  },
  'openrouter-claude': {
    says: [
      thinking('I look.'),
      read({
        turnSignature: {
          reasoning_details: [
            { type: 'reasoning.text', text: 'I look.', format: 'anthropic-claude-v1', index: 0, signature: 'eyJ' },
          ],
        },
      }),
    ],
  },
  'openrouter-gemini': {
    says: [
      thinking('I look.'),
      read({
        turnSignature: {
          reasoning_details: [
            { type: 'reasoning.text', text: 'I look.', format: 'google-gemini-v1', index: 0 },
            { type: 'reasoning.encrypted', data: 'AY89', id: 'a', format: 'google-gemini-v1', index: 1 },
          ],
        },
      }),
    ],
  },
  vertex: {
    says: [read({ signature: { extra_content: { vertex: { thought_signature: 'AY89' } } } })],
  },
  'without-a-call': { says: [text('Hi there')] },
};
