import assert from 'node:assert/strict';

import { firstChatModel } from '../../../src/core/models/modelKind';

const first = (...ids: readonly string[]) => firstChatModel(ids.map((id) => ({ id })))?.id;

describe('the first model for chats', () => {
  for (const id of (
    'text-embedding-3-large bge-m3 Qwen/Qwen3-Embedding-8B Qwen/Qwen3-Reranker-4B jina-reranker-v2 gte-rerank ' +
    'nomic-embed-text:latest intfloat/e5-mistral-7b jinaai/jina-clip-v2 whisper-1 gpt-4o-transcribe tts-1 tts-1-hd ' +
    'gpt-4o-realtime-preview gpt-4o-audio-preview qwen3-tts-flash qwen3-asr-flash cosyvoice-v2 paraformer-v2 ' +
    'FunAudioLLM/SenseVoiceSmall sambert-zhichu-v1 qwen-image qwen-image-edit gpt-image-1 dall-e-3 imagen-4.0 ' +
    'black-forest-labs/FLUX.1-dev stabilityai/stable-diffusion-xl wanx2.1-t2i-turbo wan2.5-t2v-preview cogview-4 ' +
    'cogvideox-3 sora-2 veo-3.0-generate gemini-2.5-flash-image kling-v1 Kwai-Kolors/Kolors mj_imagine ' +
    'omni-moderation-latest text-moderation-stable meta-llama/Llama-Guard-4-12B qwen3guard-8b shieldgemma-9b ' +
    'babbage-002 davinci-002 qwen-mt-plus qwen3-livetranslate-flash deepseek-ocr nvidia/llama-3.1-nemotron-70b-reward'
  ).split(' ')) {
    it(`is not ${id}`, () => {
      assert.equal(first(id, 'qwen3-max'), 'qwen3-max');
    });
  }

  for (const id of (
    'qwen3-coder-plus gpt-4o gpt-5.2-codex o3-mini kimi-k2.6 deepseek-v4-flash GLM-4.5V qwen3-vl-plus qwen3-omni-flash ' +
    'llama3.2:latest mistral-large-latest claude-opus-4 gemini-2.5-pro grok-4 MiniMax-M2.5 gemma-3-27b-it phi-4 ' +
    'imagine-chat rankine-7b wanderer-13b mtgpt e5chat coder-model openai/gpt-oss-120b:free yi-lightning'
  ).split(' ')) {
    it(`may be ${id}`, () => {
      assert.equal(first(id, 'another'), id);
    });
  }

  it('is the very first where all seem to be for something else', () => {
    assert.equal(first('bge-m3', 'whisper-1'), 'bge-m3');
  });

  it('is none of none', () => {
    assert.equal(first(), undefined);
  });
});
