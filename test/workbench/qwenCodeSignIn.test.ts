import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { authentication, commands, ConfigurationTarget, extensions, workspace } from 'vscode';
import { isRecord, stringIn } from '../../src/core/base/json';
import { QWEN_CLIENT } from '../../src/core/oauth/authorizationServer';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { UNSAVED, withUnsavedSettings } from './unsavedSettings';

const run = async (command: string, ...args: readonly unknown[]): Promise<unknown> =>
  await commands.executeCommand(command, ...args);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const folder = path.join(homedir(), '.qwen');
const file = path.join(folder, 'oauth_creds.json');
const accounts = async (): Promise<unknown> => {
  const status = await run('qwen.status');
  return isRecord(status) && status['accounts'];
};
const shareSetting = () => workspace.getConfiguration('qwen').inspect('oauth.shareWithQwenCode')?.globalValue;

describe("Qwen Code's sign-in", () => {
  let sandbox: Sandbox;

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox();
  });
  after(async () => {
    await workspace.getConfiguration('qwen').update('oauth.shareWithQwenCode', undefined, ConfigurationTarget.Global);
    await run('qwen.signOut', { method: 'qwen-oauth' });
    rmSync(folder, { recursive: true, force: true });
    await sandbox.stop();
  });

  /** Signs in as Qwen Code does, whose server is the sandbox. */
  const signInQwenCode = (): void => {
    mkdirSync(folder, { recursive: true });
    const tokens = {
      access_token: 'access-of-qwen-code',
      refresh_token: 'refresh-of-qwen-code',
      token_type: 'Bearer',
      expiry_date: Date.now(),
      base_url: `${sandbox.origin}/v1`,
      token_endpoint: `${sandbox.origin}/api/v1/oauth2/token`,
      client_id: QWEN_CLIENT.clientId,
    };
    writeFileSync(file, JSON.stringify(tokens));
  };

  it('is asked for in vain where there is none', async () => {
    assert.deepEqual(await run('qwen.importQwenCodeSignIn', { share: false }), {
      ok: false,
      error: `Qwen Code is not signed in: there is no ${file}. Sign in here, or in Qwen Code first.`,
    });
  });

  it('is used here, and is no longer there', async () => {
    signInQwenCode();

    assert.deepEqual(await run('qwen.importQwenCodeSignIn', { share: false }), {
      ok: true,
      account: 'qwen-oauth',
      shared: false,
      message: "You are signed in with Qwen Code's sign-in. It moves here, and Qwen Code has to sign in again.",
    });
    assert.deepEqual(await accounts(), ['qwen-oauth']);
    assert.equal(existsSync(file), false);
  });

  it('is an account, and renewed only for whoever asks for a session of it', async () => {
    const [account] = await authentication.getAccounts('qwen');

    assert.equal(account?.label, 'Qwen OAuth');
    assert.deepEqual(sandbox.requests, []);
    await run('consumer.getSession', ['openai'], { silent: true });
    assert.deepEqual(sandbox.requests, []);
    await run('consumer.getSession', ['qwen-oauth'], { silent: true });
    assert.equal(sandbox.requests.length, 1);
  });

  it('is gone from the accounts when its server ends it', async () => {
    assert.deepEqual(await authentication.getAccounts('qwen'), []);
    await run('qwen.signOut', { method: 'qwen-oauth' });
  });

  it("is not shared where VS Code's settings cannot be changed, and we say why", async () => {
    signInQwenCode();
    const answer = await withUnsavedSettings(async () => await run('qwen.importQwenCodeSignIn', { share: true }));

    assert.match(stringIn(answer, 'error') ?? '', UNSAVED);
    assert.deepEqual(await accounts(), []);
  });

  it('is shared, and stays where Qwen Code has it', async () => {
    signInQwenCode();
    const before = readFileSync(file, 'utf8');

    await run('qwen.importQwenCodeSignIn', { share: true });

    assert.deepEqual(await accounts(), ['qwen-oauth']);
    assert.equal(readFileSync(file, 'utf8'), before);
    assert.equal(shareSetting(), true);
  });

  it('is signed out together with ours, and we say so', async () => {
    const answer = await run('qwen.signOut', { method: 'qwen-oauth' });

    assert.equal(
      stringIn(answer, 'message'),
      'Forgotten: the sign-in at chat.qwen.ai, which Qwen Code shared: it is signed out too. No model is in use now.',
    );
    assert.equal(existsSync(file), false);
  });

  it('comes back here when the sharing is turned off', async () => {
    signInQwenCode();

    await workspace.getConfiguration('qwen').update('oauth.shareWithQwenCode', false, ConfigurationTarget.Global);

    // The test's time limit ends it where one of the two never comes.
    while (existsSync(file)) await turn();
    while (JSON.stringify(await accounts()) !== '["qwen-oauth"]') await turn();
  });
});
