import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { readPlainWords } from '../../../src/core/plainWords/plainWords';
import { describePlainWords } from '../../../src/core/plainWords/describe';
import type { Meaning } from '../../../src/core/plainWords/meaning';
import { DOCUMENTS_SNIPPET as SNIPPET } from '../../fakes/documentsSnippet';
import { processorMs } from '../../processorTime';

const KEY = 'sk-4f3c2b1a9e8d7c6b5a49';
const PLAN_KEY = 'sk-sp-4f3c2b1a9e8d7c6b';
const HEX_KEY = '0123456789abcdef0123456789abcdef';
const ID_KEY = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const CLAUDE = (baseUrl: string, key: string, model: string) =>
  JSON.stringify({ env: { ANTHROPIC_BASE_URL: baseUrl, ANTHROPIC_AUTH_TOKEN: key, ANTHROPIC_MODEL: model } });

/** What was understood on one line: where to, the model, the key, what is missing. */
function inShort(understood: Meaning): string {
  if (understood.kind !== 'signIn') return understood.kind;
  const { request, apiKey, missing } = understood;
  const where = [request.provider, request.region, request.baseUrl].filter(Boolean).join(' ');
  return [where, request.model, apiKey?.reveal(), missing.length > 0 && `missing ${missing.join(' ')}`]
    .filter(Boolean)
    .join(' | ');
}

function notesOf(text: string): readonly string[] {
  const understood = readPlainWords(text);
  return understood.kind === 'nothing' ? [understood.why] : understood.notUnderstood;
}

