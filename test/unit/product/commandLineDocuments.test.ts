import assert from 'node:assert/strict';

import { parseJson } from '../../../src/core/base/json';
import { type CommandLineProgram, createCommandLineProgram } from '../../fakes/commandLineProgram';

/** What a person puts in the place of "your-api-key". */
const KEY = 'sk-0123456789abcdef';
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
      const given = ['--openai-api-key', KEY];
      assert.deepEqual(await variables(given), openai(KEY, 'https://api.openai.com/v1', 'gpt-4o'));
    });

    it('API key only, as it stands there', async () => {
      const { code, err } = await program.runHere(['--openai-api-key', 'your-api-key-here', 'env']);

      assert.deepEqual(
        [code, err],
        [
          2,
          'The argument --openai-api-key: This only shows where a key would stand, so it cannot be used. ' +
            'Put the key itself there. qwen-auth --help tells more.\n',
        ],
      );
    });

    it('Custom base URL (OpenAI-compatible endpoint)', async () => {
      const given = ['--openai-api-key', KEY, '--openai-base-url', 'https://llm.example.com/v1'];
      const environment = { OPENAI_MODEL: 'some-model' };
      assert.deepEqual(await variables(given, environment), openai(KEY, 'https://llm.example.com/v1', 'some-model'));
    });

    it('Custom model', async () => {
      const given = ['--openai-api-key', KEY, '--model', 'gpt-4o-mini'];
      assert.deepEqual(await variables(given), openai(KEY, 'https://api.openai.com/v1', 'gpt-4o-mini'));
    });
  });

  describe('Non-interactive / headless environments (CI, SSH, containers)', () => {
    it('Set at least OPENAI_API_KEY', async () => {
      const environment = { OPENAI_API_KEY: KEY };
      assert.deepEqual(await variables([], environment), openai(KEY, 'https://api.openai.com/v1', 'gpt-4o'));
    });

    it('Optionally set OPENAI_BASE_URL and OPENAI_MODEL', async () => {
      const environment = openai(KEY, MODELSCOPE, 'Qwen/Qwen3-Coder-480B-A35B-Instruct');
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
      const environment = { LLAMA_API_KEY: KEY, LLAMA_API_BASE_URL: MODELSCOPE, LLAMA_API_MODEL: model };
      assert.deepEqual(await variables([], environment), openai(KEY, MODELSCOPE, model));
    });

    it('If no API key is set in a non-interactive session, it exits with an error', async () => {
      const { code, err } = await program.runHere([]);

      assert.equal(code, 1);
      assert.match(err, /LLAMA_API_KEY, LLAMA_API_BASE_URL, LLAMA_API_MODEL/);
    });
  });

  describe('Persisting env vars with .env / .qwen/.env', () => {
    it('Project-specific settings (recommended)', async () => {
      const set = openai(KEY, MODELSCOPE, 'Qwen/Qwen3-Coder-480B-A35B-Instruct');
      program.folder.write({
        'home/project/.qwen/.env': Object.entries(set)
          .map(([name, value]) => `${name}="${value}"\n`)
          .join(''),
      });
      assert.deepEqual(await variables([]), set);
    });
  });
});
