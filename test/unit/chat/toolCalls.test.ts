import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
import { ToolCalls } from '../../../src/core/chat/toolCalls';

const MIB = 1024 * 1024;
const TOOLS = ['f', 'g', 'read_file'];
const calls = () => {
  let made = 0;
  const newId = (): string => `new${(made += 1)}`;
  return new ToolCalls(
    newId,
    (name) => TOOLS.includes(name),
    (text) => new RequestError('a.example', 'unusable', { text }),
  );
};
const read = (pieces: readonly object[], isCut = false) => {
  const all = calls();
  for (const piece of pieces) all.feed({ ...piece });
  return all.whole(isCut);
};
const piece = (index: number | undefined, id?: string, name?: string, json?: string) => ({
  ...(index !== undefined && { index }),
  ...(id !== undefined && { id }),
  function: { ...(name !== undefined && { name }), ...(json !== undefined && { arguments: json }) },
});

/** Pieces of calls, and the calls that they are: `id name arguments`. */
const STREAMS: Readonly<Record<string, readonly [pieces: readonly object[], ...calls: readonly string[]]>> = {
  'behind entries that say nothing': [[{ index: 0 }, piece(1, 'a', 'f', '{}')], 'a f {}'],
  'behind entries of blanks': [[piece(0, '', '', ' '), piece(1, 'a', 'f', '{}')], 'a f {}'],
  'with an entry that says nothing': [[piece(0, 'a', 'f'), { index: 1 }, piece(0, '', '', '{"x":1}')], 'a f {"x":1}'],
  'by turns, by their ids': [
    [piece(0, 'a', 'f', '{"x"'), piece(0, 'b', 'g', '{"y"'), piece(0, 'a', '', ':1}'), piece(0, 'b', '', ':2}')],
    'a f {"x":1}',
    'b g {"y":2}',
  ],
  'by turns, by ids and names in every piece': [
    [
      piece(undefined, 'a', 'f', '{"x"'),
      piece(undefined, 'b', 'g', '{"y"'),
      piece(undefined, 'a', 'f', ':1}'),
      piece(undefined, 'b', 'g', ':2}'),
    ],
    'a f {"x":1}',
    'b g {"y":2}',
  ],
  'of one index, where a later piece has no id': [
    [piece(0, 'a', 'f', '{"x":1}'), piece(0, 'b', 'g', '{"y"'), piece(0, undefined, undefined, ':2}')],
    'a f {"x":1}',
    'b g {"y":2}',
  ],
  'whose id comes before its name': [
    [piece(0, 'a', 'f', '{}'), piece(1, 'b'), piece(1, '', 'g', '{}')],
    'a f {}',
    'b g {}',
  ],
  'without an id': [[piece(0, 'a', 'f', '{}'), piece(1, '', 'g', '{}')], 'a f {}', 'new1 g {}'],
  'whose id changes before its name comes': [[piece(0, 'a'), piece(0, 'b', 'f', '{}')], 'a f {}'],
  'without index and id, of one tool': [
    [piece(undefined, '', 'f'), piece(undefined, '', 'f')],
    'new1 f {}',
    'new2 f {}',
  ],
  'without index, whose id comes before its name': [[piece(undefined, 'a'), piece(undefined, '', 'f', '{}')], 'a f {}'],
  'of one index, without ids and arguments': [[piece(0, '', 'f'), piece(0, '', 'g')], 'new1 f {}', 'new2 g {}'],
  'of one index and tool, with blanks between': [
    [piece(0, '', 'f', '{"x":1}'), piece(0, '', 'f', ' '), piece(0, '', 'f', '{"x":2}')],
    'new1 f {"x":1}',
    'new2 f {"x":2}',
  ],
  'with what looks like a call in a text': [
    [piece(0, '', 'f', '{"x":"'), piece(0, '', 'f', '{}'), piece(0, '', 'f', '"}')],
    'new1 f {"x":"{}"}',
  ],
  'that comes whole twice': [[piece(0, '', 'f', '{"x":1}'), piece(0, '', 'f', '{"x":1}')], 'new1 f {"x":1}'],
  'of a tool that nobody offered, and of another': [
    [piece(0, '', 'gone', '{}'), piece(0, '', 'g', '{}')],
    'new1 gone {}',
    'new2 g {}',
  ],
  'whose name comes in pieces': [[piece(0, 'a', 'read'), piece(0, '', '_file', '{}')], 'a read_file {}'],
  'whose name grows': [[piece(0, 'a', 'read'), piece(0, '', 'read_file', '{}')], 'a read_file {}'],
  'with the name in every piece': [[piece(0, 'a', 'f'), piece(0, '', 'f', '{}')], 'a f {}'],
  'whose id is a number': [[{ id: 7, function: { name: 'f' } }], '7 f {}'],
  'of one id': [[piece(0, 'a', 'f', '{}'), piece(1, 'a', 'g', '{}')], 'a f {}', 'new1 g {}'],
  'with parameters': [[{ function: { name: 'f', parameters: { x: 1 } } }], 'new1 f {"x":1}'],
  'with an input': [[{ name: 'f', input: { x: 1 } }], 'new1 f {"x":1}'],
  'with blanks around the name': [[piece(0, 'a', '  functions.f ', '{}')], 'a f {}'],
  'of a namespace': [[piece(0, 'a', 'default_api:f', '{}')], 'a f {}'],
  'of a namespace within the name': [[piece(0, 'a', 'my.functions.f', '{}')], 'a my.functions.f {}'],
  'with marks behind the name': [[piece(0, 'a', 'f<|channel|>a\nb', '{}')], 'a f {}'],
};

