import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, ConfigurationTarget, extensions, LanguageModelError, lm, Uri, workspace } from 'vscode';
import { isRecord, stringIn } from '../../src/core/base/json';
import { eventually } from '../eventually';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

const run = async (command: string, ...args: readonly unknown[]): Promise<unknown> =>
  await commands.executeCommand(command, ...args);
/** What another extension gets of a model of ours. */
const ask = async (family: string, messages: readonly object[], more: object = {}): Promise<Answer> => {
  const answer = await run('consumer.ask', { family, messages, ...more });
  assert.ok(isRecord(answer));
  const { parts, error } = answer;
  return { parts: Array.isArray(parts) ? parts.filter(isRecord) : [], error };
};
const CONSUMER = 'qwen-auth-test.consumer';
const user = (...parts: readonly object[]): object => ({ parts });
const textOf = ({ parts, error }: Answer): string => {
  assert.equal(error, undefined);
  return parts.map((part) => stringIn(part, 'text') ?? '').join('');
};

interface Answer {
  readonly parts: readonly Readonly<Record<string, unknown>>[];
  readonly error: unknown;
}

const TOOL = {
  name: 'weather',
  description: 'Tells the weather.',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** One red pixel as a PNG: VS Code itself looks at what it sends. */
const RED_DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

describe('the language models of another extension', () => {
  let sandbox: Sandbox;
  const lastBody = (): Readonly<Record<string, unknown>> => {
    const body = sandbox.requests.findLast(({ path }) => path.endsWith('/chat/completions'))?.json;
    assert.ok(isRecord(body));
    return body;
  };
  const signIn = async (provider: string, apiKey = sandbox.keys[provider]): Promise<void> => {
    await run('qwen.signIn', { method: 'api-key', provider, apiKey });
  };

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox();
    const entries = [
      { id: 'gpt-4o', baseUrl: `${sandbox.origin}/openai/v1`, generationConfig: { modalities: { image: true } } },
      { id: 'gpt-4o-mini', baseUrl: `${sandbox.origin}/openai/v1`, generationConfig: { modalities: {} } },
      { id: 'not-there', baseUrl: `${sandbox.origin}/openai/v1` },
    ];
    const settings = { ...sandbox.settings, 'qwen.modelProviders': { openai: entries } };
    for (const [name, value] of Object.entries(settings)) {
      await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
    }
  });
  after(async () => {
    await run('qwen.signOut', { method: 'api-key' });
    await workspace.getConfiguration().update('qwen.modelProviders', undefined, ConfigurationTarget.Global);
    await sandbox.stop();
  });

  it('say how to sign in where nobody is', async () => {
    const { error } = await ask('gpt-4o', [user({ text: 'Hello' })]);

    assert.ok(isRecord(error));
    assert.equal(error['code'], LanguageModelError.NoPermissions.name);
    assert.match(String(error['message']), /asks for a key \(401\)\. None was given\. Run "Qwen: Sign in"\.$/);
  });

  it('are told of as soon as there are others', async () => {
    const told = new Promise<readonly unknown[]>((resolve) => {
      const subscription = lm.onDidChangeChatModels(async () => {
        const models = await run('consumer.models');
        // Those of the settings are there before.
        if (!Array.isArray(models) || models.length < 3) return;
        subscription.dispose();
        resolve(models);
      });
    });

    await signIn('openai');

    const models = await told;
    assert.deepEqual(
      models.filter(isRecord).find(({ family }) => family === 'gpt-4o'),
      {
        id: `gpt-4o@${sandbox.origin}/openai/v1`,
        name: 'gpt-4o',
        family: 'gpt-4o',
        maxInputTokens: 98_304,
      },
    );
  });

  it('have one that is whichever model is in use', async () => {
    const inUse = async () => textOf(await ask('in-use', [user({ text: 'Hello' })]));
    await run('qwen.switchModel', { id: 'gpt-5.2', baseUrl: `${sandbox.origin}/openai/v1` });
    const before = await inUse();

    await run('qwen.switchModel', { id: 'gpt-4o-mini', baseUrl: `${sandbox.origin}/openai/v1` });

    assert.match(before, /^Hello from gpt-5\.2 in/);
    assert.match(await inUse(), /^Hello from gpt-4o-mini in/);
  });

  it('have that one first by name, with which VS Code begins a new chat', async () => {
    const models = await run('consumer.models');
    assert.ok(Array.isArray(models));
    const named = models.filter(isRecord).map(({ id, name }) => ({ id, name: String(name) }));

    const [first] = named.sort((one, other) => one.name.localeCompare(other.name));

    assert.equal(first?.id, 'in-use');
  });

  it('answer in pieces', async () => {
    const answer = await ask('gpt-4o', [user({ text: 'Hello' })]);

    assert.equal(textOf(answer), 'Hello from gpt-4o in the sandbox. You said: Hello');
    assert.ok(answer.parts.length > 1);
  });

  it('are told what the conversation was, by whom', async () => {
    await ask('gpt-4o', [
      { role: 'system', parts: [{ text: 'Be brief.' }] },
      user({ text: 'One' }),
      { role: 'assistant', parts: [{ text: 'Two' }] },
      user({ text: 'Three' }, { data: ['cache_control', 'ephemeral'] }, { data: ['text/plain', 'Four'] }),
    ]);

    assert.deepEqual(lastBody()['messages'], [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: 'Three\n\nFour' },
    ]);
  });

  it('see images', async () => {
    const answer = await ask('gpt-4o', [user({ image: RED_DOT }, { text: 'What is it?' })]);

    assert.match(textOf(answer), /I can see an image\.$/);
  });

  it('read a word in the place of an image where they are known to be blind', async () => {
    const answer = await ask('gpt-4o-mini', [user({ image: RED_DOT }, { text: 'What is it?' })]);

    const word = '[An image was left out: this model does not read images.]';
    assert.match(textOf(answer), /What is it\?$/);
    assert.deepEqual(lastBody()['messages'], [{ role: 'user', content: `${word}\n\nWhat is it?` }]);
  });

  it('ask for a tool, and are told what it said', async () => {
    const question = user({ text: 'use the tool weather {"city": "Hangzhou"}' });

    const { parts } = await ask('gpt-4o', [question], { options: { tools: [TOOL] } });
    const [call] = parts;
    const id = String(call?.['id']);
    const answer = await ask(
      'gpt-4o',
      [
        question,
        { role: 'assistant', parts: [{ call: [id, 'weather', { city: 'Hangzhou' }] }] },
        user({ result: [id, { text: 'Sunny' }] }),
      ],
      { options: { tools: [TOOL] } },
    );

    assert.deepEqual(call?.['call'], ['weather', { city: 'Hangzhou' }]);
    assert.equal(textOf(answer), 'The tool answered: Sunny');
  });

  it('must call a tool where that is required', async () => {
    const { parts } = await ask('gpt-4o', [user({ text: 'Hello' })], { options: { tools: [TOOL], toolMode: 2 } });

    assert.deepEqual(lastBody()['tool_choice'], { type: 'function', function: { name: 'weather' } });
    assert.ok(parts.some(({ call }) => Array.isArray(call) && call[0] === 'weather'));
  });

  it('take the options of whoever asks', async () => {
    await ask('gpt-4o', [user({ text: 'Hello' })], { options: { modelOptions: { temperature: 0.1, model: 'other' } } });

    assert.equal(lastBody()['temperature'], 0.1);
    assert.equal(lastBody()['model'], 'gpt-4o');
  });

  it('answer several at once, each its own', async () => {
    const words = ['one', 'two', 'three', 'four'];

    const answers = await Promise.all(words.map((word) => ask('gpt-4o', [user({ text: word })])));

    assert.deepEqual(
      answers.map(textOf),
      words.map((word) => `Hello from gpt-4o in the sandbox. You said: ${word}`),
    );
  });

  it('stop when nobody listens any more', async () => {
    // So slow that it is cut long before its end.
    sandbox.behavior.chunkGap = 300;
    const answer = await ask('gpt-4o', [user({ text: 'a b c d e f g h i j k l m n o p q r s t' })], { stopAfter: 2 });
    sandbox.behavior.chunkGap = 5;

    assert.ok(answer.parts.length < 10, JSON.stringify(answer));
  });

  it('count tokens before they are asked', async () => {
    const text = 'function add(a, b) { return a + b; }\n'.repeat(20);

    const ofText = await run('consumer.countTokens', 'gpt-4o', text);
    const ofMessage = await run('consumer.countTokens', 'gpt-4o', user({ text }));

    assert.ok(Number(ofText) > 150 && Number(ofText) < 350, String(ofText));
    assert.ok(Number(ofMessage) > Number(ofText));
  });

  it('are not there where their server does not know them', async () => {
    const { error } = await ask('not-there', [user({ text: 'Hello' })]);

    assert.ok(isRecord(error));
    assert.equal(error['code'], LanguageModelError.NotFound.name);
    assert.match(
      String(error['message']),
      /does not have this model \(404\)\..* The model was not-there, with OpenAI\./,
    );
  });

  it('are blocked where there is no balance', async () => {
    await signIn('openrouter', 'sk-sandbox-nobalance');

    const { error } = await ask('qwen/qwen3-coder', [user({ text: 'Hello' })]);

    assert.ok(isRecord(error), 'no error');
    assert.equal(error['code'], LanguageModelError.Blocked.name);
    assert.match(String(error['message']), /Your account at .* has no balance.* \(402\)\./);
  });

  it('are counted for whoever asked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qwen-auth-usage-'));
    const requests = async (): Promise<unknown> => {
      const file = join(folder, 'usage.json');
      await run('qwen.exportUsage', { file });
      const records: unknown[] = JSON.parse(await readFile(file, 'utf8'));
      const use = records.filter(isRecord).find(({ model, initiator }) => model === 'gpt-4o' && initiator === CONSUMER);
      return use?.['requests'];
    };
    const before = await requests();

    await ask('gpt-4o', [user({ text: 'Hello' })]);

    await eventually(requests, Number(before) + 1);
    await rm(folder, { recursive: true });
  });

  it('are blocked for an extension that the person has blocked', async () => {
    const block = async (ids: readonly string[] | undefined): Promise<void> =>
      await workspace.getConfiguration().update('qwen.chat.blockedExtensions', ids, ConfigurationTarget.Global);
    const asked = sandbox.requests.length;
    await block(['qwen-auth-test.consumer']);

    const { error } = await ask('gpt-4o', [user({ text: 'Hello' })]);

    await block(undefined);
    assert.deepEqual(error, {
      code: LanguageModelError.Blocked.name,
      message:
        'You have blocked Consumer (qwen-auth-test.consumer) from using your models. ' +
        'To allow it again, run "Qwen: Show usage".',
    });
    assert.equal(sandbox.requests.length, asked);
  });

  describe('behind @qwen', () => {
    /** Asks in VS Code's own chat; resolves with what the model was sent. */
    const askInChat = async (query: string, attachFiles: readonly Uri[] = []): Promise<string> => {
      const { length } = sandbox.requests;
      await run('workbench.action.chat.open', { query: `@qwen ${query}`, attachFiles });
      const sent = (): string | undefined =>
        sandbox.requests.slice(length).find(({ path }) => path.endsWith('/chat/completions'))?.text;
      for (;;) {
        const text = sent();
        if (text !== undefined) return text;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };

    it('see the files that are attached, but none with a key in it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'qwen-auth-attached-'));
      const files = [
        ['notes.txt', 'The deadline is on Friday.'],
        ['.env', `OPENAI_API_KEY=${sandbox.keys['openai']}\n`],
        ['map.ts', "loadMap('AIzaSyB0123456789abcdef');\n"],
      ] as const;
      for (const [name, text] of files) await writeFile(join(folder, name), text);

      const sent = await askInChat(
        'What is in these?',
        files.map(([name]) => Uri.file(join(folder, name))),
      );

      assert.match(sent, /The deadline is on Friday\./);
      assert.ok(!sent.includes(sandbox.keys['openai'] ?? 'missing'));
      assert.match(sent, /loadMap\('\[redacted\]'\)/);
      await rm(folder, { recursive: true });
    });

    it('are asked about a key that is none', async () => {
      assert.match(await askInChat('Why is my token: undefined here?'), /Why is my token: undefined here\?/);
    });
  });

  it('are gone with the account they were of', async () => {
    const known = async () => {
      const models = await run('consumer.models');
      return Array.isArray(models) ? models.filter(isRecord).map(({ id }) => String(id)) : [];
    };
    const ofServer = (ids: readonly string[]) => ids.filter((id) => id.includes('/deepseek/'));
    await signIn('deepseek');
    while (ofServer(await known()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));

    await run('qwen.signOut', { account: 'deepseek' });

    while (ofServer(await known()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok((await known()).includes('in-use'));
  });

  it('have no chat where AI features are off, which is said', async () => {
    const off = async (value: boolean | undefined): Promise<void> =>
      await workspace.getConfiguration('chat').update('disableAIFeatures', value, ConfigurationTarget.Global);
    await off(true);

    const answer = await run('qwen.useInChat');

    await off(undefined);
    assert.deepEqual(answer, {
      ok: false,
      error:
        'The AI features of VS Code are switched off, and its chat with them. ' +
        'To switch them on, clear the setting chat.disableAIFeatures.',
    });
  });
});
