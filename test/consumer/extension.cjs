// Another extension: it asks VS Code for a session and for models of ours, and says what it got.
const vscode = require('vscode');
const { authentication, commands, lm, window } = vscode;

/** One red pixel as a PNG: VS Code itself looks at what it sends. */
const RED_DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

/**
 * @typedef {{ text?: string, image?: string, data?: [string, string], call?: [string, string, object],
 * result?: [string, ...Part[]] }} Part
 */

/**
 * A part of a message, from what can be written down in a test.
 * @param {Part} part
 * @returns {vscode.LanguageModelTextPart | vscode.LanguageModelDataPart | vscode.LanguageModelToolCallPart |
 * vscode.LanguageModelToolResultPart}
 */
function messagePart({ text = '', image, data, call, result }) {
  if (image) return vscode.LanguageModelDataPart.image(Buffer.from(image, 'base64'), 'image/png');
  if (data) return new vscode.LanguageModelDataPart(Buffer.from(data[1]), data[0]);
  if (call) return new vscode.LanguageModelToolCallPart(...call);
  if (result) return new vscode.LanguageModelToolResultPart(result[0], result.slice(1).map(messagePart));
  return new vscode.LanguageModelTextPart(text);
}

/** @param {{ role?: 'user' | 'assistant' | 'system', parts: Part[] }} message */
function chatMessage({ role = 'user', parts }) {
  const number = { user: 1, assistant: 2, system: 3 }[role];
  return new vscode.LanguageModelChatMessage(number, parts.map(messagePart));
}

/**
 * Adds to `parts` what a stream holds, until `stopAfter` parts have come.
 * @param {AsyncIterable<unknown>} stream
 * @param {object[]} parts
 * @param {vscode.CancellationTokenSource} source
 * @param {number} [stopAfter]
 */
async function addParts(stream, parts, source, stopAfter = Infinity) {
  for await (const part of stream) {
    if (part instanceof vscode.LanguageModelTextPart) parts.push({ text: part.value });
    else if (part instanceof vscode.LanguageModelToolCallPart)
      parts.push({ call: [part.name, part.input], id: part.callId });
    else parts.push({ thinking: Reflect.get(Object(part), 'value') });
    if (parts.length >= stopAfter) source.cancel();
  }
}

/**
 * The model of that family, as soon as VS Code has it: after a sign-in it asks for the models anew, in its own time.
 * @param {string} family
 */
async function offered(family) {
  for (;;) {
    /** @type {vscode.Disposable | undefined} */
    let subscription;
    const changed = new Promise((resolve) => (subscription = lm.onDidChangeChatModels(resolve)));
    const [model] = await lm.selectChatModels({ vendor: 'qwen', family });
    // It does not always tell of what it has already.
    if (!model) await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, 500))]);
    subscription?.dispose();
    if (model) return model;
  }
}

/** @param {vscode.ExtensionContext} context */
exports.activate = (context) => {
  context.subscriptions.push(
    commands.registerCommand('consumer.getSession', async (scopes = [], options = { createIfNone: true }) => {
      const session = await authentication.getSession('qwen', scopes, options);
      void window.showInformationMessage(`Consumer got ${session?.account.label}`);
      return session;
    }),
    commands.registerCommand('consumer.models', async () => {
      const models = await lm.selectChatModels({ vendor: 'qwen' });
      return models.map(({ id, name, family, maxInputTokens }) => ({ id, name, family, maxInputTokens }));
    }),
    commands.registerCommand('consumer.countTokens', async (family, given) => {
      const model = await offered(family);
      return await model.countTokens(typeof given === 'string' ? given : chatMessage(given));
    }),
    commands.registerCommand('consumer.ask', async ({ family, messages, options, stopAfter }) => {
      const source = new vscode.CancellationTokenSource();
      /** @type {object[]} */
      const parts = [];
      try {
        const model = await offered(family);
        const response = await model.sendRequest(messages.map(chatMessage), options, source.token);
        await addParts(response.stream, parts, source, stopAfter);
        return { parts };
      } catch (error) {
        return { parts, error: { code: error.code, message: error.message } };
      }
    }),
    commands.registerCommand('consumer.takeKey', async () => {
      const wish = { confirm: true, withKey: true };
      const { ok } = await commands.executeCommand('qwen.writeQwenCodeSettings', wish);
      void window.showInformationMessage(`Consumer got ${ok ? 'the key' : 'nothing'}`);
    }),
    commands.registerCommand('consumer.showImage', async () => {
      const [model] = await lm.selectChatModels({ vendor: 'qwen' });
      const response = await model?.sendRequest([
        chatMessage({ parts: [{ image: RED_DOT }, { text: 'What is it?' }] }),
      ]);
      for await (const _ of response?.text ?? []);
    }),
    commands.registerCommand('consumer.askAloud', async () => {
      try {
        const [model] = await lm.selectChatModels({ vendor: 'qwen' });
        const response = await model?.sendRequest([vscode.LanguageModelChatMessage.User('Are you there?')]);
        let text = '';
        for await (const part of response?.text ?? []) text += part;
        void window.showInformationMessage(`Consumer heard: ${text}`);
      } catch (error) {
        const code = error instanceof vscode.LanguageModelError ? error.code : 'an error';
        void window.showErrorMessage(`Consumer got ${code}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
};
