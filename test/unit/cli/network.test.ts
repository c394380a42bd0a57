import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { type CommandLineProgram, createCommandLineProgram } from '../../fakes/commandLineProgram';
import { createAuthority } from '../../fakes/certificates';
import { type ProxyServer, startProxy } from '../../fakes/proxyServer';
import { passOn, startTlsServer, type TlsServer } from '../../fakes/tlsServer';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const authority = createAuthority('Acme Corp CA');
/** A Node that reads the system's authorities, where the tests for VS Code have brought one. */
const NEWER_NODE = path.resolve(`test/host/node_modules/node-${process.platform}-${process.arch}/bin/node`);

describe('the command line on the network of a company', () => {
  let sandbox: Sandbox;
  let server: TlsServer;
  let proxy: ProxyServer;
  let program: CommandLineProgram;
  let environment: Record<string, string>;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    const certificate = authority.issue(['api.example.com']);
    server = await startTlsServer(certificate, passOn(`${sandbox.origin}/openai`));
    proxy = await startProxy(() => server.port, 'me:secret');
    program = createCommandLineProgram({ 'home/authority.pem': authority.cert });
    environment = {
      OPENAI_API_KEY: 'sk-sandbox-openai',
      OPENAI_BASE_URL: 'https://api.example.com/v1',
      OPENAI_MODEL: 'gpt-4o',
      HTTPS_PROXY: proxy.origin.replace('//', '//me:secret@'),
      NODE_EXTRA_CA_CERTS: program.folder.at('home/authority.pem'),
    };
  });
  afterEach(async () => {
    program.remove();
    await proxy.stop();
    await server.stop();
    await sandbox.stop();
  });

  it('is answered through the proxy of the environment, by a server that its authority vouches for', async () => {
    const { code, out, err } = await program.run(['test'], environment);

    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Hello from gpt-4o in the sandbox/);
    assert.deepEqual(new Set(proxy.asked.map(({ what }) => what)), new Set(['CONNECT api.example.com:443']));
  });

  for (const [what, changes, reads] of [
    [
      'a proxy that asks for a login',
      () => ({ HTTPS_PROXY: proxy.origin }),
      /^The proxy 127\.0\.0\.1:\d+ asks for a login \(407\)\. /,
    ],
    [
      'a proxy that is not there',
      () => ({ HTTPS_PROXY: 'http://127.0.0.1:9' }),
      /^The proxy 127\.0\.0\.1:9 is not there\. /,
    ],
    [
      'an authority that nobody knows',
      () => ({ NODE_EXTRA_CA_CERTS: '' }),
      /not trusted\. It was issued by "Acme Corp CA", /,
    ],
    ['NO_PROXY', () => ({ NO_PROXY: 'example.com' }), /^api\.example\.com was not found\. /],
  ] as const) {
    it(`says what stands in the way: ${what}`, async () => {
      const { code, err } = await program.run(['test'], { ...environment, ...changes() });

      assert.equal(code, 1);
      assert.match(err, reads);
      assert.doesNotMatch(err, /secret/);
      assert.deepEqual(sandbox.requests, []);
    });
  }

  it("trusts the system's authorities where Node can read them", async function () {
    if (!existsSync(NEWER_NODE)) this.skip();
    const { NODE_EXTRA_CA_CERTS: file = '', ...rest } = environment;
    const { err, out } = await program.run(['test'], { ...rest, SSL_CERT_FILE: file }, NEWER_NODE);

    assert.equal(err, '');
    assert.match(out, /^Hello from gpt-4o/);
  });
});
