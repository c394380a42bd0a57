import assert from 'node:assert/strict';

import { parseJson } from '../../../src/core/base/json';
import { type CommandLineProgram, createCommandLineProgram } from '../../fakes/commandLineProgram';

const MODELSCOPE = 'https://api-inference.modelscope.cn/v1';

/** The examples of the two documents that are typed on a command line, each under its heading. */
describe('the documents', () => {
  let program: CommandLineProgram;

  beforeEach(() => {
    program = createCommandLineProgram();
  });
  afterEach(() => program.remove());

  const variables = async (args: readonly string[], environment = {}): Promise<unknown> => {
    const { code, out, err } = await program.runHere([...args, 'env', '--shell', 'json'], environment);
    assert.deepEqual([code, err], [0, '']);
    return parseJson(out);
  };
  const openai = (key: string, baseUrl: string, model: string) => ({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: baseUrl,
    OPENAI_MODEL: model,
  });

  describe('Configure via command-line arguments', () => {
    it('API key only', async () => {
      const given = ['--openai-api-key', 'your-api-key-here'];
      assert.deepEqual(await variables(given), openai('your-api-key-here', 'https://api.openai.com/v1', 'gpt-4o'));
    });

    it('Custom base URL (OpenAI-compatible endpoint)', async () => {
      const given = ['--openai-api-key', 'your-api-key-here', '--openai-base-url', 'https://llm.example.com/v1'];
      const environment = { OPENAI_MODEL: 'some-model' };
      assert.deepEqual(
        await variables(given, environment),
        openai('your-api-key-here', 'https://llm.example.com/v1', 'some-model'),
      );
    });

    it('Custom model', async () => {
      const given = ['--openai-api-key', 'your-api-key-here', '--model', 'gpt-4o-mini'];
      assert.deepEqual(await variables(given), openai('your-api-key-here', 'https://api.openai.com/v1', 'gpt-4o-mini'));
    });
  });

  describe('Non-interactive / headless environments (CI, SSH, containers)', () => {
    it('Set at least OPENAI_API_KEY', async () => {
      const environment = { OPENAI_API_KEY: 'your-api-key' };
      assert.deepEqual(await variables([], environment), openai('your-api-key', 'https://api.openai.com/v1', 'gpt-4o'));
    });

    it('Optionally set OPENAI_BASE_URL and OPENAI_MODEL', async () => {
      const environment = openai('your-api-key', MODELSCOPE, 'Qwen/Qwen3-Coder-480B-A35B-Instruct');
      assert.deepEqual(await variables([], environment), environment);
    });

    it('If none of these are set in a non-interactive session, it exits with an error', async () => {
      const { code, err } = await program.runHere([]);

      assert.equal(code, 1);
      assert.match(
        err,
        /^No key is configured: set OPENAI_API_KEY, and where needed OPENAI_BASE_URL and OPENAI_MODEL,/,
      );
    });

    it('you typically cannot complete the OAuth browser login flow', async () => {
      const { code, err } = await program.runHere(['login']);

      assert.equal(code, 1);
      assert.match(err, /needs a person at a terminal.*OPENAI_API_KEY/);
    });
  });

  describe('Non-Interactive Mode / Headless Environments', () => {
    it('Example for headless environments', async () => {
      const model = 'Qwen/Qwen3-Coder-480B-A35B-Instruct';
      const environment = { LLAMA_API_KEY: 'your-api-key', LLAMA_API_BASE_URL: MODELSCOPE, LLAMA_API_MODEL: model };
      assert.deepEqual(await variables([], environment), openai('your-api-key', MODELSCOPE, model));
    });

    it('If no API key is set in a non-interactive session, it exits with an error', async () => {
      const { code, err } = await program.runHere([]);

      assert.equal(code, 1);
      assert.match(err, /LLAMA_API_KEY, LLAMA_API_BASE_URL, LLAMA_API_MODEL/);
    });
  });

  describe('Persisting env vars with .env / .qwen/.env', () => {
    it('Project-specific settings (recommended)', async () => {
      const set = openai('your-api-key', MODELSCOPE, 'Qwen/Qwen3-Coder-480B-A35B-Instruct');
      program.folder.write({
        'home/project/.qwen/.env': Object.entries(set)
          .map(([name, value]) => `${name}="${value}"\n`)
          .join(''),
      });
      assert.deepEqual(await variables([]), set);
    });
  });
});
