import assert from 'node:assert/strict';

import { isPlaceholder, placeholderKind } from '../../../src/core/config/placeholder';
import { processorMs } from '../../processorTime';

describe('a placeholder', () => {
  const kinds = {
    example: [
      'your_api_key_here | your-api-key | YOUR_API_KEY | yourkey | sk-your-key | INSERT_YOUR_KEY_HERE | my-api-key',
      '<key> | <your key> | sk-<key> | [key] | {resource} | sk-xxxx | sk-xxxxxxxxxxxx | sk-sp-xxxxx | xxx | ???',
      'xxxxxxxx-xxxx-xxxx | sk-... | 你的密钥 | 请填写您的密钥 | sk-你的密钥 | ваш_ключ | あなたのAPIキー | tu-api-key',
      'api_key | apikey | key | token | votre_clé | enter-key-here | changeme | replace_me | placeholder | TODO',
      'sk-placeholder | undefined | null | None | true | redacted | nil | n/a | false | NaN | removed | hidden | tbd',
      'a<b>c | {your-resource} | [a b] | ms-xxxx | xai-???? | sk-or-v1-xxx | sk-proj-xxxx | sk-ant-_ | sk-ws-. | sk-',
      'x-y-your | see.your-key | for your eyes | https://a.example/your-path | xxxxabcd | sk-xxxx1234',
      'my-own-api-key-here | thekey | a token | an_api_key | dein-schlüssel | ihr_schluessel | votre-cle | tu-clave',
      'sua-chave | il-tuo-chiave | sk-my-secret | MyKeyHere | api-key-here | key goes here | key-goeshere | sk-token',
      'secret_value | apitoken | paste it here | fill-in-key | fill key | set_token_0 | put your_x | add-secret',
      'replace-this | xchangeWith | change me | example-api-key | sample_token | fixme | sk-todo-key | EXAMPLE',
      'ключ | 密钥在这里 1234567 | myapikey | tokenhere | samplekey | hidden-apikey',
    ],
    reference: [
      '$OTHER | ${OTHER} | ${env:OTHER} | $(cat key) | %OTHER% | {env:OTHER} | {file:~/key} | env:OTHER | $env:OTHER',
      '{{ api_key }} | ${{ secrets.KEY }} | op://Private/OpenAI/key | process.env.OPENAI_API_KEY | OPENAI_API_KEY',
      'os.environ["OPENAI_API_KEY"] | os.getenv("A") | import.meta.env.A | Deno.env.get("A") | MY_TOKEN | A1_KEY',
      'x${A}y | ${} | $_a | ${{ secrets. | {secret.a} | {vault:x} | x{env:A}y | a{{b}}c | vault://a | secret://a',
      'keyring://a | keychain://a | pass://a | ref+awsssm://a | ENV:A | %A_1%',
    ],
    masked: ['sk-abc...xyz | sk-abc…xyz | sk-0123•••••••• | ●●●●●● | sk-0123****789a'],
  };
  for (const [kind, lines] of Object.entries(kinds)) {
    for (const text of lines.join(' | ').split(' | ')) {
      it(`is ${text} (${kind})`, () => assert.equal(placeholderKind(text), kind));
    }
  }

  for (const text of [
    'sk-0123456789abcdef',
    'sk-no-key-required',
    'EMPTY',
    'ollama',
    'pa$$word',
    'abc$def',
    'secret-0123',
    'my-token-4f3c2b1a9e8d',
    'yourrandomlettersofakey0123',
    'gpt-4o',
    'Qwen/Qwen3-Coder-480B-A35B-Instruct',
    'https://llm.example.com/v1',
    'c29tZUJhc2U2NGtleQ==',
    ...[
      'hunter$NAME | $NAME-0 | $9abc | hunter2$(x) | $(x)hunter2 | %a%hunter2 | hunter2%a% | 100% | a%%b | a${{b',
      '{other:~/x} | xenv:A | env:A-1 | hop://a | op:/a | process.envx | xprocess.env | MY_KEYS | xA_KEY | 1A_KEY',
      'A_KEY1 | _KEY | a..b | sk-ab**xy | a<b | a>b<c | [key]0 | 0[key] | ask-xxxx | sk-xxa1 | xxxxabcde | axxxxx',
      'xxxab | xyourz | colour-0 | amy-key | my-key-1 | my-keys | xapi-key | key-herex | key-0 | reset-key | insertkey',
      'add-0 | changement | change-0 | examples | anexample | nones | xnull | hunter2-密钥 | 密钥hunter2-0 | sku-xxxx0',
      'hunter2-insert-key | tutu-key | api-0 | my-own-0 | sample-0 | 密钥 sk-0123456789',
    ].flatMap((line) => line.split(' | ')),
  ]) {
    it(`is not ${text}`, () => assert.equal(placeholderKind(text), undefined));
  }

  for (const text of [
    '你的模型 | 您的模型名称 | <模型名> | [模型] | 【模型名】 | 请填写模型名 | 请输入模型 | 输入模型名 | 填入模型',
    '模型 | 模型名 | 模型名称 | 模型ID | 在此处替换 | 这里 | あなたのモデル | 당신의모델 | ваша_модель | votre_modèle',
    '输入名称 | your-模型 | $模型_${MODEL} | sk-你的密钥',
  ].flatMap((line) => line.split(' | '))) {
    it(`is ${text}, for a model`, () => assert.ok(isPlaceholder(text, 'model')));
  }

  for (const text of ['通义千问-Max', '通义千问', '盘古大模型', 'модель-2', '請求モデル', 'modèle-fin']) {
    it(`is not ${text} for a model, and is for a key`, () =>
      assert.deepEqual([isPlaceholder(text, 'model'), isPlaceholder(text)], [false, true]));
  }

  for (const host of ['你的地址', '您的域名.com', '<地址>', '服务器地址', '域名:8000', '请填写', 'ваш-сервер.рф']) {
    it(`is https://${host}/v1, for an address`, () => assert.ok(isPlaceholder(`https://${host}/v1`, 'address')));
  }

  for (const text of [
    'https://大模型.公司.cn/v1',
    'https://llm.corp.example.com/团队/v1',
    'https://地址.公司.cn/模型/v1',
  ]) {
    it(`is not ${text}, for an address`, () => assert.ok(!isPlaceholder(text, 'address')));
  }

  for (const text of ['', ' \u200b'])
    it(`is ${JSON.stringify(text)}, which is nothing at all`, () => assert.equal(placeholderKind(text), 'example'));

  it('is soon told from a long text', () => {
    for (const piece of ['a', '${', '{a:', '<', 'x', 'your', '-1', '【', '//模']) {
      const before = processorMs();
      placeholderKind(piece.repeat(100_000));
      placeholderKind(piece.repeat(100_000), 'address');
      assert.ok(processorMs() - before < 1000, piece);
    }
  });
});
