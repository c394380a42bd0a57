import type { ChatPart } from './parts';

/** Tells the thinking of an answer from what it says, where the server leaves both in one text. */
export interface ThinkTag {
  /** The parts of a text's next piece, as far as it is certain what they are. */
  feed(text: string): readonly ChatPart[];
  /** What was held back because more could have come. */
  rest(): readonly ChatPart[];
}

const OPEN = '<think>';
const CLOSE = '</think>';
/** More blanks than this, in characters, begin no thought. */
const MOST_BLANKS = 1000;

/** Reads an answer that may begin with `<think>…</think>`, as local servers and MiniMax send it. */
export function createThinkTag(): ThinkTag {
  let state: 'beginning' | 'thinking' | 'between' | 'saying' = 'beginning';
  let held = '';
  const give = (kind: 'text' | 'thinking', text: string): readonly ChatPart[] => (text === '' ? [] : [{ kind, text }]);
  const all = (kind: 'text' | 'thinking'): readonly ChatPart[] => {
    const text = held;
    held = '';
    return give(kind, text);
  };

  const feed = (text: string): readonly ChatPart[] => {
    held += text;
    switch (state) {
      case 'beginning': {
        const start = held.trimStart();
        if (held.length < MOST_BLANKS && start.length < OPEN.length && OPEN.startsWith(start)) return [];
        state = start.startsWith(OPEN) ? 'thinking' : 'saying';
        if (state === 'thinking') held = start.slice(OPEN.length);
        return feed('');
      }
      case 'thinking': {
        const end = held.indexOf(CLOSE);
        const thought = held.slice(0, end < 0 ? held.length - overlap(held) : end);
        held = held.slice(end < 0 ? thought.length : end + CLOSE.length);
        if (end < 0) return give('thinking', thought);
        state = 'between';
        return [...give('thinking', thought), ...feed('')];
      }
      case 'between':
        held = held.trimStart();
        if (held === '') return [];
        state = 'saying';
        return all('text');
      case 'saying':
        return all('text');
    }
  };
  return { feed, rest: () => all(state === 'thinking' ? 'thinking' : 'text') };
}

/** How much of the end of a text may be the beginning of the closing tag. */
function overlap(text: string): number {
  for (let length = CLOSE.length - 1; length > 0; length -= 1) if (text.endsWith(CLOSE.slice(0, length))) return length;
  return 0;
}
