import assert from 'node:assert/strict';

import { chatBody } from '../../../src/core/chat/requestBody';
import type { Dialect } from '../../../src/core/chat/dialect';
import type { AssistantMessage, ChatMessage, ChatRequest, UserContent } from '../../../src/core/chat/request';
import { readGenerationConfig } from '../../../src/core/providers/generationConfig';
import type { Model } from '../../../src/core/providers/model';
import { model } from '../../fakes/models';

const PLAIN: Dialect = { without: new Set(['stream_options']), thoughts: 'known' };
const text = (said: string): UserContent => ({ kind: 'text', text: said });
const image: UserContent = { kind: 'image', mimeType: 'image/png', data: Uint8Array.of(137, 80, 78, 71) };
const IMAGE_MEMBER = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } };
const user = (...content: readonly UserContent[]): ChatMessage => ({ role: 'user', content });
const assistant = (said: string, ...ids: readonly string[]): ChatMessage => ({
  role: 'assistant',
  text: said,
  toolCalls: ids.map((id) => ({ id, name: 'see', input: { at: id } })),
});
const result = (toolCallId: string, ...content: readonly UserContent[]): ChatMessage => ({
  role: 'tool',
  toolCallId,
  content,
});
const assistantMessage = { role: 'assistant', text: '' } as const;
const CALL = { id: 'a', name: 'see', input: { at: 'a' } };
const callMember = (id: string) => ({
  id,
  type: 'function',
  function: { name: 'see', arguments: JSON.stringify({ at: id }) },
});

function body(request: Partial<ChatRequest>, changes: Partial<Model> = {}, dialect: Partial<Dialect> = {}) {
  return chatBody(
    model({ id: 'm', ...changes }),
    { messages: [user(text('Hi'))], ...request },
    { ...PLAIN, ...dialect },
  );
}
const messages = (...all: readonly ChatMessage[]) => body({ messages: all })['messages'];

