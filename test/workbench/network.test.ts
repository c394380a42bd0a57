import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, extensions, workspace } from 'vscode';
import { type ProxyServer, startProxy } from '../fakes/proxyServer';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

/** Nobody but the proxy knows this host. */
const HOST = 'models.qwen.internal';

const set = async (name: string, value: unknown): Promise<void> =>
  await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
const test = async (): Promise<string> => JSON.stringify(await commands.executeCommand('qwen.testConnection'));

describe("VS Code's proxy settings", () => {
  let sandbox: Sandbox;
  let proxy: ProxyServer;

  before(async () => {
    await extensions.getExtension('qwen-auth.qwen-auth')?.activate();
    sandbox = await startSandbox();
    proxy = await startProxy(() => Number(new URL(sandbox.origin).port));
    await set('qwen.endpoints', { openai: `http://${HOST}/openai/v1` });
    await set('http.proxy', proxy.origin);
    const request = { method: 'api-key', provider: 'openai', apiKey: sandbox.keys['openai'] };
    const signedIn: unknown = await commands.executeCommand('qwen.signIn', request);
    assert.match(JSON.stringify(signedIn), /"verified":true/);
  });
  after(async () => {
    await commands.executeCommand('qwen.signOut', { method: 'api-key' });
    for (const name of ['http.proxy', 'qwen.endpoints']) await set(name, undefined);
    await proxy.stop();
    await sandbox.stop();
  });

  it('lead every request', async () => {
    assert.match(await test(), /"text":"Hello from gpt-5\.5/);
    // Node asks a proxy for a page of plain http by its whole address, the platform's fetch by a tunnel.
    const chat = `POST http://${HOST}/openai/v1/chat/completions`;
    assert.deepEqual(new Set(proxy.asked.map(({ what }) => what)), new Set([`CONNECT ${HOST}:80`, chat]));
  });

  for (const [name, value] of [
    ['http.noProxy', [HOST]],
    ['http.proxySupport', 'off'],
  ] as const) {
    it(`lead none where ${name} says so`, async () => {
      await set(name, value);
      const before = proxy.asked.length;
      const answer = await test();
      const asked = proxy.asked.slice(before);
      await set(name, undefined);

      assert.ok(answer.includes(`${HOST} was not found.`), answer);
      assert.deepEqual(asked, []);
    });
  }

  it('let no request go straight where they name no proxy that can be used', async () => {
    const before = proxy.asked.length;
    await set('http.proxy', proxy.origin.replace('http://', ''));
    const answer = await test();
    // Whatever else the window asks for goes by the proxy again once it can be used.
    const asked = proxy.asked.length;
    await set('http.proxy', proxy.origin);

    assert.ok(answer.includes(`The proxy in http.proxy cannot be used, so ${HOST} was not asked.`), answer);
    assert.equal(asked, before);
  });

  it('are to blame where the proxy asks for a login', async () => {
    proxy.login = 'me:secret';
    // Another way to write it is another proxy to VS Code, which then makes its connections anew.
    await set('http.proxy', `${proxy.origin}/`);
    const answer = await test();

    const said = `The proxy 127.0.0.1:${proxy.port} asks for a login (407). ${HOST} was not asked.`;
    assert.ok(answer.includes(said), answer);
  });

  it('may have the login', async () => {
    await set('http.proxy', proxy.origin.replace('//', '//me:secret@'));

    assert.match(await test(), /"text":"Hello from gpt-5\.5/);
  });

  it('are to blame where the proxy is not there, without their login', async () => {
    await proxy.stop();
    const answer = await test();

    assert.ok(answer.includes(`The proxy 127.0.0.1:${proxy.port} is not there.`), answer);
    assert.doesNotMatch(answer, /secret/);
  });
});
