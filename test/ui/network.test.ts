import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import {
  enterKey,
  notification,
  runCommand,
  statusBarItem,
  takeButton,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { createAuthority } from '../fakes/certificates';
import { type ProxyServer, startProxy } from '../fakes/proxyServer';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { passOn, startTlsServer, type TlsServer } from '../fakes/tlsServer';
import { type Sandbox, startSandbox } from './sandbox';

/** Nobody but the proxy knows this host. */
const HOST = 'api.qwen.test';
const company = createAuthority('Acme Corp CA');
const ofVariable = createAuthority('Authority of NODE_EXTRA_CA_CERTS');
const stranger = createAuthority('Nobody Knows CA');

// Elsewhere no file stands in for the system's store.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('on the network of a company', () => {
  let sandbox: Sandbox;
  let servers: Readonly<Record<'company' | 'ofVariable' | 'stranger', TlsServer>>;
  let proxy: ProxyServer;
  let folder: TemporaryFolder;
  let behind: TlsServer;

  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const start = (authority: typeof company) => startTlsServer(authority.issue([HOST]), passOn(sandbox.origin));
    servers = { company: await start(company), ofVariable: await start(ofVariable), stranger: await start(stranger) };
    behind = servers.company;
    proxy = await startProxy(() => behind.port);
    folder = createTemporaryFolder({ 'store.pem': company.cert, 'extra.pem': ofVariable.cert });
    return {
      settings: {
        ...sandbox.settings,
        'http.proxy': proxy.origin,
        'qwen.endpoints': { openai: `https://${HOST}/openai/v1` },
      },
      // The first is what stands in for the system's store.
      env: { SSL_CERT_FILE: folder.at('store.pem'), NODE_EXTRA_CA_CERTS: folder.at('extra.pem') },
    };
  });
  after(async () => {
    folder.remove();
    await proxy.stop();
    for (const server of Object.values(servers)) await server.stop();
    await sandbox.stop();
  });

  /** Tests the connection anew, with nothing left on the screen of the test before. */
  const test = async (page: Page) => {
    proxy.drop();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await notification(page, '').first().waitFor({ state: 'detached' });
    await runCommand(page, 'Qwen: Test connection');
  };

  it("is signed in through VS Code's proxy, at a server that the system's store vouches for", async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /\bAPI key, /);
    await takeOption(page, /^OpenAI\b/);
    await enterKey(page, 'OpenAI', sandbox.keys['openai'] ?? '');

    await statusBarItem(page, 'model').filter({ hasText: /gpt/ }).waitFor();
    assert.ok(proxy.asked.some(({ what }) => what === `CONNECT ${HOST}:443`));
  });

  it('is answered', async () => {
    const { page } = workbench();
    await test(page);

    await notification(page, /answered in \d+ ms: Hello from/).waitFor();
  });

  it('sees the first piece of an answer while the rest is still to come', async () => {
    const { page } = workbench();
    const piece = { choices: [{ index: 0, delta: { content: 'The first piece' } }] };
    sandbox.faults.add({
      on: '/openai/v1/chat/completions',
      reply: {
        headers: { 'content-type': 'text/event-stream' },
        body: [`data: ${JSON.stringify(piece)}\n\n`],
        ending: 'hang',
      },
    });
    await runCommand(page, 'Qwen: Open auth panel');
    await webview(page).getByRole('button', { name: 'Test connection' }).click();

    await webview(page).getByText('The first piece').waitFor();
    await runCommand(page, 'View: Close All Editors');
  });

  it('trusts the authorities of NODE_EXTRA_CA_CERTS too', async () => {
    const { page } = workbench();
    behind = servers.ofVariable;
    const before = servers.ofVariable.asked.length;
    await test(page);

    await notification(page, /answered in \d+ ms: Hello from/).waitFor();
    assert.ok(servers.ofVariable.asked.length > before);
  });

  it('names the issuer of a certificate that is not trusted, and sends nothing', async () => {
    const { page } = workbench();
    behind = servers.stranger;
    await test(page);

    await notification(page, `The certificate of ${HOST} is not trusted. It was issued by "Nobody Knows CA"`).waitFor();
    assert.deepEqual(servers.stranger.asked, []);
  });

  it('names the proxy that asks for a login', async () => {
    const { page } = workbench();
    proxy.login = 'me:secret';
    await test(page);

    await notification(page, `The proxy 127.0.0.1:${proxy.port} asks for a login (407).`).waitFor();
  });

  it('names the proxy that is not there, and opens its setting', async () => {
    const { page } = workbench();
    await proxy.stop();
    await test(page);

    await takeButton(notification(page, `The proxy 127.0.0.1:${proxy.port} is not there.`), 'Open settings');
    await page.getByText('http.proxy', { exact: false }).first().waitFor();
  });
});
