import assert from 'node:assert/strict';
import { authentication, commands, ConfigurationTarget, extensions, workspace } from 'vscode';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

const run = async (command: string, ...args: readonly unknown[]): Promise<unknown> =>
  await commands.executeCommand(command, ...args);
const labels = async (): Promise<readonly string[]> =>
  (await authentication.getAccounts('qwen')).map(({ label }) => label);

/** Resolves when VS Code has heard that our sessions are others; to be called before what changes them. */
const sessionsChange = (): Promise<void> =>
  new Promise((resolve) => {
    const subscription = authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id !== 'qwen') return;
      subscription.dispose();
      resolve();
    });
  });

describe("VS Code's accounts", () => {
  let sandbox: Sandbox;

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox();
    for (const [name, value] of Object.entries(sandbox.settings)) {
      await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
    }
  });
  after(async () => {
    await run('qwen.signOut', { method: 'api-key' });
    await sandbox.stop();
  });

  const signInWithKey = async (provider: string): Promise<void> => {
    const changed = sessionsChange();
    await run('qwen.signIn', { method: 'api-key', provider, apiKey: sandbox.keys[provider] });
    await changed;
  };

  it('are none while nobody is signed in', async () => {
    assert.deepEqual(await labels(), []);
  });

  it('have each key that is signed in with as an account, at no cost to its server', async () => {
    await signInWithKey('openai');
    await signInWithKey('openrouter');
    const before = sandbox.requests.length;
    const { host } = new URL(sandbox.origin);

    const found = await labels();

    assert.deepEqual(found, [`OpenAI · ${host}/openai/v1 (http)`, `OpenRouter · ${host}/openrouter/v1 (http)`]);
    assert.equal(sandbox.requests.length, before);
  });

  it('have a server whose address was typed under a name, neither a URL nor an id', async () => {
    const changed = sessionsChange();
    const baseUrl = `${sandbox.origin}/openai/v1`;
    const apiKey = sandbox.keys['openai'];
    await run('qwen.signIn', { method: 'api-key', provider: 'custom', baseUrl, apiKey, anyway: true });
    await changed;

    const { host } = new URL(sandbox.origin);
    assert.ok((await labels()).includes(`${host}/openai/v1 (http)`));
    const gone = sessionsChange();
    await run('qwen.signOut', { account: `custom@${baseUrl}` });
    await gone;
    assert.equal((await labels()).length, 2);
  });

  it('give another extension nothing before the person allows it', async () => {
    assert.equal(await run('consumer.getSession', [], { silent: true }), undefined);
  });

  it('all stay where the list to sign out of is closed', async () => {
    const answer = run('qwen.signOut');
    const over = answer.then(() => true);
    while (!(await Promise.race([over, run('workbench.action.closeQuickOpen')]))) continue;

    assert.deepEqual(await answer, { ok: false, error: 'Cancelled.' });
    assert.equal((await labels()).length, 2);
  });

  it('lose an account with its sign-out', async () => {
    const changed = sessionsChange();
    await run('qwen.signOut', { account: 'openai' });
    await changed;

    assert.equal((await labels()).length, 1);
  });
});
