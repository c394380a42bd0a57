import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Secret } from '../../../src/core/base/secret';
import { keyAccount } from '../../fakes/accounts';
import { configured, inShort, type Setup, sourceInShort } from '../../fakes/configured';
import { DOCUMENTS_SNIPPET } from '../../fakes/documentsSnippet';
import { createTemporaryFolder } from '../../fakes/temporaryFolder';

const OPENAI = 'https://api.openai.com/v1';
const BAILIAN = 'https://dashscope.aliyuncs.com/compatible-mode/v1';
const MODELSCOPE = 'https://api-inference.modelscope.cn/v1';
const CODING_PLAN = 'https://coding.dashscope.aliyuncs.com/v1';
const NAMES = /^(OPENAI|LLAMA)_/;

/** A block of the documents with what a person puts in the place of its placeholders. */
const filledIn = (block: string): string =>
  block
    .replaceAll(/your-coding-plan-api-key/g, 'sk-sp-0123456789abcdef')
    .replaceAll(/your[-_]api[-_]key(?:[-_]here)?/g, 'sk-0123456789abcdef')
    .replaceAll('your_model_choice', 'some-model');

/** What a block of the documents sets up where it is typed into a shell in the project. */
function typed(block: string): Setup {
  const folder = createTemporaryFolder();
  try {
    mkdirSync(folder.at('home/project'), { recursive: true });
    const shell = { cwd: folder.at('home/project'), env: { HOME: folder.at('home'), PATH: process.env['PATH'] } };
    const printed = execFileSync('sh', ['-ec', `${block}\nenv`], { ...shell, encoding: 'utf8' });
    const variables = printed
      .split('\n')
      .map((line): [string, string] => [line.replace(/=.*/, ''), line.replace(/^[^=]*=/, '')]);
    const files = readdirSync(folder.at(''), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.relative(folder.at(''), path.join(parentPath, name)));
    return {
      environment: Object.fromEntries(variables.filter(([name]) => NAMES.test(name))),
      files: Object.fromEntries(files.map((name) => [name, readFileSync(folder.at(name), 'utf8')])),
    };
  } finally {
    folder.remove();
  }
}

