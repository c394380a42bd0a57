import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { writeQwenSettings } from '../../src/core/config/qwenSettingsWrite';
import { stringIn } from '../../src/core/base/json';
import type { InUse } from '../../src/core/terminal/terminalVariables';
import { newKeyName } from '../../src/core/terminal/newKeyName';
import { accessInUse, terminalVariables } from '../../src/core/terminal/terminalVariables';
import { keyAccount } from '../fakes/accounts';
import { configured, type Setup } from '../fakes/configured';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { Secret } from '../../src/core/base/secret';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { QUIET, QWEN } from './qwenCodeProcess';

const SETTINGS = 'home/.qwen/settings.json';

describe('the real Qwen Code, with what a terminal gets', () => {
  let sandbox: Sandbox;
  let folder: TemporaryFolder;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
  });
  afterEach(async () => {
    folder.remove();
    await sandbox.stop();
  });

  const baseUrl = () => `${sandbox.origin}/coding/china/v1`;
  /** Signed in to the sandbox's plan, with one of its models chosen, and these settings of Qwen Code. */
  const planned = async (settings: object | string) => {
    const setup: Setup = {
      files: { [SETTINGS]: settings },
      accounts: [keyAccount({ baseUrl: baseUrl(), key: new Secret(sandbox.keys['coding-plan/china'] ?? '') })],
      chosenHere: { id: 'glm-5', baseUrl: baseUrl() },
    };
    folder = createTemporaryFolder({ ...setup.files, 'home/project/README.md': '' });
    const snapshot = await configured(setup);
    const inUse = accessInUse(snapshot, Date.now());
    assert.ok(inUse);
    return { snapshot, inUse };
  };
  /** What Qwen Code asked, and whom. */
  const ask = async (args: readonly string[], variables: Readonly<Record<string, string>>) => {
    const [node, program] = QWEN;
    const env = { ...QUIET, PATH: process.env['PATH'], HOME: folder.at('home'), ...variables };
    const options = { cwd: folder.at('home/project'), env, stdio: 'ignore' } as const;
    await once(spawn(node, [program, '--auth-type=openai', ...args, '-p', 'hi'], options), 'close');
    const [request] = sandbox.requests.filter(({ method }) => method === 'POST');
    return {
      model: stringIn(request?.json, 'model'),
      url: `${sandbox.origin}${request?.path}`,
      key: request?.headers.authorization?.replace('Bearer ', ''),
    };
  };
  const expected = ({ model }: InUse) => ({
    model: model.id,
    url: `${baseUrl()}/chat/completions`,
    key: sandbox.keys['coding-plan/china'],
  });

  it('asks the model of its argument with the key of the variables, whichever its settings name', async () => {
    const { snapshot, inUse } = await planned({ $version: 4, model: { name: 'of-the-settings' } });
    const asked = await ask([`--model=${inUse.model.id}`], terminalVariables(inUse, snapshot));

    assert.deepEqual(asked, expected(inUse));
  });

  it('takes settings that we wrote, and the key from the variable that they name', async () => {
    // Of the same name, first in the list, and without a key: Qwen Code would send it ours.
    const other = { id: 'glm-5', baseUrl: `${sandbox.origin}/openai/v1`, envKey: 'NOT_SET_KEY' };
    const before = await planned({ $version: 4, modelProviders: { openai: [other] } });
    assert.throws(() => terminalVariables(before.inUse, before.snapshot), { name: 'ConfigurationError' });
    const { model } = before.inUse;
    folder.remove();

    const text = JSON.stringify({ $version: 4, modelProviders: { openai: [other] } });
    const envKey = newKeyName(model, before.snapshot);
    const { snapshot, inUse } = await planned(writeQwenSettings(SETTINGS, text, { model, envKey }));
    const variables = terminalVariables(inUse, snapshot);

    assert.deepEqual(Object.keys(variables), [envKey, 'OPENAI_MODEL']);
    assert.deepEqual(await ask([], variables), expected(inUse));
  });
});
