import assert from 'node:assert/strict';

import { LEAKED_FORMS } from '../../../src/core/chat/leakedForms';
import type { Tool } from '../../../src/core/chat/request';

const members = { path: { type: 'string' }, all: { type: 'boolean' } };
const TOOLS: ReadonlyMap<string, Tool> = new Map([
  ['read', { name: 'read', description: 'd', inputSchema: { type: 'object', properties: members } }],
  ['list', { name: 'list', description: 'd' }],
]);
const SEP = '<｜tool▁sep｜>';

/** What stands behind the beginning of a form, up to its end, and the calls in it: `name arguments`. */
const TEXTS: Readonly<Record<string, readonly (readonly [text: string, ...calls: readonly string[]])[]>> = {
  '<|channel|>': [
    ['commentary to=functions.read <|constrain|>json<|message|>{"path":"a"}', 'read {"path":"a"}'],
    ['analysis to=read<|message|>{"path":"a"}', 'read {"path":"a"}'],
    [' to=my-read code<|message|> {"a":1,}', 'my-read {"a":1}'],
    ['commentary to=functions.read<|message|>read', 'read undefined'],
    ['commentary<|message|>{}'],
    ['commentary to=functions.read {}<|message|>{}'],
    [`commentary to=functions.read${' '.repeat(201)}<|message|>{}`],
    ['commentary to=functions.read {}'],
  ],
  '<tool_call>': [
    ['{"name":"read","arguments":{"path":"a"}}', 'read {"path":"a"}'],
    ['\n{"name":"functions.read","parameters":{"path":"a"}}\n', 'read {"path":"a"}'],
    ['{"name":"my.functions.read"}', 'my.functions.read {}'],
    ['{"function":{"name":"list"}}', 'list {}'],
    ['[{"name":"list"},{"name":"read","arguments":"{}"}]', 'list {}', 'read "{}"'],
    ['{"arguments":{}}'],
    ['"list"'],
    ['{"name":'],
    ['<function=read>\n<parameter=path>\n  a\n\n</parameter>\n</function>', 'read {"path":"  a\\n"}'],
    [
      '<function=read><parameter=path>1</parameter><parameter=all>true</parameter></function>',
      'read {"path":"1","all":true}',
    ],
    ['<function=list><parameter=n>1</parameter><parameter=s>one</parameter>', 'list {"n":1,"s":"one"}'],
    ['<function=read>{"path":"a"}</function>', 'read {"path":"a"}'],
    ['<function=list>', 'list {}'],
    [
      'read\n<arg_key>path</arg_key>\n<arg_value>1</arg_value>\n<arg_key>n</arg_key><arg_value>2</arg_value>',
      'read {"path":"1","n":2}',
    ],
    ['read<arg_key>path</arg_key>', 'read {"path":""}'],
    ['list', 'list {}'],
    ['list all'],
  ],
  '<seed:tool_call>': [
    ['<function=read><parameter=path>a</parameter></function>', 'read {"path":"a"}'],
    ['{"name":"list"}', 'list {}'],
  ],
  '<|python_tag|>': [
    [
      '{"name":"list","parameters":{}}; {"name":"read","parameters":{"path":"a; {b"}}',
      'list {}',
      'read {"path":"a; {b"}',
    ],
    ['{"name":"list"} ;{"name":"list"}', 'list {}', 'list {}'],
    ['{"name":"read","parameters":{"path":"{};{}"}}', 'read {"path":"{};{}"}'],
    ['{"name":"list"};{"name":"read","parameters":{"path":"{};{}"}}'],
    ['{"name":"list"};{"name"'],
    ['list()'],
  ],
  '[TOOL_CALLS]': [
    ['[{"name":"list"},{"name":"read","arguments":{"path":"a"}}]', 'list {}', 'read {"path":"a"}'],
    ['read{"path":"a"}[TOOL_CALLS]list{}', 'read {"path":"a"}', 'list {}'],
    [' read [CALL_ID]x1 [ARGS] {"path":"a"}', 'read {"path":"a"}'],
    ['list'],
  ],
  '<|tool_calls_section_begin|>': [
    [
      '<|tool_call_begin|> functions.read:0 <|tool_call_argument_begin|>{"path":"a"}<|tool_call_end|>x' +
        '<|tool_call_begin|>functions.list:12<|tool_call_argument_begin|>{}<|tool_call_end|>',
      'read {"path":"a"}',
      'list {}',
    ],
    ['<|tool_call_begin|>my:1:2<|tool_call_argument_begin|>{}', 'my:1 {}'],
    ['read'],
  ],
  '<｜tool▁calls▁begin｜>': [
    [
      `<｜tool▁call▁begin｜>function${SEP}read\n\`\`\`json\n{"path":"a"}\n\`\`\`<｜tool▁call▁end｜>` +
        `<｜tool▁call▁begin｜>list${SEP}{}<｜tool▁call▁end｜>`,
      'read {"path":"a"}',
      'list {}',
    ],
    [`<｜tool▁call▁begin｜> my-tool.x ${SEP}{"a":1}`, 'my-tool.x {"a":1}'],
    [`<｜tool▁call▁begin｜>myfunction${SEP}{}`, 'myfunction {}'],
  ],
  '<function_calls>': [
    [
      '<invoke name="read">\n<parameter name="path">1</parameter>\n<parameter name="all">true</parameter>\n</invoke>' +
        '<invoke name="list"></invoke>',
      'read {"path":"1","all":true}',
      'list {}',
    ],
    ['<invoke name="list" ><parameter name="n" string="true">1</parameter></invoke>', 'list {"n":"1"}'],
    ['<invoke name="list"><parameter name="n" string="false" >1</parameter></invoke>', 'list {"n":1}'],
    ['<invoke name="list"><parameter n="n">1</parameter></invoke>', 'list {}'],
    ['<invoke id="list"></invoke>'],
    ['list'],
  ],
  '<｜DSML｜tool_calls>': [
    [
      '<｜DSML｜invoke name="read"><｜DSML｜parameter name="path" string="true">1</｜DSML｜parameter></｜DSML｜invoke>',
      'read {"path":"1"}',
    ],
  ],
};

describe('a call as a family of models writes it', () => {
  for (const [begin, texts] of Object.entries(TEXTS))
    for (const [text, ...calls] of texts)
      it(`is read: ${begin}${text}`, () => {
        const form = LEAKED_FORMS.find((one) => one.begin === begin) ?? assert.fail();

        assert.deepEqual(
          form.read(begin + text, TOOLS).map(({ name, input }) => `${name} ${JSON.stringify(input)}`),
          calls,
        );
      });
});
