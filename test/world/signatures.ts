import { call, text, thinking, type Cases } from './case';

/** What servers sign of a thought, and want back with its call. */
export const signatures: Cases = {
  gemini: {
    says: [
      call(
        'jm4owj31',
        'read',
        { path: 'a' },
        { signature: { extra_content: { google: { thought_signature: 'EjQKMgEMOdbH' } } } },
      ),
    ],
  },
  'gemini-in-a-later-piece': {
    says: [
      call(
        'a',
        'read',
        { path: 'a' },
        { signature: { extra_content: { google: { thought_signature: 'EjQKMgEMOdbH' } } } },
      ),
    ],
  },
  'gemini-two-calls': {
    says: [
      call(
        'a',
        'read',
        { path: 'a' },
        { signature: { extra_content: { google: { thought_signature: 'EjQKMgEMOdbH' } } } },
      ),
      call('b', 'list', { all: true }),
    ],
  },
  github: {
    says: [thinking('I look.'), call('a', 'read', { path: 'a' }, { turnSignature: { reasoning_opaque: 'Zx9' } })],
  },
  'in-a-completion': {
    says: [
      call(
        'a',
        'read',
        { path: 'a' },
        {
          signature: { extra_content: { google: { thought_signature: 'EjQKMgEMOdbH' } } },
          turnSignature: { reasoning_details: [{ type: 'reasoning.encrypted', data: 'AY89' }] },
        },
      ),
    ],
  },
  'in-function': { says: [call('a', 'read', { path: 'a' }, { signature: { thought_signature: 'AY89' } })] },
  litellm: {
    says: [
      call('a', 'read', { path: 'a' }, { signature: { provider_specific_fields: { thought_signature: 'AY89' } } }),
    ],
  },
  'litellm-claude': {
    says: [
      thinking('I look.'),
      call(
        'a',
        'read',
        { path: 'a' },
        { turnSignature: { thinking_blocks: [{ type: 'thinking', thinking: 'I look.', signature: 'eyJ' }] } },
      ),
    ],
  },
  'openrouter-claude': {
    says: [
      thinking('I look.'),
      call(
        'a',
        'read',
        { path: 'a' },
        {
          turnSignature: {
            reasoning_details: [
              { type: 'reasoning.text', text: 'I look.', format: 'anthropic-claude-v1', index: 0, signature: 'eyJ' },
            ],
          },
        },
      ),
    ],
  },
  'openrouter-gemini': {
    says: [
      thinking('I look.'),
      call(
        'a',
        'read',
        { path: 'a' },
        {
          turnSignature: {
            reasoning_details: [
              { type: 'reasoning.text', text: 'I look.', format: 'google-gemini-v1', index: 0 },
              { type: 'reasoning.encrypted', data: 'AY89', id: 'a', format: 'google-gemini-v1', index: 1 },
            ],
          },
        },
      ),
    ],
  },
  vertex: {
    says: [
      call('a', 'read', { path: 'a' }, { signature: { extra_content: { vertex: { thought_signature: 'AY89' } } } }),
    ],
  },
  'without-a-call': { says: [text('Hi there')] },
};
