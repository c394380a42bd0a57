import assert from 'node:assert/strict';

import { configured } from '../../fakes/configured';

const HOME = 'OPENAI_API_KEY=sk-0123456789-HOME';

/** What is said with these files, which lie below the home folder's parent. */
async function said(
  files: Readonly<Record<string, string | object>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { problems } = await configured({ files, environment });
  return problems.map(({ message }) => message.replace(/\S*qwen-auth-files-[^/\\]*[/\\]/g, ''));
}

describe('a key in an environment file that is not read', () => {
  it('is told of, with the file that ended the search', async () => {
    assert.deepEqual(await said({ 'home/project/.env': 'PORT=1', 'home/.env': `\n${HOME}` }), [
      'OPENAI_API_KEY in home/.env, line 2, is not read: the search for an environment file ended at home/project/.env, ' +
        'and only the first one counts. Set it there, or in the environment.',
    ]);
  });

  it('is told of where the search ended at a file that cannot be read', async () => {
    const [, hint] = await said({ 'home/project/.env': '\0', 'home/.qwen/.env': HOME });

    assert.match(hint ?? '', /in home\/\.qwen\/\.env, line 1, is not read.* ended at home\/project\/\.env/);
  });

  it('is told of by the variable of the model in use', async () => {
    const entry = { id: 'a', envKey: 'MY_API_KEY', baseUrl: 'https://llm.example.com/v1' };
    const settings = { modelProviders: { openai: [entry] } };
    const files = {
      'home/.qwen/settings.json': settings,
      'home/project/.env': '',
      'home/.env': `MY_API_KEY=x\n${HOME}`,
    };

    assert.match((await said(files)).join(), /^MY_API_KEY in home\/\.env, line 1/);
  });

  it('is told of once, by the first file that has it, as a warning with its line', async () => {
    const files = { 'home/project/.env': '', 'home/.qwen/.env': 'PORT=1', 'home/.env': `A=1\n${HOME}`, '.env': HOME };
    const { problems } = await configured({ files });

    assert.deepEqual(
      problems.map(({ where, severity }) => ['line' in where && where.line, severity]),
      [[2, 'warning']],
    );
  });

  it('is nothing to tell of where there is another', async () => {
    const environment = { OPENAI_API_KEY: 'sk-0123456789-PROC' };

    assert.deepEqual(await said({ 'home/project/.env': '', 'home/.env': HOME }, environment), []);
  });

  it('is nothing to tell of where it is empty', async () => {
    for (const empty of ['OPENAI_API_KEY=', 'OPENAI_API_KEY=" "'])
      assert.deepEqual(await said({ 'home/project/.env': '', 'home/.env': empty }), []);
  });
});
