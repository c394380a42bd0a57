import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

import { stringIn } from '../../src/core/base/json';
import { Secret } from '../../src/core/base/secret';
import type { ChatOutcome } from '../../src/core/chat/authorizedChat';
import { Gateway, type GatewayAccess } from '../../src/core/gateway/gateway';
import { gatewayVariables } from '../../src/core/gateway/gatewayVariables';
import { qwenCodeModels, qwenCodeVariables } from '../../src/core/gateway/qwenCodeModels';
import { DEFAULTS_VARIABLE } from '../../src/core/config/systemSettings';
import { quietDefaults } from '../../src/core/terminal/qwenCodeDefaults';
import { type Bench, openBench } from '../fakes/bench';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { QUIET, QWEN } from './qwenCodeProcess';

/** Models that Qwen Code lists itself, in the place of whatever the defaults say under that name. */
const OWN_SETTINGS = {
  $version: 4,
  modelProviders: { openai: [{ id: 'own', baseUrl: 'http://127.0.0.1:9/v1', envKey: 'NOT_SET' }] },
  memory: { enableManagedAutoMemory: false },
};

describe('the real Qwen Code, through the gateway', () => {
  let bench: Bench;
  let gateway: Gateway;
  let access: GatewayAccess;
  let folder: TemporaryFolder;
  let ended: ChatOutcome[];

  beforeEach(async () => {
    bench = await openBench();
    ended = [];
    bench.session.onDidEndChat((outcome) => ended.push(outcome));
    gateway = new Gateway({ session: bench.session, describe: String });
    access = await gateway.open(() => bench.session.snapshot);
    folder = createTemporaryFolder({ 'home/.qwen/settings.json': OWN_SETTINGS, 'home/project/hello.md': 'Hello\n' });
  });
  afterEach(async () => {
    folder.remove();
    gateway.dispose();
    await bench.stop();
  });

  /** What Qwen Code answers in a terminal that has a way to the gateway. */
  const say = async (said: string, model = 'qwen-auth', { company = '{}', key = {} } = {}) => {
    const file = folder.at('company.json');
    folder.write({ 'defaults.json': quietDefaults(qwenCodeModels(bench.session.snapshot), { file, text: company }) });
    const [node, program] = QWEN;
    const variables = {
      ...gatewayVariables(access, {}),
      ...qwenCodeVariables(access),
      ...key,
      [DEFAULTS_VARIABLE]: folder.at('defaults.json'),
    };
    const env = { ...QUIET, PATH: process.env['PATH'], HOME: folder.at('home'), ...variables };
    const args = [program, '--auth-type=openai', `--model=${model}`, '-p', said];
    const child = spawn(node, args, { cwd: folder.at('home/project'), env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    assert.equal(child.exitCode, 0, out + err);
    return out.trim();
  };
  const chats = () => bench.sandbox.requests.filter(({ path }) => path.endsWith('/chat/completions'));

  it('streams the answer of the model in use, and is counted by its name', async () => {
    await bench.signInWithKey('openai');

    assert.equal(await say('hi'), 'Hello from gpt-5.5 in the sandbox. You said: hi');
    assert.equal(chats().at(-1)?.headers.authorization, 'Bearer sk-sandbox-openai');
    assert.deepEqual(
      ended.map(({ initiator, outcome, estimated }) => [initiator, outcome, estimated]),
      [['terminal/QwenCode', 'answered', false]],
    );
  });

  it('calls tools, and gets the answer to them', async () => {
    await bench.signInWithKey('openai');

    assert.match(await say('use the tool glob {"pattern":"*.md"}'), /The tool answered: [^]*hello\.md/);
  });

  it('lists our models beside its own, each of which answers', async () => {
    await bench.signInWithKey('azure');
    await bench.signInWithKey('openai');

    assert.match(await say('hi', 'gpt-4o-mini'), /^Hello from gpt-4o-mini/);
    assert.match(await say('hi', 'azure/gpt-4o'), /^Hello from gpt-4o in/);
    assert.equal(chats().at(-1)?.headers['api-key'], 'azure-sandbox-key');
  });

  it("keeps a company's defaults, and goes by the gateway though its terminal has the key of another server", async () => {
    await bench.signInWithKey('openai');
    const entry = { id: 'of-the-company', baseUrl: `${bench.sandbox.origin}/openai/v1`, envKey: 'OPENAI_API_KEY' };
    const company = `// Ours\n${JSON.stringify({ modelProviders: { company: [entry] }, providerProtocol: { company: 'openai' } })}`;
    const key = {
      OPENAI_API_KEY: 'sk-sandbox-openai',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      OPENAI_MODEL: 'gpt-4o',
    };

    assert.equal(await say('hi', 'qwen-auth', { company, key }), 'Hello from gpt-5.5 in the sandbox. You said: hi');
    assert.equal(ended.length, 1);
    assert.match(readFileSync(folder.at('defaults.json'), 'utf8'), /"of-the-company"/);
  });

  it("asks a deployment of Azure's older API, which it cannot by itself", async () => {
    const older = `${bench.sandbox.origin}/azure/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21`;
    const request = { method: 'api-key', provider: 'azure', apiKey: new Secret('azure-sandbox-key') } as const;
    await bench.session.signIns.signIn({ ...request, baseUrl: older });

    assert.equal(await say('hi'), 'Hello from gpt-4o in the sandbox. You said: hi');
    assert.equal(chats().at(-1)?.query['api-version'], '2024-10-21');
  });

  it('goes on where an access token runs out between two of its requests', async () => {
    await bench.signInWithDevice();
    const before = chats().length;
    let isOut = false;
    bench.sandbox.faults.add({
      // Once the first request is answered, and before the one with the tool's result.
      on: ({ json, path }) => {
        const hasResult = path.endsWith('/chat/completions') && JSON.stringify(json).includes('"role":"tool"');
        if (hasResult && !isOut) bench.sandbox.expireAccessTokens();
        isOut ||= hasResult;
        return false;
      },
    });

    assert.match(await say('use the tool glob {"pattern":"*.md"}'), /The tool answered: [^]*hello\.md/);
    assert.equal(stringIn(chats().at(-1)?.json, 'model'), 'coder-model');
    // The one with the result was refused once, and asked again.
    assert.equal(chats().length - before, 3);
    assert.equal(bench.sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token').length, 1);
  });
});
