import { broken, text, type Cases } from './case';

/** How an answer ends. */
export const endings: Cases = {
  'done-after-null': { says: [text('Once')] },
  'cut-between-events': { says: [text('Once upon'), broken({ text: 'it broke off' })] },
  'cut-in-text': { says: [text('Once upon'), broken({ text: 'it broke off' })] },
  filtered: { says: [text('Once'), broken({ text: "the server's content filter held it back" })] },
  'no-done': { says: [text('One two')] },
};