describe('body of a chat request', () => {
  it('has model and messages, is for a stream, and asks for usage', () => {
    const bare = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream: true };

    assert.deepEqual(body({}), bare);
    assert.deepEqual(body({}, {}, { without: new Set() }), { ...bare, stream_options: { include_usage: true } });
  });

  it('has all system messages as one, before all others', () => {
    assert.deepEqual(
      messages({ role: 'system', text: 'Be brief.' }, user(text('Hi')), { role: 'system', text: 'Be kind.' }),
      [
        { role: 'system', content: 'Be brief.\n\nBe kind.' },
        { role: 'user', content: 'Hi' },
      ],
    );
  });

  it('has the ids of calls as their servers want them, the same in call and result', () => {
    const ids = (id: string, changes: Partial<Model> = {}) => {
      const [call, answer] = [assistant('', id), result(id, text('Ok'))];
      const sent = body({ messages: [call, answer] }, changes)['messages'];
      return JSON.stringify(sent).match(/(?<="(?:id|tool_call_id)":")[^"]*/g);
    };
    const long = 'x'.repeat(41);

    assert.deepEqual(ids('functions.f:0'), ['functions.f:0', 'functions.f:0']);
    for (const found of [ids(long), ids('call_1', { id: 'mistral-large-latest' })]) {
      assert.match(found?.[0] ?? '', /^[a-zA-Z0-9]{9}$/);
      assert.equal(found?.[0], found?.[1]);
    }
    assert.deepEqual(ids('D681PevKs', { baseUrl: 'https://api.mistral.ai/v1' }), ['D681PevKs', 'D681PevKs']);
  });

  it('has with a call what its server has signed of it', () => {
    const signed: ChatMessage = {
      ...assistantMessage,
      signature: { reasoning_details: [] },
      toolCalls: [{ ...CALL, signature: { extra_content: { google: 'S' } } }],
    };

    assert.deepEqual(messages(signed, result('a', text('1'))), [
      {
        role: 'assistant',
        content: '',
        reasoning_details: [],
        tool_calls: [{ ...callMember('a'), extra_content: { google: 'S' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: '1' },
    ]);
  });

  it('has several texts as one, and a list only for images', () => {
    assert.deepEqual(messages(user(text('One'), text('Two'))), [{ role: 'user', content: 'One\n\nTwo' }]);
    assert.deepEqual(messages(user(text('What is it?'), image)), [
      { role: 'user', content: [{ type: 'text', text: 'What is it?' }, IMAGE_MEMBER] },
    ]);
  });

  it('reads an image from the part of a buffer that is its own', () => {
    const data = Uint8Array.of(0, 0, 137, 80, 78, 71, 0).subarray(2, 6);

    assert.deepEqual(messages(user({ kind: 'image', mimeType: 'image/png', data })), [
      { role: 'user', content: [IMAGE_MEMBER] },
    ]);
  });

  it('leaves out turns in which nothing was said', () => {
    assert.deepEqual(messages(user(), assistant(''), user(text('Hi'))), [{ role: 'user', content: 'Hi' }]);
  });

  it('has calls with an empty text, and their results as text', () => {
    assert.deepEqual(messages(assistant('', 'a'), result('a', text('x'), text('y'))), [
      { role: 'assistant', content: '', tool_calls: [callMember('a')] },
      { role: 'tool', tool_call_id: 'a', content: 'x\n\ny' },
    ]);
  });

  it('shows the images of results behind all results of a turn', () => {
    assert.deepEqual(
      messages(assistant('Look', 'a', 'b'), result('a', image), result('b', text('b is a text')), user(text('And?'))),
      [
        { role: 'assistant', content: 'Look', tool_calls: [callMember('a'), callMember('b')] },
        { role: 'tool', tool_call_id: 'a', content: 'The image is in the next message.' },
        { role: 'tool', tool_call_id: 'b', content: 'b is a text' },
        { role: 'user', content: [{ type: 'text', text: 'Image of a:' }, IMAGE_MEMBER] },
        { role: 'user', content: 'And?' },
      ],
    );
  });

  it('has tools, of which the model may choose', () => {
    const tools = [
      { name: 'a', description: 'A', inputSchema: { type: 'object', properties: { x: { type: 'string' } } } },
      { name: 'b', description: 'B' },
    ];

    assert.deepEqual(body({ tools })['tools'], [
      { type: 'function', function: { name: 'a', description: 'A', parameters: tools[0]?.inputSchema } },
      { type: 'function', function: { name: 'b', description: 'B', parameters: { type: 'object', properties: {} } } },
    ]);
    assert.equal(body({ tools })['tool_choice'], 'auto');
    assert.equal(body({ tools, toolChoice: 'required' })['tool_choice'], 'required');
  });

  it('names the only tool where one must be called', () => {
    const tools = [{ name: 'a', description: 'A' }];

    assert.deepEqual(body({ tools, toolChoice: 'required' })['tool_choice'], {
      type: 'function',
      function: { name: 'a' },
    });
    assert.equal('tool_choice' in body({ toolChoice: 'required' }), false);
  });

  it('has what the model entry says, over the options of a request', () => {
    const generationConfig = readGenerationConfig({
      samplingParams: { temperature: 0.1, top_p: 0.2 },
      extra_body: { top_k: 3, seed: 4 },
    });
    const options = {
      temperature: 0.9,
      seed: 5,
      frequency_penalty: 1,
      _conversationId: 'x',
      model: 'other',
      messages: [],
      stream: false,
    };
    const { model: id, messages: asked, stream, ...rest } = body({ options }, { generationConfig });

    assert.deepEqual([id, asked, stream], ['m', [{ role: 'user', content: 'Hi' }], true]);
    assert.deepEqual(rest, { temperature: 0.1, top_p: 0.2, top_k: 3, seed: 4, frequency_penalty: 1 });
  });

  it('takes no option for what it says itself', () => {
    const options = {
      stream_options: {},
      tools: ['x'],
      tool_choice: 'none',
      n: 2,
      stream: false,
      model: 'x',
      messages: [],
    };

    assert.deepEqual(body({ options }, {}, { without: new Set() }), body({}, {}, { without: new Set() }));
  });

  it('has what the model has said, and all that results of tools show', () => {
    assert.deepEqual(messages(user(text('Hi')), assistant('Hello')), [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ]);
    assert.deepEqual(messages(assistant('', 'a', 'b'), result('a', text('Look'), image), result('b')), [
      { role: 'assistant', content: '', tool_calls: [callMember('a'), callMember('b')] },
      { role: 'tool', tool_call_id: 'a', content: 'Look' },
      { role: 'tool', tool_call_id: 'b', content: '' },
      { role: 'user', content: [{ type: 'text', text: 'Image of a:' }, IMAGE_MEMBER] },
    ]);
  });

  it('leaves the choice of a tool to the model where there is only one', () => {
    assert.equal(body({ tools: [{ name: 'a', description: 'A' }] })['tool_choice'], 'auto');
  });

  describe('for a server that does not take', () => {
    const sent = (request: Partial<ChatRequest>, ...parts: readonly string[]) =>
      body(request, {}, { without: new Set(['stream_options', ...parts]) });
    const said = { role: 'system', text: 'Be kind.' } as const;
    const TAKES = { type: 'object', title: 't', properties: { x: { type: 'string', title: 't' } } };
    const tools = [
      { name: 'a', description: 'A', inputSchema: TAKES },
      { name: 'b', description: 'B' },
    ];
    const toolMembers = (a?: object, b?: object) => [
      { type: 'function', function: { name: 'a', description: 'A', ...(a && { parameters: a }) } },
      { type: 'function', function: { name: 'b', description: 'B', ...(b && { parameters: b }) } },
    ];
    const NOTHING = { type: 'object', properties: {} };

    it('images, has a word in the place of each', () => {
      const { messages: all } = sent({ messages: [user(image)] }, 'images');
      const blind = { generationConfig: readGenerationConfig({ modalities: {} }) };

      assert.match(JSON.stringify(all), /An image was left out/);
      assert.deepEqual(body({ messages: [user(image)] }, blind)['messages'], all);
    });

    it('tools, has none, and tells of calls in words', () => {
      const { messages: all, ...others } = sent({ messages: [assistant('', 'a'), result('a')], tools }, 'tools');

      assert.deepEqual(others, { model: 'm', stream: true });
      assert.deepEqual(all, [
        { role: 'assistant', content: 'Call a: see({"at":"a"})' },
        { role: 'user', content: 'Result of the call a:' },
      ]);
    });

    it('a message of the system, or messages out of turn, has others', () => {
      const all = [said, user(text('Hi')), assistant('Hello')];

      assert.deepEqual(sent({ messages: all }, 'system')['messages'], [
        { role: 'user', content: 'Be kind.\n\nHi' },
        { role: 'assistant', content: 'Hello' },
      ]);
      assert.deepEqual(sent({ messages: all }, 'turns')['messages'], [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'Go on.' },
      ]);
    });

    it('all schemas, or bare ones, has tools with others or none', () => {
      const plain = { type: 'object', properties: { x: { type: 'string' } } };

      assert.deepEqual(sent({ tools })['tools'], toolMembers(TAKES, NOTHING));
      assert.deepEqual(sent({ tools }, 'schema')['tools'], toolMembers(plain, NOTHING));
      assert.deepEqual(sent({ tools }, 'parameters')['tools'], toolMembers(TAKES));
      assert.deepEqual(sent({ tools }, 'parameters', 'schema')['tools'], toolMembers(plain));
    });

    for (const [what, options, parts, limits] of [
      ['nothing of it', { max_tokens: 5 }, [], { max_tokens: 5 }],
      ['its older name', { max_tokens: 5 }, ['max_tokens'], { max_completion_tokens: 5 }],
      ['its older name', { max_tokens: 5, max_completion_tokens: 6 }, ['max_tokens'], { max_completion_tokens: 6 }],
      ['its newer name', { max_completion_tokens: 5 }, ['max_completion_tokens'], { max_tokens: 5 }],
      ['its newer name', { max_tokens: 5, max_completion_tokens: 6 }, ['max_completion_tokens'], { max_tokens: 5 }],
      ['either name', { max_tokens: 5 }, ['max_tokens', 'max_completion_tokens'], {}],
    ] as const) {
      it(`a limit of tokens by ${what}: ${JSON.stringify(options)}`, () => {
        const { model: _, messages: __, stream, ...others } = sent({ options }, ...parts);

        assert.deepEqual([stream, others], [true, limits]);
      });
    }
  });

  it('gives back what was thought before a call, as the server wants it', () => {
    const thought = (thoughts: Dialect['thoughts'], thinking?: string) => {
      const message: AssistantMessage = { role: 'assistant', text: '', thinking, toolCalls: [CALL] };
      return body({ messages: [message, result('a', text('1'))] }, {}, { thoughts })['messages'];
    };
    const member = { role: 'assistant', content: '', tool_calls: [callMember('a')] };
    const answered = { role: 'tool', tool_call_id: 'a', content: '1' };

    assert.deepEqual(thought('known'), [member, answered]);
    assert.deepEqual(thought('known', 'Hm.'), [{ ...member, reasoning_content: 'Hm.' }, answered]);
    assert.deepEqual(thought('all'), [{ ...member, reasoning_content: '' }, answered]);
    assert.deepEqual(thought('none', 'Hm.'), [member, answered]);
  });
});
