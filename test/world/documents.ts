import { broken, call, refused, text, thinking, usage, type Cases } from './case';

/** One document in place of events, whole messages in place of what is new, and what is no answer at all. */
export const documents: Cases = {
  'calls-once-more-at-the-end': { says: [call('call_1', 'read', { path: 'a' })] },
  completion: { says: [text('Hi there'), usage(5, 2)] },
  'completion-as-event': { says: [text('Hi there')] },
  'completion-cut': { says: [text('Hi there'), broken({ text: 'it was cut at its limit of tokens' })] },
  'completion-in-lines': { says: [text('Hi there'), usage(5, 2)] },
  'completion-with-calls': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', {})] },
  'completion-with-think-tag': { says: [thinking('Greet.'), text('Hi there')] },
  'completion-with-thought': { says: [thinking('Greet.'), text('Hi there')] },
  'completion-without-reason': { says: [text('Hi there')] },
  'completion-without-type': { says: [text('Hi there')] },
  'copilot-two-choices': { says: [text('I look.'), call('call_1', 'read', { path: 'a' })] },
  'dashscope-output': { says: [text('Hi there')] },
  'delta-like-one-that-grows': { says: [text('1100')] },
  'delta-that-grows': { says: [text('Hi there')] },
  error: { says: [refused({ status: 503, code: 'server_error', text: 'The server is overloaded' }, 'overloaded')] },
  'error-beside-choices': {
    says: [refused({ status: 404, code: 'model_not_found', text: 'Model not loaded' }, 'unknownModel')],
  },
  'error-in-choice': {
    says: [text('Once'), refused({ status: 502, text: 'Upstream closed the connection' })],
  },
  'lines-of-json': { says: [text('Hi there')] },
  'message-in-place-of-delta': { says: [text('Hi there')] },
  'message-that-grows': { says: [text('Hi there')] },
  'minimax-whole-at-the-end': { says: [thinking('Greet them.'), text('Hi there'), usage(5, 2)] },
  'no-choices': { says: [usage(5, 0), broken({ text: 'it holds no answer' })] },
  nothing: { says: [broken({ text: 'the answer is empty' }, 'unreadable')] },
  'null-choices-alone': { says: [broken({ text: 'it holds no answer' })] },
  page: { says: [broken({ text: 'Just a moment...' }, 'unreadable')] },
  'plain-text': { says: [broken({ text: 'upstream connect error or disconnect/reset before headers' }, 'unreadable')] },
  'text-in-place-of-delta': { says: [text('Hi there')] },
  'thought-that-grows': { says: [thinking('Two and two'), text('42')] },
  'whole-at-the-end-with-more': { says: [text('Hi there')] },
};