describe('plain words', () => {
  const rows: readonly (readonly [about: string, rows: readonly (readonly [text: string, expected: string])[]])[] = [
    [
      'the documents: Coding Plan Quick Setup',
      [
        [
          `- **API key**:\u00a0\`${PLAN_KEY}\`\n- **Base URL**:\u00a0\`https://coding.dashscope.aliyuncs.com/v1\``,
          `coding-plan china | ${PLAN_KEY}`,
        ],
        ['- **API key**:\u00a0`sk-sp-xxxxx`', 'coding-plan | missing apiKey'],
      ],
    ],
    [
      'the documents: Configure via settings.json modelProviders',
      [['export OPENAI_API_KEY="your-coding-plan-api-key" \n# Format: sk-sp-xxxxx', 'coding-plan | missing apiKey']],
    ],
    [
      'the documents: Direct Configuration via Qwen Code',
      [
        [
          'Help me configure a third-party API model, Bailian API is: sk-xxxxxxxxxx, model is: qwen3-max',
          'bailian | qwen3-max | missing apiKey',
        ],
        [
          `Help me configure a third-party API model, Bailian API is: ${KEY}, model is: qwen3-max`,
          `bailian | qwen3-max | ${KEY}`,
        ],
      ],
    ],
    [
      'the documents: Configure via Environment Variables',
      [
        [
          'export OPENAI_API_KEY="your-coding-plan-api-key" \n# Format: sk-sp-xxxxx\n' +
            'export OPENAI_BASE_URL="https://coding.dashscope.aliyuncs.com/v1"\nexport OPENAI_MODEL="qwen3-coder-plus"',
          'coding-plan china | qwen3-coder-plus | missing apiKey',
        ],
      ],
    ],
    [
      'the documents: Configure via command-line arguments',
      [
        ['qwen-code --openai-api-key "your-api-key-here"', 'openai | missing apiKey'],
        [
          'qwen-code --openai-api-key "your-api-key-here" --openai-base-url "https://your-endpoint.com/v1"',
          'custom | missing baseUrl apiKey',
        ],
        [
          'qwen-code --openai-api-key "your-api-key-here" --model "gpt-4o-mini"',
          'openai | gpt-4o-mini | missing apiKey',
        ],
        [
          `qwen --openai-api-key=${KEY} --openai-base-url 'https://llm.acme.dev/v1' --model m1`,
          `custom https://llm.acme.dev/v1 | m1 | ${KEY}`,
        ],
      ],
    ],
    [
      'the documents: Configure via environment variables',
      [
        [
          'export OPENAI_API_KEY="your-api-key-here"\nexport OPENAI_BASE_URL="https://api.openai.com/v1" # optional\n' +
            'export OPENAI_MODEL="gpt-4o" # optional',
          'openai | gpt-4o | missing apiKey',
        ],
        [
          'export LLAMA_API_KEY="your_api_key_here"\nexport LLAMA_API_BASE_URL="your_api_endpoint"  # Optional\n' +
            'export LLAMA_API_MODEL="your_model_choice"     # Optional',
          'custom | missing baseUrl model apiKey',
        ],
      ],
    ],
    [
      'the documents: Persisting env vars with .env / .qwen/.env',
      [
        [
          'mkdir -p .qwen\ncat >> .qwen/.env <<\'EOF\'\nOPENAI_API_KEY="your-api-key"\n' +
            'OPENAI_BASE_URL="https://api-inference.modelscope.cn/v1"\nOPENAI_MODEL="Qwen/Qwen3-Coder-480B-A35B-Instruct"\nEOF',
          'modelscope | Qwen/Qwen3-Coder-480B-A35B-Instruct | missing apiKey',
        ],
        [
          `LLAMA_API_KEY="${KEY}"\nLLAMA_API_BASE_URL="https://dashscope.aliyuncs.com/compatible-mode/v1"\n` +
            'LLAMA_API_MODEL="qwen3-coder-plus"',
          `bailian beijing | qwen3-coder-plus | ${KEY}`,
        ],
      ],
    ],
    [
      'the documents: Project .env File',
      [
        [
          'LLAMA_API_KEY=your_api_key_here\nLLAMA_API_BASE_URL=your_api_endpoint\nLLAMA_API_MODEL=your_model_choice',
          'custom | missing baseUrl model apiKey',
        ],
      ],
    ],
    [
      'the documents: Example for headless environments',
      [
        [
          'export LLAMA_API_KEY="your-api-key"\nexport LLAMA_API_BASE_URL="https://api-inference.modelscope.cn/v1"\n' +
            'export LLAMA_API_MODEL="Qwen/Qwen3-Coder-480B-A35B-Instruct"\n\n# Run Qwen Code\nqwen',
          'modelscope | Qwen/Qwen3-Coder-480B-A35B-Instruct | missing apiKey',
        ],
      ],
    ],
    [
      'sentences',
      [
        [
          `model is qwen3-max on DashScope in Singapore and the key is \`${KEY}\`.`,
          `bailian singapore | qwen3-max | ${KEY}`,
        ],
        [
          `My API key of OpenRouter: "${KEY}"; use openai/gpt-oss-120b:free`,
          `openrouter | openai/gpt-oss-120b:free | ${KEY}`,
        ],
        [
          `Azure OpenAI, endpoint https://acme.openai.azure.com, key ${HEX_KEY}, deployment gpt-4o`,
          `azure https://acme.openai.azure.com/openai/v1 | gpt-4o | ${HEX_KEY}`,
        ],
        [
          `OpenAI-compatible server at https://llm.acme.dev/v1/chat/completions with ${KEY}`,
          `custom https://llm.acme.dev/v1 | ${KEY}`,
        ],
        [`Token Plan, international, ${PLAN_KEY}`, `token-plan international | ${PLAN_KEY}`],
        [`Z.AI Coding Plan key ${HEX_KEY}`, `zai coding-plan | ${HEX_KEY}`],
        [`DeepSeek key: ${KEY}, model deepseek-v4-pro`, `deepseek | deepseek-v4-pro | ${KEY}`],
        [`Kimi in China, key: ${KEY}`, `moonshot china | ${KEY}`],
        [`Bailian, key: ${KEY}, model: deepseek-v4-pro`, `bailian | deepseek-v4-pro | ${KEY}`],
        [`OpenRouter key: ${KEY}, model: deepseek/deepseek-v4-pro`, `openrouter | deepseek/deepseek-v4-pro | ${KEY}`],
        ['llama.cpp, model qwen3', 'llama-cpp | qwen3'],
        [`Bailian Coding Plan, international, ${PLAN_KEY}`, `coding-plan international | ${PLAN_KEY}`],
        [`Model Studio (US Virginia) key ${KEY}`, `bailian virginia | ${KEY}`],
        [`Alibaba Cloud, China (Hong Kong), ${KEY}`, `bailian hongkong | ${KEY}`],
        ['Ollama at http://localhost:11434, model: mistral', 'ollama | mistral'],
        ['LM Studio on http://192.168.1.20:1234/v1', 'lm-studio http://192.168.1.20:1234/v1'],
        ['vLLM at 192.168.1.20:8000/v1, model is llama-3-70b', 'vllm http://192.168.1.20:8000/v1 | llama-3-70b'],
        [
          'Base URL: localhost:9000/v1, key: EMPTY, model: my-model',
          'custom http://localhost:9000/v1 | my-model | EMPTY',
        ],
        [
          `{"apiKey": "${KEY}", "baseUrl": "https://api.deepseek.com/v1", "model": "deepseek-chat"}`,
          `custom https://api.deepseek.com/v1 | deepseek-chat | ${KEY}`,
        ],
        [
          `Get it at https://platform.openai.com/api-keys, mine is ${KEY} for https://api.openai.com`,
          `openai | ${KEY}`,
        ],
      ],
    ],
    [
      'sentences in Chinese',
      [
        [`帮我配置第三方API模型，百炼的API是：${KEY}，模型是：qwen3-max`, `bailian | qwen3-max | ${KEY}`],
        [`请用阿里云百炼新加坡的密钥“${KEY}”，模型用 qwen3.7-max。`, `bailian singapore | qwen3.7-max | ${KEY}`],
        [`模型是ＧＬＭ-5，编程套餐的 key 是 ${PLAN_KEY}，国际站`, `coding-plan international | GLM-5 | ${PLAN_KEY}`],
        [
          `魔搭社区 令牌：ms-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`,
          'modelscope | ms-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
        ],
        [
          `兼容 OpenAI 协议，接口地址为：https://llm.acme.dev/v1，密钥为：${KEY}`,
          `custom https://llm.acme.dev/v1 | ${KEY}`,
        ],
        [`百炼密钥为${KEY}，模型设置为 qwen-max`, `bailian | qwen-max | ${KEY}`],
        [`我的百炼 key 是 ${KEY}，想用通义千问qwen-plus`, `bailian | qwen-plus | ${KEY}`],
        ['百炼的API是：<你的密钥>，模型是：qwen3-max', 'bailian | qwen3-max | missing apiKey'],
      ],
    ],
    [
      'what sets variables',
      [
        [
          `set OPENAI_API_KEY=${KEY}\r\nset OPENAI_BASE_URL=https://llm.acme.dev/v1\r\n`,
          `custom https://llm.acme.dev/v1 | ${KEY}`,
        ],
        [`$env:OPENAI_API_KEY = "${KEY}"\n$env:OPENAI_MODEL = "gpt-4o"`, `openai | gpt-4o | ${KEY}`],
        [`set -gx DASHSCOPE_API_KEY ${KEY}`, `bailian | ${KEY}`],
        [`setx OPENROUTER_API_KEY "${KEY}"`, `openrouter | ${KEY}`],
        [`set OPENAI_API_KEY=${KEY}&& set OPENAI_MODEL=gpt-4o&& qwen`, `openai | gpt-4o | ${KEY}`],
        [
          `set OPENAI_API_KEY=${KEY}&&set OPENAI_BASE_URL=https://llm.acme.dev/v1&&qwen`,
          `custom https://llm.acme.dev/v1 | ${KEY}`,
        ],
        [`set --export --global OPENROUTER_API_KEY ${KEY}`, `openrouter | ${KEY}`],
        [`setenv OPENROUTER_API_KEY ${KEY}`, `openrouter | ${KEY}`],
        [`New-Item -Path Env:\\OPENROUTER_API_KEY -Value '${KEY}'`, `openrouter | ${KEY}`],
        [`Set-Item Env:OPENROUTER_API_KEY "${KEY}"`, `openrouter | ${KEY}`],
        [`[Environment]::SetEnvironmentVariable('OPENROUTER_API_KEY', '${KEY}', 'User')`, `openrouter | ${KEY}`],
        [`os.environ["OPENROUTER_API_KEY"] = "${KEY}"`, `openrouter | ${KEY}`],
        ['OPENAI_API_KEY: ${{ secrets.OPENAI_KEY }}', 'openai | missing apiKey'],
        [`OPENAI_API_KEY=${KEY} OPENAI_MODEL=gpt-4o qwen`, `openai | gpt-4o | ${KEY}`],
        [`OPENAI_API_KEY='${KEY}' # mine\n# OPENAI_BASE_URL=https://llm.acme.dev/v1`, `openai | ${KEY}`],
        [`environment:\n  BAILIAN_CODING_PLAN_API_KEY: ${PLAN_KEY}`, `coding-plan | ${PLAN_KEY}`],
        [`OPENAI_API_KEY=\nOPENAI_BASE_URL=https://llm.acme.dev/v1`, 'custom https://llm.acme.dev/v1'],
        [
          `LLAMA_API_KEY=${HEX_KEY}\nLLAMA_API_BASE_URL=https://a.acme.dev/v1\nOPENAI_API_KEY=${KEY}`,
          `openai | ${KEY}`,
        ],
        [`DASHSCOPE_API_KEY=${KEY}\nOPENAI_API_KEY=your-api-key`, `bailian | ${KEY}`],
      ],
    ],
    [
      'what the variables of chat tools are called',
      [
        [`API_KEY=${KEY}\nBASE_URL=https://api.deepseek.com\nMODEL=deepseek-chat`, `deepseek | deepseek-chat | ${KEY}`],
        [`export API_KEY="${KEY}" # DeepSeek`, `deepseek | ${KEY}`],
        [`API_KEY=${KEY}`, `${KEY} | missing provider`],
        [`API_KEY: ${KEY}\nBASE_URL: https://llm.acme.dev/v1`, `custom https://llm.acme.dev/v1 | ${KEY}`],
        ...[
          ['KEY', 'URL', 'MODEL'],
          ['APIKEY', 'BASE', 'MODEL_ID'],
          ['API_TOKEN', 'BASEURL', 'MODEL_NAME'],
          ['TOKEN', 'API_BASE', 'DEFAULT_MODEL'],
          ['API_KEY', 'API_BASE_URL', 'API_MODEL'],
          ['API_KEY', 'API_URL', 'CHAT_MODEL'],
          ['API_KEY', 'API_HOST', 'OPENAI_MODEL'],
          ['OPENAI_API_KEY', 'OPENAI_API_BASE', 'OPENAI_MODEL_NAME'],
          ['OPENAI_KEY', 'OPENAI_API_BASE_URL', 'OPENAI_DEFAULT_MODEL'],
          ['OPENAI_APIKEY', 'OPENAI_PROXY_URL', 'OPENAI_CHAT_MODEL'],
          ['OPENAI_API_KEY', 'OPENAI_BASE_URI', 'OPENAI_API_MODEL_NAME'],
          ['OPENAI_API_KEY', 'OPENAI_API_ENDPOINT', 'OPENAI_MODEL_ID'],
          ['LLM_API_KEY', 'LLM_BASE_URL', 'LLM_MODEL_ID'],
          ['LLM_KEY', 'LLM_HOST', 'LLM_MODEL'],
          ['AI_API_KEY', 'AI_API_BASE', 'AI_MODEL'],
          ['CUSTOM_API_KEY', 'CUSTOM_API_URL', 'CUSTOM_MODEL_NAME'],
        ].map(
          ([key, url, model]) =>
            [
              `${key}=${HEX_KEY}\n${url}=https://llm.acme.dev/v1\n${model}=m1`,
              `custom https://llm.acme.dev/v1 | m1 | ${HEX_KEY}`,
            ] as const,
        ),
        [
          `AZURE_OPENAI_API_KEY=${HEX_KEY}\nAZURE_OPENAI_ENDPOINT=https://acme.openai.azure.com\nAZURE_OPENAI_DEPLOYMENT_NAME=gpt4o`,
          `azure https://acme.openai.azure.com/openai/v1 | gpt4o | ${HEX_KEY}`,
        ],
        [`LLM_API_KEY=${KEY}`, `${KEY} | missing provider`],
        [`LLM_API_KEY=${HEX_KEY}\nLLM_BASE_URL=https://llm.acme.dev/v1\nOPENAI_API_KEY=${KEY}`, `openai | ${KEY}`],
        [`API_KEY=${HEX_KEY}\nBASE_URL=https://llm.acme.dev/v1\nOPENAI_API_KEY=${KEY}`, `openai | ${KEY}`],
        [
          `API_KEY=${KEY}\nBASE_URL=https://llm.acme.dev/v1\nOPENAI_API_KEY=`,
          `custom https://llm.acme.dev/v1 | ${KEY}`,
        ],
        [
          `API_KEY=${KEY}\nBASE_URL=https://llm.acme.dev/v1\nOPENAI_API_KEY=your-api-key`,
          `custom https://llm.acme.dev/v1 | ${KEY}`,
        ],
        [`Use ${KEY}\nBASE_URL=https://llm.acme.dev/v1\nMODEL=m1`, `custom https://llm.acme.dev/v1 | m1 | ${KEY}`],
        ...['BASE_URL=https://my.acme.dev', 'API_URL=https://my.acme.dev', 'API_BASE=/api', 'MODEL_NAME=User'].flatMap(
          (own) =>
            [
              [`OPENAI_API_KEY=${KEY}\n${own}`, `openai | ${KEY}`],
              [`DEEPSEEK_API_KEY=${KEY}\n${own}`, `deepseek | ${KEY}`],
              [`API_KEY=your-api-key\n${own}\nOPENAI_API_KEY=${KEY}`, `openai | ${KEY}`],
              [`OPENAI_API_KEY=your-api-key\n${own}`, 'openai | missing apiKey'],
            ] as const,
        ),
        [`OPENAI_API_KEY=${KEY}\nHOST=0.0.0.0`, `openai | ${KEY}`],
      ],
    ],
    [
      'curl commands',
      [
        [
          'curl https://api.openai.com/v1/chat/completions \\\n  -H "Content-Type: application/json" \\\n' +
            `  -H "Authorization: Bearer ${KEY}" \\\n` +
            `  -d '{\n "messages": [{"role":"user","content":"my API key is: hunter2hunter2"}],\n "model": "gpt-4o-mini" }'`,
          `openai | gpt-4o-mini | ${KEY}`,
        ],
        [
          `curl "https://acme.openai.azure.com/openai/deployments/gpt4o/chat/completions?api-version=2024-10-21" -H "api-key: ${HEX_KEY}"`,
          `azure https://acme.openai.azure.com/openai/deployments/gpt4o?api-version=2024-10-21 | gpt4o | ${HEX_KEY}`,
        ],
        [
          `curl -s https://llm.acme.dev/v1/chat/completions --data-raw "{\\"model\\": \\"m1\\"}" --header 'authorization: bearer ${KEY}'`,
          `custom https://llm.acme.dev/v1 | m1 | ${KEY}`,
        ],
        [
          'curl https://openrouter.ai/api/v1/models -H "Authorization: Bearer $OPENROUTER_API_KEY"',
          'openrouter | missing apiKey',
        ],
      ],
    ],
    [
      'files of other tools',
      [
        [
          `{"openAiBaseUrl":"https://llm.acme.dev/v1","openAiApiKey":"${ID_KEY}","openAiModelId":"ep-2025-abcde"}`,
          `custom https://llm.acme.dev/v1 | ep-2025-abcde | ${ID_KEY}`,
        ],
        [
          `API 密钥：${KEY}\nAPI 地址：https://llm.acme.dev/v1\n模型 ID：deepseek-ai/DeepSeek-V3`,
          `custom https://llm.acme.dev/v1 | deepseek-ai/DeepSeek-V3 | ${KEY}`,
        ],
        [
          `"args": ["--openai-api-key", "${KEY}", "--openai-base-url", "https://llm.acme.dev/v1", "--model", "my-model"]`,
          `custom https://llm.acme.dev/v1 | my-model | ${KEY}`,
        ],
        [
          `{ "security": { "auth": { "apiKey": "${KEY}", "baseUrl": "https://llm.acme.dev/v1" } }, "model": { "name": "my-model" } }`,
          `custom https://llm.acme.dev/v1 | my-model | ${KEY}`,
        ],
        [
          `model_list:\n  - model_name: my-coder\n    litellm_params:\n      model: openai/qwen3-coder-plus\n` +
            `      api_base: https://llm.acme.dev/v1\n      api_key: ${KEY}`,
          `custom https://llm.acme.dev/v1 | qwen3-coder-plus | ${KEY}`,
        ],
        [
          `openai-api-key: "${KEY}"\nopenai-api-base: "https://llm.acme.dev/v1"\nmodel: openai/m1`,
          `custom https://llm.acme.dev/v1 | m1 | ${KEY}`,
        ],
        [
          `export OPENROUTER_API_KEY=${KEY}\naider --model openrouter/deepseek/deepseek-chat`,
          `openrouter | deepseek/deepseek-chat | ${KEY}`,
        ],
        [
          `KIMI_API_KEY=${KEY}\nKIMI_BASE_URL=https://api.kimi.com/coding/v1\nKIMI_MODEL_NAME=kimi-for-coding`,
          `custom https://api.kimi.com/coding/v1 | kimi-for-coding | ${KEY}`,
        ],
        [
          `environment:\n  ACME_API_KEY: ${HEX_KEY}\n  ACME_API_BASE: https://llm.acme.dev/v1`,
          `custom https://llm.acme.dev/v1 | ${HEX_KEY}`,
        ],
        [
          `AZURE_API_KEY="${HEX_KEY}"\nAZURE_API_BASE="https://acme.openai.azure.com"\nAZURE_DEPLOYMENT=gpt-4o`,
          `azure https://acme.openai.azure.com/openai/v1 | gpt-4o | ${HEX_KEY}`,
        ],
        [
          `QDRANT_API_KEY=${HEX_KEY}\nQDRANT_BASE_URL=https://abc.qdrant.dev\nDASHSCOPE_API_KEY=${KEY}`,
          `bailian | ${KEY}`,
        ],
        [
          CLAUDE('https://coding.dashscope.aliyuncs.com/apps/anthropic', PLAN_KEY, 'qwen3.5-plus'),
          `coding-plan china | qwen3.5-plus | ${PLAN_KEY}`,
        ],
        [
          CLAUDE('https://dashscope-intl.aliyuncs.com/apps/anthropic', KEY, 'qwen3-max'),
          `bailian singapore | qwen3-max | ${KEY}`,
        ],
        [CLAUDE('https://api.z.ai/api/anthropic', HEX_KEY, 'glm-5'), `zai coding-plan | glm-5 | ${HEX_KEY}`],
        [
          `export ANTHROPIC_BASE_URL=https://api.moonshot.cn/anthropic/\nexport ANTHROPIC_AUTH_TOKEN=${KEY}`,
          `moonshot china | ${KEY}`,
        ],
        [CLAUDE('https://llm.acme.dev/anthropic', KEY, 'my-model'), `custom | my-model | ${KEY} | missing baseUrl`],
        [
          `curl 'https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation' -H "Authorization: Bearer ${KEY}" -d '{"model": "qwen-plus"}'`,
          `bailian beijing | qwen-plus | ${KEY}`,
        ],
      ],
    ],
    [
      'what stands around an address or a model',
      [[`|Base URL|https://llm.acme.dev/v1|\n|API Key|${KEY}|`, `custom https://llm.acme.dev/v1 | ${KEY}`]],
    ],
    [
      'pages for people, which are no addresses to ask',
      [
        [`文档 https://help.aliyun.com/zh/model-studio/get-api-key 我的key是 ${KEY}`, `${KEY} | missing provider`],
        [`https://console.volcengine.com/ark/region/apiKey ${KEY}`, `${KEY} | missing provider`],
        [`在 https://cloud.siliconflow.cn/account/ak 申请的 ${KEY}`, `${KEY} | missing provider`],
        [`https://open.bigmodel.cn/usercenter/apikeys key: ${HEX_KEY}`, `${HEX_KEY} | missing provider`],
        [`https://docs.acme.dev/api/v1 says so: ${KEY}`, `${KEY} | missing provider`],
      ],
    ],
    [
      'keys that tell whose they are',
      [
        [PLAN_KEY, `coding-plan | ${PLAN_KEY}`],
        [`Bailian API is: ${PLAN_KEY}`, `coding-plan | ${PLAN_KEY}`],
        [`https://llm.acme.dev/v1 ${PLAN_KEY}`, `custom https://llm.acme.dev/v1 | ${PLAN_KEY}`],
        ['sk-or-v1-0123456789abcdef', 'openrouter | sk-or-v1-0123456789abcdef'],
        [KEY, `${KEY} | missing provider`],
      ],
    ],
    [
      'what is nothing to sign in with',
      [
        ['', 'nothing'],
        ['How do I cook rice?', 'nothing'],
        ['model: qwen3-max', 'nothing'],
        ['ANTHROPIC_API_KEY=sk-ant-0123456789', 'nothing'],
        [`${'x'.repeat(65_536)} ${KEY}`, 'nothing'],
        ['密'.repeat(22_000), 'nothing'],
        ['"modelProviders": { "openai": [ {', 'nothing'],
        ['"modelProviders": { "openai": [] }', 'nothing'],
        [`"modelProviders": ${'{"a":'.repeat(12_000)}`, 'nothing'],
      ],
    ],
  ];
  for (const [about, examples] of rows) {
    describe(about, () => {
      for (const [text, expected] of examples) {
        it(`${JSON.stringify(text.length > 300 ? `${text.slice(0, 40)}…` : text)} is ${expected}`, () => {
          assert.equal(inShort(readPlainWords(text)), expected);
        });
      }
    });
  }

  for (const placeholder of [
    'your-api-key',
    'YOUR_KEY',
    'sk-xxxxx',
    'sk-sp-XXXXXXXX',
    '****',
    '<key>',
    '[your key]',
    '${KEY}',
    '$OPENAI_API_KEY',
    '%OPENAI_API_KEY%',
    'OPENAI_API_KEY',
    'sk-abc...xyz',
    'sk-…',
    'api_key_here',
    'process.env.KEY',
  ]) {
    it(`asks for the key in the place of ${placeholder}`, () => {
      const understood = readPlainWords(`OPENAI_API_KEY="${placeholder}"`);

      assert.ok(understood.kind === 'signIn' && understood.apiKey === undefined);
      assert.deepEqual(understood.missing, ['apiKey']);
      assert.deepEqual(understood.notUnderstood, ['OPENAI_API_KEY holds a placeholder where the API key should be.']);
    });
  }

  for (const [text, note] of [
    [`OPENAI_API_KEY=${KEY}\nDEBUG=1`, 'DEBUG is not used here.'],
    [`OpenAI key ${KEY}, temperature: 0.7`, 'temperature is not used here.'],
    [
      `LLAMA_API_KEY=${HEX_KEY}\nOPENAI_API_KEY=${KEY}`,
      'LLAMA_API_KEY is left out: the variables that begin with OPENAI_ are used.',
    ],
    [
      `OPENAI_API_KEY=${KEY}\nAPI_KEY=${HEX_KEY}`,
      'API_KEY is left out: the variables that begin with OPENAI_ are used.',
    ],
    [
      `DEEPSEEK_API_KEY=${KEY}\nBASE_URL=https://my.acme.dev`,
      'BASE_URL is left out: the variables that begin with DEEPSEEK_ are used.',
    ],
    [
      `OPENAI_API_KEY=${KEY}\nMODEL_NAME=User`,
      'MODEL_NAME is left out: the variables that begin with OPENAI_ are used.',
    ],
    [`OPENAI_API_KEY=${KEY}\nHOST=0.0.0.0`, 'HOST is not used here.'],
    [
      CLAUDE('https://llm.acme.dev/anthropic', KEY, 'm'),
      "llm.acme.dev is given with the address for Anthropic's protocol. Write the one for OpenAI's.",
    ],
    [`OpenAI: ${KEY} or ${KEY}00`, 'The text holds more than one API key; only one is used.'],
    [`OpenAI key ${KEY}, base URL: https://llm.acme.dev/v1`, 'llm.acme.dev is not an address of OpenAI.'],
    [
      `key ${KEY}, base URL: http://llm.acme.dev/v1`,
      'llm.acme.dev would get your key over plain http, where anybody on the way can read it. Use https.',
    ],
  ] as const) {
    it(`says: ${note}`, () => {
      assert.deepEqual(notesOf(text), [note]);
    });
  }

  it('does not send a key to a guessed server where another one was meant', () => {
    assert.equal(
      inShort(readPlainWords(`OPENAI_API_KEY=${KEY}\nOPENAI_BASE_URL=http://llm.acme.dev/v1`)),
      `custom | ${KEY} | missing baseUrl`,
    );
  });

  it('refuses a key that the Coding Plan cannot have', () => {
    assert.equal(inShort(readPlainWords(`Coding Plan key: ${KEY}`)), 'coding-plan | missing apiKey');
  });

  it('says which part of a text without use has a name', () => {
    assert.match(
      notesOf('ANTHROPIC_API_KEY=sk-ant-0123456789')[0] ?? '',
      /^ANTHROPIC_API_KEY is not used here\. There is nothing/,
    );
  });
});