describe('Authentication', () => {
  it('Coding Plan Quick Setup', async () => {
    const account = keyAccount({ key: new Secret('sk-sp-xxxxxxxxx') });
    const { models, selected } = await configured({ accounts: [account] });

    assert.deepEqual(new Set(models.map(({ baseUrl }) => baseUrl)), new Set([CODING_PLAN]));
    assert.ok(models.some(({ id }) => id === 'qwen3-coder-plus'));
    assert.equal(selected?.baseUrl, CODING_PLAN);
  });

  it('Configure via settings.json modelProviders', async () => {
    const { environment = {} } = typed(
      filledIn('export OPENAI_API_KEY="your-coding-plan-api-key" \n# Format: sk-sp-xxxxx'),
    );
    const chosenHere = { id: 'qwen3-max', baseUrl: BAILIAN };

    for (const file of ['home/.qwen/settings.json', 'home/project/.qwen/settings.json']) {
      const known = await configured({ files: { [file]: `{\n${DOCUMENTS_SNIPPET}\n}` }, environment, chosenHere });
      const listed = known.models.filter(({ baseUrl }) => baseUrl === BAILIAN).map(({ id }) => id);
      assert.deepEqual(listed, ['qwen3-coder-plus', 'qwen3-max']);
      assert.match(inShort(known), /^qwen3-max \| https:\/\/dashscope\S+ \| cdef \| (\w+) \1 environment/);
      assert.equal(sourceInShort(known.selected?.source), `modelProviders in ${file}, line 10`);
    }
  });

  it('Configure via Environment Variables', async () => {
    const block = `export OPENAI_API_KEY="your-coding-plan-api-key" 
# Format: sk-sp-xxxxx
export OPENAI_BASE_URL="https://coding.dashscope.aliyuncs.com/v1"
export OPENAI_MODEL="qwen3-coder-plus"`;

    assert.equal(
      inShort(await configured(typed(filledIn(block)))),
      `qwen3-coder-plus | ${CODING_PLAN} | cdef | environment environment environment`,
    );
  });

  const other = `export OPENAI_API_KEY="your-api-key-here"
export OPENAI_BASE_URL="https://api.openai.com/v1" # optional
export OPENAI_MODEL="gpt-4o" # optional`;

  it('Configure via environment variables', async () => {
    assert.equal(
      inShort(await configured(typed(filledIn(other)))),
      `gpt-4o | ${OPENAI} | cdef | environment environment environment`,
    );
  });

  it('Configure via environment variables: in an .env file', async () => {
    assert.equal(
      inShort(await configured({ files: { 'home/project/.env': filledIn(other) } })),
      `gpt-4o | ${OPENAI} | cdef | dotenv dotenv dotenv`,
    );
  });

  it('Configure via environment variables: without what is optional', async () => {
    const [keyAlone = ''] = other.split('\n');

    assert.equal(
      inShort(await configured(typed(filledIn(keyAlone)))),
      `gpt-4o | ${OPENAI} | cdef | default default environment`,
    );
  });

  const project = `# Project-specific settings (recommended)
mkdir -p .qwen
cat >> .qwen/.env <<'EOF'
OPENAI_API_KEY="your-api-key"
OPENAI_BASE_URL="https://api-inference.modelscope.cn/v1"
OPENAI_MODEL="Qwen/Qwen3-Coder-480B-A35B-Instruct"
EOF`;
  const user = `# User-wide settings (available everywhere)
mkdir -p ~/.qwen
cat >> ~/.qwen/.env <<'EOF'
OPENAI_API_KEY="your-api-key"
OPENAI_BASE_URL="https://dashscope.aliyuncs.com/compatible-mode/v1"
OPENAI_MODEL="qwen3-coder-plus"
EOF`;

  it('Persisting env vars with .env / .qwen/.env: project-specific settings', async () => {
    const known = await configured(typed(filledIn(project)));

    assert.equal(inShort(known), `Qwen/Qwen3-Coder-480B-A35B-Instruct | ${MODELSCOPE} | cdef | dotenv dotenv dotenv`);
    assert.equal(sourceInShort(known.credential?.source), 'OPENAI_API_KEY in home/project/.qwen/.env, line 1');
  });

  it('Persisting env vars with .env / .qwen/.env: user-wide settings', async () => {
    const known = await configured(typed(filledIn(user)));

    assert.equal(inShort(known), `qwen3-coder-plus | ${BAILIAN} | cdef | dotenv dotenv dotenv`);
    assert.equal(sourceInShort(known.credential?.source), 'OPENAI_API_KEY in home/.qwen/.env, line 1');
  });

  it('Persisting env vars with .env / .qwen/.env: the first file is the only one', async () => {
    const { selected } = await configured(typed(filledIn(`${project}\n${user}`)));

    assert.equal(selected?.baseUrl, MODELSCOPE);
  });

  it('Persisting env vars with .env / .qwen/.env: search order', async () => {
    const names = ['home/project/.qwen/.env', 'home/project/.env', 'home/.qwen/.env', 'home/.env'];
    for (const [index, expected] of names.entries()) {
      const files = Object.fromEntries(names.slice(index).map((name) => [name, 'OPENAI_API_KEY=sk-0123456789abcdef']));
      const { credential } = await configured({ files });
      assert.equal(sourceInShort(credential?.source), `OPENAI_API_KEY in ${expected}, line 1`);
    }
  });

  it('Non-interactive / headless environments (CI, SSH, containers)', async () => {
    const { environment = {} } = typed(filledIn('export OPENAI_API_KEY="your-api-key"'));

    assert.equal((await configured({ environment })).credential?.source.name, 'OPENAI_API_KEY');
    assert.equal((await configured({})).credential, undefined);
  });
});

