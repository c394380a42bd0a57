import { call, text, thinking, type Cases, OFFERED } from './case';

/** What models write for their server alone, and servers let pass: calls in the text, channels, marks of the end. */
export const leaks: Cases = {
  'end-of-turn': { says: [text('Hi there')] },
  endoftext: { says: [text('Hi there')] },
  harmony: { chat: OFFERED, says: [thinking('I look.'), call('ours', 'read', { path: 'a' })] },
  'harmony-final-alone': { model: { id: 'gpt-oss-20b' }, says: [text('Hi there')] },
  'harmony-final-of-json': { model: { id: 'gpt-oss-20b' }, says: [thinking('Hm.'), text('{"a":1}')] },
  'harmony-in-name': { chat: OFFERED, says: [call('c', 'read', { path: 'a' })] },
  'harmony-on-analysis': { chat: OFFERED, says: [thinking('I look.\n'), call('ours', 'read', { path: 'a' })] },
  'harmony-recipient-in-role': { chat: OFFERED, says: [thinking('I look.'), call('ours', 'read', { path: 'a' })] },
  'harmony-without-end': { chat: OFFERED, says: [call('ours', 'read', { path: 'a' })] },
  'harmony-without-marks': { model: { id: 'gpt-oss-20b' }, says: [thinking('We need to answer.'), text('four')] },
  'hermes-behind-reasoning-content': {
    chat: OFFERED,
    says: [thinking('I look.'), call('ours', 'read', { path: 'a' })],
  },
  'hermes-behind-text': { chat: OFFERED, says: [text('I look.\n'), call('ours', 'read', { path: 'a' })] },
  'hermes-behind-thought': { chat: OFFERED, says: [thinking('\nI look.\n'), call('ours', 'read', { path: 'a' })] },
  'hermes-of-another-tool': {
    chat: OFFERED,
    says: [text('<tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call>')],
  },
  'hermes-quoted': { chat: OFFERED, says: [text('Write `<tool_call>{"name":"read","arguments":{}}</tool_call>` so.')] },
  'hermes-two': { chat: OFFERED, says: [call('ours', 'read', { path: 'a' }), call('ours', 'read', { path: 'b' })] },
  'hermes-without-end': { chat: OFFERED, says: [call('ours', 'read', { path: 'a' })] },
  'hermes-without-tools': { says: [text('<tool_call>\n{"name": "read", "arguments": {}}\n</tool_call>')] },
  'im-end': { says: [text('Hi there')] },
  'namespace-in-name': { chat: OFFERED, says: [call('c', 'read', { path: 'a' })] },
  'qwen-coder': { chat: OFFERED, says: [call('ours', 'read', { path: 'a' })] },
};
