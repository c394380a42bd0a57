import { text, type Cases } from './case';

/** How the stream itself is written: lines, comments, keep-alives. */
export const framing: Cases = {
  'lines-of-all-kinds': { says: [text('ab\u2028c')] },
};
