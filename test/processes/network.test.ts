import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { type CommandLineProgram, createCommandLineProgram } from '../fakes/commandLineProgram';
import { createAuthority } from '../fakes/certificates';
import { type ProxyServer, startProxy } from '../fakes/proxyServer';
import { passOn, startTlsServer, type TlsServer } from '../fakes/tlsServer';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { skip } from '../skip';

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
    // Elsewhere no file stands in for the system's store.
    if (process.platform !== 'linux' || !existsSync(NEWER_NODE))
      skip(this, 'needs Linux and the newer Node that is installed beside the tests');
    const { NODE_EXTRA_CA_CERTS: file = '', ...rest } = environment;
    const { err, out } = await program.run(['test'], { ...rest, SSL_CERT_FILE: file }, NEWER_NODE);

    assert.equal(err, '');
    assert.match(out, /^Hello from gpt-4o/);
  });
});

describe('a key of another region, on the command line', () => {
  /** What stands in for the real servers, by host. */
  const SERVICES: Readonly<Record<string, string>> = {
    'coding.dashscope.aliyuncs.com': '/coding/china',
    'coding-intl.dashscope.aliyuncs.com': '/coding/international',
  };
  const [CHINA = '', INTERNATIONAL = ''] = Object.keys(SERVICES);
  const TEST = ['test'];
  let sandbox: Sandbox;
  let server: TlsServer;
  let proxy: ProxyServer;
  let program: CommandLineProgram;
  let environment: Record<string, string>;

  before(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    const certificate = authority.issue(['*.dashscope.aliyuncs.com', '*.cn-beijing.maas.aliyuncs.com']);
    server = await startTlsServer(
      certificate,
      passOn((host) => sandbox.origin + (SERVICES[host] ?? '/nobody')),
    );
    proxy = await startProxy(() => server.port);
    program = createCommandLineProgram({ 'home/authority.pem': authority.cert });
    environment = {
      OPENAI_API_KEY: sandbox.keys['coding-plan/international'] ?? '',
      OPENAI_BASE_URL: `https://${CHINA}/v1`,
      OPENAI_MODEL: 'qwen3.5-plus',
      HTTPS_PROXY: proxy.origin,
      NODE_EXTRA_CA_CERTS: program.folder.at('home/authority.pem'),
    };
  });
  after(async () => {
    program.remove();
    await proxy.stop();
    await server.stop();
    await sandbox.stop();
  });

  const isAsked = (host: string): boolean => proxy.asked.some(({ what }) => what === `CONNECT ${host}:443`);
  const found = new RegExp(
    'This key answers on International \\(Singapore\\), not on China \\(Beijing\\)\\. ' +
      `Its address is https://${INTERNATIONAL}/v1; the other one comes from .*OPENAI_BASE_URL`,
  );

  it('is sent nowhere else where nobody can agree', async () => {
    const { code, err } = await program.run(TEST, environment);

    assert.equal(code, 1);
    assert.match(err, new RegExp(`^${CHINA} refused the .* \\(401\\)`));
    assert.ok(!isAsked(INTERNATIONAL));
  });

  it('is sent nowhere else after a no, in a terminal', async () => {
    const running = program.startInTerminal(TEST, environment);
    await running.printed(new RegExp(`This sends your key to ${INTERNATIONAL}, .*\\[y/N\\]`));
    running.child.stdin?.write('n\n');

    assert.equal((await running.ended).code, 1);
    assert.ok(!isAsked(INTERNATIONAL));
  });

  it('is found after a yes, in a terminal', async () => {
    const running = program.startInTerminal(TEST, environment);
    await running.printed(/\[y\/N\]/);
    running.child.stdin?.write('y\n');
    const { code, out } = await running.ended;

    assert.equal(code, 1);
    assert.match(out, found);
  });

  it('is found by --check-regions, which asks nobody', async () => {
    const { code, out } = await program.run([...TEST, '--check-regions'], environment);

    assert.equal(code, 1);
    assert.match(out, found);
  });

  it('is good nowhere: says so, and who could not be asked', async () => {
    const changes = { OPENAI_API_KEY: 'sk-sp-wrong-0123456789' };
    const { err } = await program.run([...TEST, '--check-regions'], { ...environment, ...changes });

    assert.match(err, /None of them takes the key\.\nCould not be asked: Token Plan, /);
    assert.doesNotMatch(err, /wrong-0123/);
  });
});