describe('a modelProviders snippet', () => {
  for (const [how, text] of [
    ['as it stands in the documents', SNIPPET],
    ['in braces', `{ ${SNIPPET} }`],
    [
      'with comments and trailing commas',
      `// mine\n{ /* a */ ${SNIPPET.replace('    }\n  ]', '    }, // last\n  ],')}, }`,
    ],
    ['in a sentence', `Put this into your settings: ${SNIPPET} and that's all`],
    ['without its name', SNIPPET.slice('"modelProviders": '.length)],
  ] as const) {
    it(`is read ${how}`, () => {
      const understood = readPlainWords(text);

      assert.ok(understood.kind === 'modelProviders');
      const { openai, ...rest } = understood.modelProviders;
      assert.deepEqual(
        openai?.map((entry) => JSON.stringify(entry).includes('https://dashscope.aliyuncs.com/compatible-mode/v1')),
        [true, true],
      );
      assert.deepEqual([rest, understood.env, understood.notUnderstood], [{}, [], []]);
    });
  }

  for (const [how, text, env] of [
    ['in an export below it', `${SNIPPET}\nexport OPENAI_API_KEY="${KEY}"`, [['OPENAI_API_KEY', KEY]]],
    ['in env beside it', `{ "env": { "DASHSCOPE_API_KEY": "${KEY}" }, ${SNIPPET} }`, [['DASHSCOPE_API_KEY', KEY]]],
    [
      'of a name of its own',
      `${SNIPPET.replaceAll('OPENAI_API_KEY', 'MY_SECRET')}\nMY_SECRET: ${KEY}`,
      [['MY_SECRET', KEY]],
    ],
  ] as const) {
    it(`takes a key with it ${how}`, () => {
      const understood = readPlainWords(text);

      assert.ok(understood.kind === 'modelProviders');
      assert.deepEqual(
        understood.env.map(({ name, key }) => [name, key.reveal()]),
        env,
      );
    });
  }

  for (const [how, lists] of [
    ['beside its protocol', { modelProviders: { acme: { protocol: 'openai', models: [{ id: 'm1' }] } } }],
    ['whose protocol is named', { modelProviders: { acme: [{ id: 'm1' }] }, providerProtocol: { acme: 'openai' } }],
  ] as const) {
    it(`is read with a list of a name of its own ${how}, behind others`, () => {
      const openai = [{ id: 'm0' }];
      const { modelProviders, ...rest } = lists;
      const understood = readPlainWords(JSON.stringify({ modelProviders: { openai, ...modelProviders }, ...rest }));

      assert.ok(understood.kind === 'modelProviders');
      assert.deepEqual(understood.modelProviders, { openai: [{ id: 'm0' }, { id: 'm1' }] });
    });
  }

  it('says what it does not use', () => {
    const text = `${SNIPPET}\nexport OPENAI_API_KEY="your-coding-plan-api-key" \n# Format: sk-sp-xxxxx\nexport OPENAI_MODEL=qwen3-max`;

    assert.deepEqual(notesOf(text), [
      'OPENAI_API_KEY holds a placeholder, not a key.',
      'OPENAI_MODEL is not used beside modelProviders.',
    ]);
  });

  for (const member of [
    { api_key: KEY },
    { 'API-Key': KEY },
    { token: KEY },
    { envKey: 'a0123456789abcdef0123456789abcdef' },
  ]) {
    it(`leaves out a key as ${Object.keys(member).join()}`, () => {
      const understood = readPlainWords(JSON.stringify({ modelProviders: { openai: [{ id: 'm1', ...member }] } }));

      assert.ok(understood.kind === 'modelProviders');
      assert.deepEqual(understood.modelProviders, { openai: [{ id: 'm1' }] });
    });
  }

  it('leaves out keys that stand where a name should be', () => {
    const understood = readPlainWords(
      `"modelProviders": {"openai": [{"id": "m1", "envKey": "${KEY}", "apiKey": "${KEY}"}]}`,
    );

    assert.ok(understood.kind === 'modelProviders');
    assert.deepEqual(understood.modelProviders, { openai: [{ id: 'm1' }] });
    assert.match(understood.notUnderstood.join(), /envKey.* must be the name of a variable/);
  });
});

