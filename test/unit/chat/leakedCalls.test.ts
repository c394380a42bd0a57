import assert from 'node:assert/strict';

import { LeakedCalls } from '../../../src/core/chat/leakedCalls';

const members = { path: { type: 'string' }, all: { type: 'boolean' }, deep: { type: 'object' } };
const TOOLS = [
  { name: 'read', description: 'd', inputSchema: { type: 'object', properties: members } },
  { name: 'list', description: 'd' },
];
const CALL = '<tool_call>{"name": "list", "arguments": {}}</tool_call>';

/** A text, and what is read of it: the texts, and `name input` for each call. */
const TEXTS: Readonly<Record<string, readonly [text: string, ...read: readonly string[]]>> = {
  'of no call': ['a < b, so to=functions.list is <b>bold</b>', 'a < b, so to=functions.list is <b>bold</b>'],
  'of a call': [CALL, 'list {}'],
  'of texts and calls': [`I look.\n${CALL}\n ${CALL}\nSo.`, 'I look.\n', 'list {}', 'list {}', 'So.'],
  'of a call without an end': ['<tool_call>\n{"name": "list"}', 'list {}'],
  'of a call that is no JSON': ['<tool_call>{"name": "list" </tool_call>', '<tool_call>{"name": "list" </tool_call>'],
  'of a call of no tool': ['<tool_call>{"name": "rm"}</tool_call>', '<tool_call>{"name": "rm"}</tool_call>'],
  'of a call with its end twice': [`${CALL}</tool_call>\n</tool_call>So`, 'list {}', 'So'],
  'of an end alone': ['So</tool_call>', 'So</tool_call>'],
  'of a call behind code': [`\`a\` ${CALL}`, '`a` ', 'list {}'],
  'of several calls in one': [
    '<tool_call>[{"name":"list"},{"name":"read","arguments":{}}]</tool_call>',
    'list {}',
    'read {}',
  ],
  'of several calls, one of no tool': [
    '<tool_call>[{"name":"list"},{"name":"rm"}]</tool_call>',
    '<tool_call>[{"name":"list"},{"name":"rm"}]</tool_call>',
  ],
  'of a call of Llama': ['<|python_tag|>{"name":"list"}<|eom_id|>So', 'list {}', 'So'],
  'of a call of Llama, with its other end': ['<|python_tag|>{"name":"list"}<|eot_id|>', 'list {}'],
  'of blanks before a call': [` \n${CALL}`, ' \n', 'list {}'],
  'of a call for somebody else': [
    '<|channel|>commentary to=user<|message|>{}<|call|>',
    '<|channel|>commentary to=user<|message|>{}<|call|>',
  ],
  'of a recipient within a text': [
    'Hi to=functions.list<|message|>{}<|call|>',
    'Hi to=functions.list<|message|>{}<|call|>',
  ],
  'of a call as code': [`\`\`\`\n${CALL}\n\`\`\``, `\`\`\`\n${CALL}\n\`\`\``],
  'of a call with parameters': ['<tool_call>{"name": "list", "parameters": {"a": 1}}</tool_call>', 'list {"a":1}'],
  'of a call with lines in a text': [
    '<tool_call>{"name": "read", "arguments": {"path": "a\nb",}}</tool_call>',
    'read {"path":"a\\nb"}',
  ],
  'of Qwen’s coders': [
    '<tool_call>\n<function=read>\n<parameter=path>\n 1\n</parameter>\n<parameter=all>\ntrue\n</parameter>\n' +
      '<parameter=deep>\n{"a": 1}\n</parameter>\n</function>\n</tool_call>',
    'read {"path":" 1","all":true,"deep":{"a":1}}',
  ],
  'of Qwen’s coders, without members': ['<tool_call><function=list></function></tool_call>', 'list {}'],
  'of GLM': [
    '<tool_call>read\n<arg_key>path</arg_key>\n<arg_value>a</arg_value>\n<arg_key>all</arg_key>\n<arg_value>true</arg_value>\n</tool_call>',
    'read {"path":"a","all":true}',
  ],
  'of GLM, without members': ['<tool_call>list\n</tool_call>', 'list {}'],
  'of gpt-oss': ['<|channel|>commentary to=functions.list <|constrain|>json<|message|>{"a":1}<|call|>', 'list {"a":1}'],
  'of gpt-oss, without a channel': [
    ' to=functions.list<|channel|>commentary json<|message|>{"a":1}<|call|>',
    'list {"a":1}',
  ],
  'of gpt-oss, for nobody': ['<|channel|>other<|message|>Hi', '<|channel|>other<|message|>Hi'],
  'of gpt-oss, without a message': [`<|channel|>${'x'.repeat(300)}`, `<|channel|>${'x'.repeat(300)}`],
  'of Llama’s functions, with words behind': ['<function=list>{}</function>So', 'list {}', 'So'],
  'of Seed, with words behind': ['<seed:tool_call>{"name":"list"}</seed:tool_call>So', 'list {}', 'So'],
  'of Kimi, with words behind': [
    '<|tool_calls_section_begin|><|tool_call_begin|>list:0<|tool_call_argument_begin|>{}<|tool_call_end|>' +
      '<|tool_calls_section_end|>So',
    'list {}',
    'So',
  ],
  'of DeepSeek, with words behind': [
    '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>list<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>So',
    'list {}',
    'So',
  ],
  ...Object.fromEntries(
    ['｜DSML｜function_calls', '｜DSML｜tool_calls', 'minimax:tool_call', 'function_calls'].map((tag) => [
      `of invocations in ${tag}, with words behind`,
      [`<${tag}><invoke name="list"></invoke></${tag}>So`, 'list {}', 'So'] as const,
    ]),
  ),
};

