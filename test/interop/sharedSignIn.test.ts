import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { systemClock } from '../../src/core/base/clock';
import { AccessTokens } from '../../src/core/credentials/accessTokens';
import { saveAccount } from '../../src/core/credentials/accountStore';
import { QwenCredentials } from '../../src/core/credentials/qwenCredentials';
import { SharedSignIn } from '../../src/core/credentials/sharedSignIn';
import { SystemFiles } from '../../src/core/base/files';
import { parseJson, stringIn } from '../../src/core/base/json';
import { QWEN_CLIENT, QWEN_SERVER } from '../../src/core/oauth/authorizationServer';
import { requestDeviceCode } from '../../src/core/oauth/deviceAuthorization';
import { pollForTokens } from '../../src/core/oauth/devicePolling';
import { createPkce } from '../../src/core/oauth/pkce';
import { scopesFor } from '../../src/core/oauth/scopes';
import { oauthAccount } from '../fakes/accounts';
import { createMemorySecretStore } from '../fakes/memorySecretStore';
import { qwenServers } from '../fakes/qwenServers';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { type QwenCodeProcess, startQwenCode } from './qwenCodeProcess';

describe('the real Qwen Code, with a sign-in that we share', () => {
  const { signal } = new AbortController();
  let sandbox: Sandbox;
  let folder: TemporaryFolder;
  let file: QwenCredentials;
  let store: SharedSignIn;
  let tokens: AccessTokens;
  let qwenCode: QwenCodeProcess;
  let sessionId: string | undefined;

  before(async () => {
    sandbox = await startSandbox({ chunkGap: 0, interval: 0.05, resourceUrl: 'portal.qwen.ai' });
    folder = createTemporaryFolder({
      'home/.qwen/settings.json': {
        $version: 4,
        security: { auth: { selectedType: 'qwen-oauth' } },
        general: { enableAutoUpdate: false },
        memory: { enableManagedAutoMemory: false },
      },
      'home/project/README.md': '',
    });
    const clock = systemClock;
    const qwens = qwenServers(() => sandbox.origin);
    file = new QwenCredentials(folder.at('home/.qwen'), { files: new SystemFiles(20), clock });
    store = new SharedSignIn(createMemorySecretStore(), file);
    tokens = new AccessTokens({ fetch: qwens, clock, secrets: store });

    const pkce = createPkce();
    const ports = { fetch: qwens, clock };
    const client = { ...QWEN_CLIENT, scopes: scopesFor(QWEN_CLIENT, QWEN_SERVER) };
    const device = await requestDeviceCode(ports, QWEN_SERVER, client, pkce, signal);
    sandbox.approve(device.userCode);
    const granted = await pollForTokens(ports, QWEN_SERVER, QWEN_CLIENT, device, pkce, signal);
    await saveAccount(
      store,
      oauthAccount({
        clientId: QWEN_CLIENT.clientId,
        tokens: { ...granted, expiresAt: Date.now() },
      }),
    );
    await store.share(true);
    qwenCode = startQwenCode(folder.at('home'), folder.at('home/project'), sandbox.origin);
  });
  after(async () => {
    await qwenCode.end();
    store.dispose();
    folder.remove();
    await sandbox.stop();
  });

  const written = (): string | undefined => stringIn(parseJson(readFileSync(file.file, 'utf8')), 'access_token');
  const refreshes = (): number => sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token').length;
  const ours = async (): Promise<string> =>
    (await tokens.fresh('qwen-oauth', undefined, signal)).tokens.accessToken.reveal();

  it('renews what we moved into its file, and we see it', async () => {
    const before = written();
    const seen = new Promise((resolve) => store.onDidChange(resolve));
    await qwenCode.call('initialize', { protocolVersion: 1, clientCapabilities: {} });
    const session = await qwenCode.call('session/new', { cwd: folder.at('home/project'), mcpServers: [] });
    sessionId = stringIn(session, 'sessionId');
    await seen;

    assert.notEqual(written(), before);
    assert.equal(await ours(), written());
    assert.equal(refreshes(), 1);
  });

  it('goes on with what we renewed', async () => {
    sandbox.expireAccessTokens();
    const { tokens: old } = await tokens.fresh('qwen-oauth', undefined, signal);
    await tokens.fresh('qwen-oauth', old.accessToken, signal);
    const prompt = [{ type: 'text', text: 'hi' }];
    const answer = await qwenCode.call('session/prompt', { sessionId, prompt });

    assert.equal(stringIn(answer, 'stopReason'), 'end_turn');
    assert.equal(await ours(), written());
    // A refresh token that comes back would have revoked the sign-in.
    assert.ok(sandbox.requests.every(({ path, status }) => !path.endsWith('/token') || status !== 400));
  });

  it('may remove our lock when it ends, which costs us nothing', async () => {
    const account = await tokens.fresh('qwen-oauth', undefined, signal);
    const lock = folder.at('home/.qwen/oauth_creds.lock');
    await file.locked(async () => {
      assert.ok(existsSync(lock));
      await qwenCode.end();
      assert.equal(existsSync(lock), false);
      await saveAccount(store, { ...account, status: 'unverified' });
    });

    assert.equal(await ours(), written());
    assert.equal(existsSync(lock), false);
  });
});
