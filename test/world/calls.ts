import { broken, call, type Cases } from './case';

/** Calls of tools. */
export const calls: Cases = {
  'cut-before-arguments': {
    says: [broken({ text: 'it reached its limit of tokens before its call of a tool was whole' })],
  },
  'cut-in-call': { says: [broken({ text: 'it reached its limit of tokens before its call of a tool was whole' })] },
  'no-ids': { says: [call('ours', 'first', { n: 1 }), call('ours', 'second', { n: 2 })] },
  'odd-arguments': { says: [broken({ text: 'the arguments of its call of a tool are no JSON object' })] },
};