describe('the confirmation of plain words', () => {
  const lines = (text: string): readonly string[] =>
    describePlainWords(readPlainWords(text)).map((row) => `${row.label}: ${row.text}`);

  it('shows provider, base URL, model and the end of the key', () => {
    assert.deepEqual(lines(`Bailian API in Singapore is: ${KEY}, model is: qwen3-max`), [
      'Provider: Alibaba Cloud Model Studio (Bailian) – Singapore',
      'Base URL: https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
      'Model: qwen3-max',
      'API key: Ends in 5a49',
    ]);
  });

  it('shows what is missing', () => {
    assert.deepEqual(lines('Azure, API key: <key>'), [
      'Provider: Azure OpenAI',
      'Base URL: Missing: enter it',
      'API key: Missing: enter it',
      'Note: The text holds a placeholder where the API key should be.',
    ]);
  });

  it('shows the gateway that stands in the place of an endpoint', () => {
    const rows = describePlainWords(
      readPlainWords(`Bailian ${KEY}`),
      (provider) => `https://gateway.acme.dev/${provider.id}`,
    );

    assert.deepEqual(rows[1], { label: 'Base URL', text: 'https://gateway.acme.dev/bailian' });
  });

  it('shows the models of a snippet and its keys', () => {
    assert.deepEqual(lines(`"openai": [{"id": "m1", "baseUrl": "https://llm.acme.dev/v1"}]\nOPENAI_API_KEY=${KEY}`), [
      'm1: https://llm.acme.dev/v1, key in OPENAI_API_KEY',
      'OPENAI_API_KEY: Ends in 5a49',
    ]);
  });
});

