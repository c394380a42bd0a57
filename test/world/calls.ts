import { broken, call, text, type Cases } from './case';

/** Calls of tools: where one ends and another begins. */
export const calls: Cases = {
  'arguments-under-another-index': { says: [call('call_1', 'read', { path: 'a' })] },
  'between-texts': { says: [text('I look. Wait.'), call('call_1', 'read', { path: 'a' })] },
  'cut-before-arguments': {
    says: [broken({ text: 'it reached its limit of tokens before its call of a tool was whole' })],
  },
  'cut-in-call': { says: [broken({ text: 'it reached its limit of tokens before its call of a tool was whole' })] },
  'function-call-of-the-older-api': { says: [call('ours', 'read', { path: 'a' })] },
  'id-and-name-in-every-chunk': { says: [call('call_1', 'read', { path: 'a' })] },
  'id-behind-arguments': { says: [call('call_1', 'read', { path: 'a' })] },
  'in-the-last-chunk': { says: [call('call_1', 'read', { path: 'a' })] },
  'index-0-interleaved-by-id': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })] },
  'index-0-one-tool-twice-without-ids': {
    says: [call('ours', 'read', { path: 'a' }), call('ours', 'read', { path: 'b' })],
  },
  'index-0-twice': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })] },
  'index-0-twice-in-one-chunk': {
    says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })],
  },
  'index-0-twice-in-pieces': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })] },
  'index-0-twice-without-ids': { says: [call('ours', 'read', { path: 'a' }), call('ours', 'list', { all: true })] },
  'index-as-text': { says: [call('call_1', 'read', { path: 'a' })] },
  'index-from-1': { says: [call('call_1', 'read', { path: 'a' })] },
  'name-behind-id': { says: [call('call_1', 'read', { path: 'a' })] },
  'name-in-every-chunk': { says: [call('call_1', 'read', { path: 'a' })] },
  'names-none': { says: [broken({ text: 'its call of a tool names none' })] },
  'no-ids': { says: [call('ours', 'first', { n: 1 }), call('ours', 'second', { n: 2 })] },
  'no-index': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })] },
  'no-index-in-one-chunk': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })] },
  'no-index-in-pieces': { says: [call('call_1', 'read', { path: 'a' }), call('call_2', 'list', { all: true })] },
  'number-as-id': { says: [call('1', 'read', { path: 'a' })] },
  'odd-arguments': { says: [broken({ text: 'the arguments of its call of a tool are no JSON object' })] },
  'one-call-many-ids': { says: [call('call_1', 'read', { path: 'a' })] },
  'one-id-in-every-chunk': { says: [call('call_1', 'read', { path: 'a' })] },
  'one-id-twice': { says: [call('call_1', 'read', { path: 'a' }), call('ours', 'list', { all: true })] },
  'one-without-a-list': { says: [call('call_1', 'read', { path: 'a' })] },
  'stray-entries': { says: [call('call_1', 'read', { path: 'a' })] },
  'with-reason-stop': { says: [call('call_1', 'read', { path: 'a' })] },
  'without-arguments': { says: [call('call_1', 'now', {})] },
  'without-function': { says: [call('call_1', 'read', { path: 'a' })] },
};
