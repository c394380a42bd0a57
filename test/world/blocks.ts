import { broken, call, text, thinking, type Cases } from './case';

const PICTURE = broken({ text: 'it holds a picture, and only text is shown here' });

/** Content and thinking in other shapes than a text. */
export const blocks: Cases = {
  'block-without-a-list': { says: [text('Hi there')] },
  completion: { says: [thinking('Greet.'), text('Hi there')] },
  'delta-as-text': { says: [text('Hi')] },
  'delta-as-text-in-data': { says: [text('Hi there')] },
  'mistral-thinking': { says: [thinking('Greet them.'), text('Hi there')] },
  'nothing-in-it': { says: [text('Hi there')] },
  number: { says: [text('42')] },
  'picture-as-block': { says: [text('Here it is.'), PICTURE] },
  'picture-inline': { says: [PICTURE] },
  pictures: { says: [text('Here it is.'), PICTURE] },
  parts: { says: [text('Hi there')] },
  'reasoning-and-output': { says: [thinking('Greet.'), text('Hi there')] },
  'reasoning-as-blocks': { says: [thinking('Greet.'), text('Hi there')] },
  'reasoning-as-object': { says: [thinking('Greet.'), text('Hi there')] },
  'reasoning-details-alone': { says: [thinking('Greet.'), text('Hi there')] },
  references: { says: [text('Hi there')] },
  refusal: { says: [text('I cannot do that.')] },
  sound: { says: [broken({ text: 'it holds a sound, and only text is shown here' })] },
  'sound-with-its-words': { says: [text('Hi there')] },
  strings: { says: [text('Hi there')] },
  'text-without-type': { says: [text('Hi there')] },
  'text-beside-an-empty-delta': { says: [text('Hi there')] },
  texts: { says: [text('Hi there')] },
  'thinking-and-text-by-turns': { says: [thinking('One.'), text('A'), thinking('Two.'), text('B')] },
  'thinking-as-text': { says: [thinking('Greet.'), text('Hi there')] },
  'thinking-by-other-names': { says: [thinking('ABCD'), text('Hi there')] },
  'tool-use': { says: [text('I look.'), call('toolu_1', 'read', { path: 'a' })] },
};