describe('Authentication Setup', () => {
  const llama = (endpoint: string) => `export LLAMA_API_KEY="your_api_key_here"
export LLAMA_API_BASE_URL="${endpoint}"  # Optional
export LLAMA_API_MODEL="your_model_choice"     # Optional`;

  it('a) Environment Variables', async () => {
    assert.equal(
      inShort(await configured(typed(filledIn(llama(MODELSCOPE))))),
      `some-model | ${MODELSCOPE} | cdef | environment environment environment`,
    );
  });

  it('a) Environment Variables: as they stand there', async () => {
    const { selected, problems } = await configured(typed(llama('your_api_endpoint')));

    assert.equal(selected, undefined);
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'The environment variable LLAMA_API_KEY: This only shows where a key would stand, so it counts as not set. ' +
          'Put the key itself there.',
        'The environment variable LLAMA_API_BASE_URL: "your_api_endpoint" only shows where an address would stand. ' +
          'Write it like https://example.com/v1.',
        'The environment variable LLAMA_API_MODEL: This only shows where a model name would stand, so it counts as not ' +
          'set. Put the model name itself there.',
      ],
    );
  });

  const env = `LLAMA_API_KEY=your_api_key_here
LLAMA_API_BASE_URL=your_api_endpoint
LLAMA_API_MODEL=your_model_choice
`;

  it('b) Project .env File', async () => {
    const files = { 'home/project/.env': filledIn(env).replace('your_api_endpoint', MODELSCOPE) };

    assert.equal(inShort(await configured({ files })), `some-model | ${MODELSCOPE} | cdef | dotenv dotenv dotenv`);
  });

  it('b) Project .env File: as it stands there', async () => {
    const { problems } = await configured({ files: { 'home/project/.env': env } });

    assert.match(
      problems[1]?.message ?? '',
      /LLAMA_API_BASE_URL in \S+project\/\.env, line 2: "your_api_endpoint" only shows/,
    );
    assert.ok(problems[1] && 'file' in problems[1].where);
    assert.equal(problems[1].where.line, 2);
  });

  it('Persisting Environment Variables with .env Files: DEBUG and DEBUG_MODE', async () => {
    const files = { 'home/project/.env': 'DEBUG=1\nDEBUG_MODE=1\nOPENAI_API_KEY=sk-0123456789abcdef' };
    const { configuration } = await configured({ files });

    assert.deepEqual([...(configuration.variables.envFile?.values.keys() ?? [])], ['OPENAI_API_KEY']);
  });

  it('Examples: Project-specific overrides', async () => {
    const block = `mkdir -p .qwen
cat >> .qwen/.env <<'EOF'
LLAMA_API_KEY="your-api-key"
LLAMA_API_BASE_URL="https://api-inference.modelscope.cn/v1"
LLAMA_API_MODEL="Qwen/Qwen3-Coder-480B-A35B-Instruct"
EOF`;

    assert.equal(
      inShort(await configured(typed(filledIn(block)))),
      `Qwen/Qwen3-Coder-480B-A35B-Instruct | ${MODELSCOPE} | cdef | dotenv dotenv dotenv`,
    );
  });

  it('Examples: User-wide settings', async () => {
    const block = `mkdir -p ~/.qwen
cat >> ~/.qwen/.env <<'EOF'
LLAMA_API_KEY="your-api-key"
LLAMA_API_BASE_URL="https://dashscope.aliyuncs.com/compatible-mode/v1"
LLAMA_API_MODEL="qwen3-coder-plus"
EOF`;

    assert.equal(
      inShort(await configured(typed(filledIn(block)))),
      `qwen3-coder-plus | ${BAILIAN} | cdef | dotenv dotenv dotenv`,
    );
  });

  it('Example for headless environments', async () => {
    const block = `export LLAMA_API_KEY="your-api-key"
export LLAMA_API_BASE_URL="https://api-inference.modelscope.cn/v1"
export LLAMA_API_MODEL="Qwen/Qwen3-Coder-480B-A35B-Instruct"

# Run Qwen Code
qwen`;

    assert.equal(
      inShort(await configured(typed(filledIn(`qwen() { :; }\n${block}`)))),
      `Qwen/Qwen3-Coder-480B-A35B-Instruct | ${MODELSCOPE} | cdef | environment environment environment`,
    );
  });
});
