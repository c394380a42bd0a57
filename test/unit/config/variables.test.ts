import assert from 'node:assert/strict';

import { emptyConfiguration, readConfiguration } from '../../../src/core/config/configuration';
import { findVariables, type VariablePlaces } from '../../../src/core/config/variables';
import { sourceInShort } from '../../fakes/configured';
import { createTemporaryFolder, type Contents, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('variable', () => {
  let temporary: TemporaryFolder;

  beforeEach(() => {
    temporary = createTemporaryFolder();
  });
  afterEach(() => temporary.remove());

  async function placesOf(files: Contents, environment: Record<string, string> = {}): Promise<VariablePlaces> {
    temporary.write(files);
    const home = temporary.at('home');
    const folder = temporary.at('home/project');
    return (await readConfiguration({ files: temporary.files, environment, home, folder, trusted: true })).variables;
  }
  const inShort = (places: VariablePlaces) =>
    findVariables('A', places).map(
      ({ value, side, source }) => `${value.reveal()} of the ${side}: ${sourceInShort(source)}`,
    );

  it('has its value in effect before those it shadows', async () => {
    const places = await placesOf(
      {
        'home/project/.env': '\nA=2',
        'home/project/.qwen/settings.json': { env: { A: '3' } },
        'home/.qwen/settings.json': { env: { A: '4' } },
      },
      { A: '1' },
    );

    assert.deepEqual(inShort(places), [
      '1 of the person: the environment variable A',
      '2 of the workspace: A in home/project/.env, line 2',
      '3 of the workspace: env.A in home/project/.qwen/settings.json, line 3',
      '4 of the person: env.A in home/.qwen/settings.json, line 3',
    ]);
  });

  it('is the persons own in a file of home', async () => {
    assert.deepEqual(inShort(await placesOf({ 'home/.env': 'A=1' })), ['1 of the person: A in home/.env, line 1']);
  });

  it('is not set where it is empty', async () => {
    const files = { 'home/project/.env': 'A=" "', 'home/.qwen/settings.json': { env: { A: '' } } };

    assert.deepEqual(inShort(await placesOf(files, { A: '' })), []);
  });

  it('has no blanks around its value', async () => {
    const files = { 'home/.env': 'A=" 2\\n"', 'home/.qwen/settings.json': { env: { A: '\t3 ' } } };
    const values = findVariables('A', await placesOf(files, { A: ' 1 ' })).map(({ value }) => value.reveal());

    assert.deepEqual(values, ['1', '2', '3']);
  });

  it('may come into the process later on', () => {
    const environment: Record<string, string> = {};
    const { variables } = emptyConfiguration(environment);
    environment['A'] = '1';

    assert.equal(findVariables('A', variables)[0]?.value.reveal(), '1');
  });

  it('may be referred to by the settings of the person, from the file of the person too', async () => {
    const files = { 'home/.env': 'B=2', 'home/.qwen/settings.json': { env: { A: '${B}-$C' } } };
    const [found] = findVariables('A', await placesOf(files, { C: '3' }));

    assert.deepEqual([found?.value.reveal(), found?.problem], ['2-3', undefined]);
  });

  it('may not be referred to by the settings of a workspace, which are told where', async () => {
    const files = { 'home/project/.qwen/settings.json': { env: { A: '$B' } } };
    const [found] = findVariables('A', await placesOf(files, { B: 'sk-0123456789' }));

    assert.match(
      found?.problem?.message ?? '',
      /^env\.A in .*settings\.json, line 3, refers to another variable, which a workspace may not read, so it is not used\. Set A /,
    );
    assert.ok(found?.problem && 'line' in found.problem.where);
    assert.deepEqual([found.problem.where.line, found.problem.severity], [3, 'warning']);
  });

  it('says so where the settings of the person refer to what is not set', async () => {
    const files = { 'home/.qwen/settings.json': { env: { A: '$B' } } };
    const [found] = findVariables('A', await placesOf(files));

    assert.match(found?.problem?.message ?? '', /line 3, refers to a variable that is not set, so it is not used\./);
  });

  it('does not print', () => {
    const { variables } = emptyConfiguration({ A: 'sk-0123456789' });

    assert.doesNotMatch(JSON.stringify([variables, findVariables('A', variables)]), /0123456789/);
  });
});
