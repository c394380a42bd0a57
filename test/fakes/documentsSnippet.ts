/** The `modelProviders` of Qwen Code's documents, as it stands there. */
export const DOCUMENTS_SNIPPET = `"modelProviders": {
  "openai": [
    {
      "id": "qwen3-coder-plus",
      "name": "qwen3-coder-plus",
      "envKey": "OPENAI_API_KEY",
      "baseUrl": "https://dashscope.aliyuncs.com/compatible-mode/v1"
    },
    {
      "id": "qwen3-max",
      "name": "qwen3-max",
      "envKey": "OPENAI_API_KEY",
      "baseUrl": "https://dashscope.aliyuncs.com/compatible-mode/v1"
    }
  ]
}`;
