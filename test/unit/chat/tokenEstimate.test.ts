import assert from 'node:assert/strict';

import { prompt, type ChatRequest } from '../../../src/core/chat/request';
import { estimateRequestTokens, estimateTokens } from '../../../src/core/chat/tokenEstimate';

/** Texts, and how many tokens they are by the tokenizers cl100k_base and o200k_base. */
const COUNTED = [
  [
    'English prose',
    'A key goes only where it was saved for. When the server cannot be reached, the key is kept and shown as not verified; nothing is deleted, and the next use simply tries again.',
    39,
    39,
  ],
  [
    'German prose',
    'Ein Schlüssel geht nur dorthin, wofür er gespeichert wurde. Ist der Server nicht erreichbar, bleibt er erhalten und wird als ungeprüft angezeigt.',
    39,
    32,
  ],
  [
    'Chinese prose',
    '密钥只会发送到保存时所对应的地址。如果无法连接服务器，密钥会被保留，并显示为未验证；不会删除任何内容，下次使用时会再试一次。',
    53,
    42,
  ],
  [
    'Japanese prose',
    'キーは保存された宛先にのみ送信されます。サーバーに接続できない場合、キーは保持され、未確認と表示されます。',
    49,
    36,
  ],
  [
    'Korean prose',
    '키는 저장된 대상에게만 전송됩니다. 서버에 연결할 수 없으면 키는 유지되고 확인되지 않음으로 표시됩니다.',
    45,
    30,
  ],
  [
    'Russian prose',
    'Ключ отправляется только туда, для чего он был сохранён. Если сервер недоступен, ключ остаётся и помечается как непроверенный.',
    46,
    32,
  ],
  [
    'Hindi prose',
    'कुंजी केवल वहीं भेजी जाती है जिसके लिए वह सहेजी गई थी। यदि सर्वर तक नहीं पहुँचा जा सकता, तो कुंजी रखी जाती है।',
    113,
    36,
  ],
  [
    'TypeScript',
    "export function originOf(url: string): string {\n  return new URL(url).origin;\n}\n\nconst isHttps = (url: string): boolean => originOf(url).startsWith('https://');\nfor (const { id, baseUrl } of models) if (isHttps(baseUrl)) groups.set(id, [...(groups.get(id) ?? []), baseUrl]);\n",
    71,
    75,
  ],
  [
    'Python',
    'class TokenBucket:\n    def __init__(self, rate: float, burst: int = 10) -> None:\n        self.rate = rate\n        self._tokens = burst\n\n    def take(self, n: int = 1) -> bool:\n        """Whether n tokens were there."""\n        if self._tokens < n:\n            return False\n        self._tokens -= n\n        return True\n',
    84,
    84,
  ],
  [
    'JSON',
    '{"name":"write_file","description":"Writes a file","parameters":{"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"},"append":{"type":"boolean","default":false}},"required":["path","content"]}}',
    50,
    52,
  ],
  [
    'Markdown table',
    '| model | input | output |\n|---|---|---|\n| qwen3-coder-plus | 1,048,576 | 65,536 |\n| glm-5 | 202,752 | 131,072 |\n',
    49,
    49,
  ],
  [
    'log lines',
    '2026-11-22T07:31:40.118Z [info] POST /v1/chat/completions 200 812ms\n2026-11-22T07:31:41.204Z [warn] retry 2 of 3 in 1500ms\n',
    62,
    62,
  ],
  [
    'identifiers',
    'languageModelChatProviders onDidChangeLanguageModelChatInformation EXTENSION_HOST_KIND getXMLHttpRequest ABCDef_ghi42',
    22,
    24,
  ],
  [
    'base64',
    'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
    67,
    66,
  ],
  ['hex', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 43, 43],
  ['emoji', 'Shipped 🎉🎉 by 👩‍💻 with ✅ and 👋🏽 from 🇨🇳', 31, 24],
  [
    'deep indentation',
    'a:\n        b:\n                c:\n                        - d\n                        - e\n',
    16,
    16,
  ],
] as const;

