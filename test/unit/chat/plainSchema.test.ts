import assert from 'node:assert/strict';

import { plainSchema } from '../../../src/core/chat/plainSchema';

const TEXT = { type: 'string' };
const of = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** What one member of a schema becomes. */
const MEMBERS: Readonly<Record<string, readonly [member: unknown, plain: object]>> = {
  'what is plain': [
    { type: 'array', description: 'd', items: { type: 'string', enum: ['a'] } },
    { type: 'array', description: 'd', items: { type: 'string', enum: ['a'] } },
  ],
  'keywords that not everybody knows': [
    { type: 'string', title: 't', default: 'a', examples: ['a'], pattern: 'a+', minLength: 1, format: 'uri', not: {} },
    TEXT,
  ],
  'a constant': [{ const: 'a' }, { type: 'string', enum: ['a'] }],
  'a number as a constant': [{ const: 1 }, { type: 'number', description: 'One of [1].' }],
  'a list of numbers': [
    { type: 'integer', description: 'How.', enum: [1, 2] },
    { type: 'integer', description: 'How. One of [1,2].' },
  ],
  'something or null': [
    { type: ['string', 'null'], description: 'd' },
    { type: 'string', description: 'd' },
  ],
  'something or null, as a choice': [
    { description: 'd', default: null, anyOf: [{ type: 'string', description: 'e' }, { type: 'null' }] },
    { type: 'string', description: 'd' },
  ],
  'several types': [{ type: ['string', 'number'] }, { anyOf: [TEXT, { type: 'number' }] }],
  'a choice beside a type': [
    { type: 'array', description: 'd', oneOf: [{ type: 'string' }, { type: 'array', items: TEXT }] },
    {
      anyOf: [
        { type: 'string', description: 'd' },
        { type: 'array', description: 'd', items: TEXT },
      ],
    },
  ],
  'a choice of objects in one': [
    { ...of({ a: TEXT }), anyOf: [{ required: ['a'] }, { properties: { b: TEXT }, required: ['b'] }] },
    of({ a: TEXT, b: TEXT }),
  ],
  'a choice of objects that is needed': [
    { ...of({ a: TEXT }, { required: ['a'] }), anyOf: [{ properties: { b: TEXT }, required: ['b'] }, {}] },
    of({ a: TEXT, b: TEXT }, { required: ['a'] }),
  ],
  'something or null that is described itself': [
    { anyOf: [{ type: 'string', description: 'e' }, { type: 'null' }] },
    { type: 'string', description: 'e' },
  ],
  'values of several types': [{ enum: ['a', 1] }, { type: 'string', description: 'One of ["a",1].' }],
  'a truth as a constant': [{ const: true }, { type: 'boolean', description: 'One of [true].' }],
  'an object without a type': [{ properties: { a: TEXT } }, of({ a: TEXT })],
  'a list without a type': [{ items: { type: 'number' } }, { type: 'array', items: { type: 'number' } }],
  'a description that is none': [{ type: 'string', description: 5 }, TEXT],
  'all of several, one of them nothing': [{ allOf: [null, of({ a: TEXT })] }, of({ a: TEXT })],
  'all of several': [
    { allOf: [of({ a: TEXT }, { required: ['a'] }), of({ b: TEXT })], description: 'd' },
    of({ a: TEXT, b: TEXT }, { description: 'd', required: ['a'] }),
  ],
  anything: [true, TEXT],
  'anything that has a description': [{ description: 'd' }, { type: 'string', description: 'd' }],
  'a list of anything': [{ type: 'array' }, { type: 'array', items: TEXT }],
  'a tuple': [
    { type: 'array', items: [{ type: 'number' }, TEXT] },
    { type: 'array', items: { type: 'number' } },
  ],
  'an object of anything': [{ type: 'object', additionalProperties: true }, of({})],
  'a member that is needed and unknown': [
    of({ a: TEXT }, { required: ['a', 'b'] }),
    of({ a: TEXT }, { required: ['a'] }),
  ],
  'a reference': [{ $ref: '#/$defs/item', description: 'd' }, of({ n: { type: 'number' } }, { description: 'd' })],
  'a reference within itself': [{ $ref: '#/$defs/tree' }, of({ next: { type: 'object' } })],
  'a reference to nothing': [{ $ref: 'https://example.com/a.json' }, TEXT],
};

describe('a plain schema', () => {
  for (const [what, [member, plain]] of Object.entries(MEMBERS)) {
    it(`says of ${what}: ${JSON.stringify(plain)}`, () => {
      const $defs = {
        item: of({ n: { type: 'number' } }),
        tree: of({ next: { $ref: '#/$defs/tree' } }),
      };
      const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...of({ member }), $defs };

      assert.deepEqual(plainSchema({ ...schema, additionalProperties: false }), of({ member: plain }));
    });
  }

  it('is that of an object at the top, where that is a choice or a reference too', () => {
    const own = of({ a: TEXT }, { required: ['a'] });

    assert.deepEqual(plainSchema({ type: 'object', $ref: '#/definitions/own', definitions: { own } }), own);
    assert.deepEqual(plainSchema({ type: 'object', oneOf: [own, of({ b: TEXT })] }), of({ a: TEXT, b: TEXT }));
  });

  it('ends where a schema does not', () => {
    const endless: Record<string, unknown> = { type: 'array' };
    endless['items'] = endless;

    assert.ok(JSON.stringify(plainSchema(endless)).length < 1000);
  });
});