describe('calls in a text', () => {
  it('hold nothing back where it only names a mark that has no end', () => {
    let said = '';
    const calls = new LeakedCalls(TOOLS, { text: (text) => (said += text), call: () => assert.fail() });
    for (const piece of ['The mark [TOOL_', 'CALLS]', ' ', '("calls") and', ' so on, be it [TOOL_CALLS].'])
      calls.feed(piece);

    assert.equal(said, 'The mark [TOOL_CALLS] ("calls") and so on, be it [TOOL_CALLS].');
  });

  const read = (...pieces: readonly string[]): readonly string[] => {
    const all: { kind: string; text: string }[] = [];
    const calls = new LeakedCalls(TOOLS, {
      text: (text) => {
        const last = all.at(-1);
        if (last?.kind === 'text') last.text += text;
        else all.push({ kind: 'text', text });
      },
      call: ({ function: called }) => {
        const { name, arguments: input } = Object(called);
        all.push({ kind: 'call', text: `${name} ${JSON.stringify(input)}` });
      },
    });
    for (const piece of pieces) calls.feed(piece);
    calls.end();
    return all.map(({ text }) => text);
  };

  for (const [what, [text, ...expected]] of Object.entries(TEXTS)) {
    it(`are read from one ${what}`, () => {
      assert.deepEqual(read(text), expected);
      assert.deepEqual(read(...text.split('')), expected, 'letter by letter');
      for (let at = 1; at < text.length; at += 1)
        assert.deepEqual(read(text.slice(0, at), text.slice(at)), expected, `cut at ${at}`);
    });
  }

  it('hold back no more than what may begin one', () => {
    for (const [piece, said] of [
      ['a < b', 'a < b'],
      ['a <tool', 'a '],
      ['a <tool>', 'a <tool>'],
      ['a [TOO', 'a '],
      ['a <function', 'a '],
      ['a to=', 'a to='],
    ] as const) {
      let given = '';
      const calls = new LeakedCalls(TOOLS, { text: (text) => (given += text), call: () => assert.fail() });
      calls.feed('Hi. ');
      calls.feed(piece);
      assert.equal(given, `Hi. ${said}`);
    }
  });

  it('may begin behind a thought as at the very beginning', () => {
    const called: unknown[] = [];
    const calls = new LeakedCalls(TOOLS, { text: () => undefined, call: (call) => called.push(call) });
    calls.feed('Hi');
    calls.end();
    calls.feed(' to=functions.list<|message|>{}<|call|>');

    assert.deepEqual(called, [{ function: { name: 'list', arguments: {} } }]);
  });

  for (const [what, begun, limit] of [
    ['are longer than 1 MiB', '<tool_call>', 1024 * 1024],
    ['have no message behind 200 letters', '<|channel|>', 200],
  ] as const) {
    it(`are given up at once where they ${what}`, () => {
      let given = '';
      const calls = new LeakedCalls(TOOLS, { text: (text) => (given += text), call: () => assert.fail() });
      calls.feed(begun);
      calls.feed('x'.repeat(limit - 50));
      assert.equal(given, '');
      calls.feed('x'.repeat(100));

      assert.equal(given, `${begun}${'x'.repeat(limit + 50)}`);
    });
  }

  it('are given up where they have no end', () => {
    const text = `<tool_call>${'x'.repeat(2 * 1024 * 1024)}`;

    assert.deepEqual(read(...(text.match(/[^]{1,65536}/g) ?? [])), [text]);
  });
});