describe('estimate of tokens', () => {
  for (const [what, text, cl100k, o200k] of COUNTED) {
    it(`of ${what} is neither far under the truth nor far over it`, () => {
      const ratio = estimateTokens(text) / Math.max(cl100k, o200k);

      assert.ok(ratio >= 0.85 && ratio <= 1.65, `${ratio}`);
    });
  }

  for (const [what, letters] of [
    ['small letters', 'amz'],
    ['capitals', 'AMZ'],
    ['digits', '059'],
    ['blanks', ' \t'],
    ['line ends', '\n\r'],
    ['marks', '/:@[`{\u007f'],
    ['European letters', '\u0080\u05ff'],
    ['other scripts', '\u0600\u10ff'],
    ['Korean syllables', '\uac00\ud7a3'],
    ['ideographs', '\u1100\uabff\ud7a4\ud7ff\ue000'],
    ['halves of signs', '\ud800\udbff\udc00\udfff'],
  ] as const) {
    it(`takes all ${what} for the same`, () => {
      const [first = '', ...others] = letters.split('');
      for (const letter of others)
        assert.equal(estimateTokens(letter.repeat(204)), estimateTokens(first.repeat(204)), JSON.stringify(letter));
    });
  }

  for (const [what, text, tokens] of [
    ['a blank between words as a part of the next one', 'a b', 2],
    ['a blank before a number by itself', 'a 1', 4],
    ['two blanks by themselves', 'a  b', 4],
    ['the end of a line by itself', 'a\nb', 4],
    ['the end of a line with the mark before it', ';\n;\n;\n;\n', 5],
    ['several ends of lines by themselves', ';\n\n\n;\n\n\n', 5],
    ['a capital with the small letters behind it', 'Hello', 1],
    ['a capital apart from a mark', 'A;', 2],
    ['capitals apart from the word behind them', 'ABhello', 3],
    ['two marks as one', '--', 1],
    ['three marks as more', '---', 2],
  ] as const) {
    it(`counts ${what}`, () => {
      assert.equal(estimateTokens(text), tokens);
    });
  }

  it('of a request is that of its messages, and a few for each', () => {
    const content = [{ kind: 'text', text: 'Hello there' }] as const;
    const ofText = 4 + estimateTokens('Hello there');

    for (const message of [
      { role: 'user', content },
      { role: 'tool', toolCallId: 'a', content },
      { role: 'system', text: 'Hello there' },
      { role: 'assistant', text: 'Hello there', toolCalls: [] },
      { role: 'assistant', text: 'Hello', thinking: ' there', toolCalls: [] },
    ] as const)
      assert.equal(estimateRequestTokens({ messages: [message, message], tools: [] }), 2 * ofText, message.role);
    assert.equal(estimateRequestTokens({ messages: [] }), 0);
  });

  it('of nothing is nothing', () => {
    assert.equal(estimateTokens(''), 0);
  });

  it('knows long rows of one character as few', () => {
    assert.ok(estimateTokens(' '.repeat(2000)) < 40);
    assert.ok(estimateTokens('-'.repeat(1000)) < 50);
  });

  it('counts messages, calls, tools, thoughts and images of a request', () => {
    const counted = (more: Partial<ChatRequest>): number => estimateRequestTokens({ ...prompt('Hi'), ...more });
    const user = prompt('Hi').messages;
    const call = { id: 'call_1', name: 'read_file', input: { path: 'README.md' } };
    const bare = counted({ messages: [...user, { role: 'assistant', text: 'Yes', toolCalls: [] }] });

    assert.ok(counted({}) > estimateTokens('Hi'));
    assert.ok(counted({ messages: [...user, { role: 'assistant', text: 'Yes', toolCalls: [call] }] }) > bare + 10);
    assert.ok(
      counted({ messages: [...user, { role: 'assistant', text: 'Yes', thinking: 'Hm, hm.', toolCalls: [] }] }) > bare,
    );
    assert.ok(counted({ tools: [{ name: 'read_file', description: 'Reads a file of the workspace' }] }) > 15);
    const image = { kind: 'image', mimeType: 'image/png', data: new Uint8Array() } as const;
    assert.ok(counted({ messages: [{ role: 'user', content: [image] }] }) > 1000);
  });
});