describe('plain words of any kind', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'API',
      ' key ',
      'is',
      ': ',
      '=',
      '"',
      "'",
      '`',
      '\\',
      '\n',
      '，',
      '：',
      '{',
      '}',
      '[',
      ']',
      '<',
      '>',
      '#',
      '$',
      '%zz',
      '//',
      'OPENAI_API_KEY',
      'LLAMA_API_MODEL',
      'export ',
      'set -x ',
      '--model ',
      'curl ',
      ' -d ',
      'Bearer ',
      '"modelProviders": ',
      '"openai": ',
      'https://',
      'acme.openai.azure.com/openai/deployments/',
      'localhost:1/',
      'Bailian',
      '百炼',
      '模型',
      'qwen3-max',
      KEY,
      'sk-xxxx',
    ),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  it('are read and described without a crash', () => {
    fc.assert(fc.property(text, (any) => describePlainWords(readPlainWords(any)).length > 0));
  });

  it('show no key in a note', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = describePlainWords(readPlainWords(`${before} ${KEY} ${after}`));
        return !rows.some(({ label, text: shown }) => /Note|API key/.test(label) && shown.includes(KEY.slice(0, -4)));
      }),
    );
  });

  it('take no longer than their length', function () {
    this.timeout(20_000);
    const units = [
      '"',
      ' -d "',
      " -d '",
      '-d "\\',
      'api key ',
      'api key of ',
      'key: "',
      'https://',
      'https://<',
      'sk-',
      'a.',
      'a-',
      'a/',
    ];
    const more = [
      '=',
      'A=',
      'OPENAI_API_KEY=',
      'set -x ',
      '--model ',
      '# A',
      ' ',
      '\n',
      '模型',
      'qwen',
      '...',
      '"openai": ',
      '"openai": [',
      'x*',
      'eyJ',
      'eyJaaaaaaaa-',
      'eyJaaaaaaaa.',
      'eyJaaaaaaaa.-',
      'sk-ws-a.',
      'rqsty-sk-',
      'gsk_',
      'key aaaaaaaaaaaaaaaaaaaaa',
      'key of :// ',
      '0123456789abcdef0123456789abcdef.',
    ];
    for (const unit of [...units, ...more]) {
      const long = unit.repeat(Math.floor(65_536 / Buffer.byteLength(unit)));
      const began = processorMs();

      readPlainWords(long);

      const took = processorMs() - began;
      assert.ok(took < 1000, `${JSON.stringify(unit)} took ${Math.round(took)} ms`);
    }
  });
});