describe('calls of tools', () => {
  for (const [what, [pieces, ...expected]] of Object.entries(STREAMS)) {
    it(`are put together ${what}`, () => {
      assert.deepEqual(
        read(pieces).map(({ id, name, input }) => `${id} ${name} ${JSON.stringify(input)}`),
        expected,
      );
    });
  }

  it('are none before the first piece', () => {
    const all = calls();
    assert.equal(all.isEmpty, true);
    all.feed(piece(0, 'a', 'f'));

    assert.equal(all.isEmpty, false);
  });

  for (const name of ['extra_content', 'provider_specific_fields', 'thought_signature', 'thoughtSignature']) {
    it(`have what is signed by ${name}, of the call or its function`, () => {
      const call = { id: 'a', name: 'f', input: {}, signature: { [name]: 'S' } };

      assert.deepEqual(read([{ id: 'a', function: { name: 'f' }, [name]: 'S' }]), [call]);
      assert.deepEqual(read([piece(0, 'a', 'f'), { index: 0, function: { [name]: 'S', arguments: '{}' } }]), [call]);
    });
  }

  for (const [what, pieces, isCut, text] of [
    ['without a name', [piece(0, 'a', '', '{}')], false, 'its call of a tool names none'],
    [
      'whose arguments come before another has a name',
      [piece(0, 'a', '', '{}'), piece(0, 'b', 'f')],
      false,
      'its call of a tool names none',
    ],
    [
      'whose arguments are a list',
      [piece(0, 'a', 'f', '[1]')],
      false,
      'the arguments of its call of a tool are no JSON object',
    ],
    [
      'that is cut',
      [piece(0, 'a', 'f', '{"x":1')],
      true,
      'it reached its limit of tokens before its call of a tool was whole',
    ],
    [
      'that is cut behind blanks',
      [piece(0, 'a', 'f', ' ')],
      true,
      'it reached its limit of tokens before its call of a tool was whole',
    ],
  ] as const) {
    it(`are refused where there is one ${what}`, () => {
      assert.throws(() => read(pieces, isCut), { details: { text } });
    });
  }

  for (const [what, more] of [
    ['names', (at: number) => piece(at, '', `${at}${'x'.repeat(MIB)}`)],
    ['ids', (at: number) => piece(at, `${at}${'x'.repeat(MIB)}`, 'f')],
    ['arguments', (at: number) => piece(at, '', 'f', 'x'.repeat(MIB))],
    ['signatures', (at: number) => ({ ...piece(at, '', 'f'), extra_content: { at, said: 'x'.repeat(MIB) } })],
    ['pieces of arguments', () => piece(0, '', '', 'x'.repeat(MIB))],
  ] as const) {
    it(`have an end, however long their ${what} are`, () => {
      const all = calls();
      for (let at = 0; at < 3; at += 1) all.feed(more(at));

      assert.throws(
        () => {
          for (let at = 3; at < 5; at += 1) all.feed(more(at));
        },
        { details: { text: 'it asks for a tool without end' } },
      );
    });
  }

  it('may be signed anew with each of their pieces', () => {
    const signature = { extra_content: 'x'.repeat(MIB) };
    const pieces = ['{"x"', ':', '1', '}', '', ''].map((json) => ({ ...piece(0, 'a', 'f', json), ...signature }));

    assert.deepEqual(read(pieces), [{ id: 'a', name: 'f', input: { x: 1 }, signature }]);
  });
});
