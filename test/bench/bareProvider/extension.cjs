// A provider of one model that does nothing but ask its server, and reports what comes. Beside it, it asks for answers
// of this model and of ours in turn, and writes into the file BENCH_TIMES how long each took to its first part, in
// milliseconds.
const { writeFileSync } = require('node:fs');
const { LanguageModelChatMessage, LanguageModelTextPart, lm } = require('vscode');

const { BENCH_TIMES = '', OPENAI_BASE_URL, OPENAI_MODEL } = process.env;
const ROUNDS = 52;

const provider = {
  provideLanguageModelChatInformation: () => [
    {
      id: 'bare',
      name: 'Bare',
      family: 'bare',
      version: '1',
      maxInputTokens: 1e5,
      maxOutputTokens: 1e4,
      capabilities: {},
    },
  ],
  provideTokenCount: () => 1,
  provideLanguageModelChatResponse: async (_model, _messages, _options, progress) => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const { body } = await fetch(`${OPENAI_BASE_URL}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: OPENAI_MODEL, stream: true, messages }),
    });
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      for (const [, data] of chunk.matchAll(/^data: (\{.*\})$/gm)) {
        const text = JSON.parse(data).choices[0]?.delta.content;
        if (text) progress.report(new LanguageModelTextPart(text));
      }
    }
  },
};

async function modelOf(vendor) {
  for (;;) {
    const [model] = await lm.selectChatModels({ vendor });
    if (model) return model;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The milliseconds until the first part is there; the rest of the answer is read as well. */
async function firstPart(model) {
  const began = performance.now();
  let took;
  const { text } = await model.sendRequest([LanguageModelChatMessage.User('Hi')]);
  for await (const _ of text) took ??= performance.now() - began;
  return took;
}

exports.activate = async () => {
  lm.registerLanguageModelChatProvider('bench', provider);
  const [bare, own] = [await modelOf('bench'), await modelOf('qwen')];
  const times = { bare: [], own: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      times.bare.push(await firstPart(bare));
      times.own.push(await firstPart(own));
    }
  } catch (error) {
    times.error = String(error);
  }
  writeFileSync(BENCH_TIMES, JSON.stringify(times));
};
