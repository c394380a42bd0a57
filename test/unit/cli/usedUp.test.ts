import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { writeOption } from '../../../src/cli/shells';
import { isRecord, parseJson } from '../../../src/core/base/json';
import { type CommandLineProgram, createCommandLineProgram } from '../../fakes/commandLineProgram';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox';

describe('a limit that is used up, in a terminal', () => {
  let sandbox: Sandbox;
  let program: CommandLineProgram;
  let plan: Readonly<Record<'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL', string>>;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    program = createCommandLineProgram();
    plan = {
      OPENAI_API_KEY: sandbox.keys['coding-plan/china'] ?? '',
      OPENAI_BASE_URL: `${sandbox.origin}/coding/china/v1`,
      OPENAI_MODEL: 'qwen3.5-plus',
    };
    sandbox.behavior.plan = { hour: 0 };
  });
  afterEach(async () => {
    program.remove();
    await sandbox.stop();
  });

  const entry = (id: string, path: string, envKey: string) => ({ id, envKey, baseUrl: `${sandbox.origin}/${path}` });
  const list = (...entries: readonly object[]) =>
    program.folder.write({ 'home/.qwen/settings.json': { modelProviders: { openai: entries } } });
  const host = () => new URL(sandbox.origin).host.replaceAll('.', String.raw`\.`);
  const goesOn = String.raw`It goes on (?:\d+ \w+ )?at \d\d:\d\d at the latest\.`;

  it('is told with the time, and with another model that has a key', async () => {
    list(entry('gpt-5.2', 'openai/v1', 'OTHER_KEY'));
    const keys = { ...plan, OTHER_KEY: sandbox.keys['openai'] ?? '' };
    const { code, err } = await program.runHere(['test'], keys);

    const offer = ['--model', 'gpt-5.2', '--openai-base-url', `${sandbox.origin}/openai/v1`];
    assert.equal(code, 1);
    assert.match(
      err,
      new RegExp(
        String.raw`^Your 5-hour limit at ${host()} is used up .*It takes requests again in 5 h at the latest \(.*\)\. ` +
          String.raw`gpt-5\.2 at ${host()} can answer meanwhile: ${offer.join(' ')}\.\n$`,
      ),
    );
    const other = await program.runHere(['test', ...offer], keys);
    assert.equal(other.code, 0, other.err);
  });

  it('brings an offer of a model alone where no variable names a server', async () => {
    const [china, openai] = [entry('glm-5', 'coding/china/v1', 'PLAN'), entry('gpt-5.2', 'openai/v1', 'OTHER_KEY')];
    list(china, openai);
    const keys = { PLAN: plan.OPENAI_API_KEY, OTHER_KEY: sandbox.keys['openai'] ?? '' };
    const { err } = await program.runHere(['test'], keys);

    assert.match(err, /can answer meanwhile: --model gpt-5\.2\.\n$/);
    const other = await program.runHere(['test', '--model', 'gpt-5.2'], keys);
    assert.equal(other.code, 0, other.err);
  });

  it('brings an offer that a shell reads as it is meant, whatever the model is called', async () => {
    const named = 'gpt-5.2\'s "$(id)" & co';
    list(entry('glm-5', 'coding/china/v1', 'PLAN'), entry(named, 'openai/v1', 'OTHER_KEY'));
    const { err } = await program.runHere(['test'], {
      PLAN: plan.OPENAI_API_KEY,
      OTHER_KEY: sandbox.keys['openai'] ?? '',
    });

    assert.ok(err.endsWith(`can answer meanwhile: ${writeOption('model', named)}.\n`), err);
    assert.match(err, process.platform === 'win32' ? /--model 'gpt-5\.2''s/ : /--model 'gpt-5\.2'\\''s/);
  });

  it('brings an offer of no model that has no key, or has the same limit', async () => {
    list(entry('gpt-4o', 'openai/v1', 'OTHER_KEY'), entry('glm-5', 'coding/china/v1', 'OPENAI_API_KEY'));
    const { err } = await program.runHere(['test'], plan);

    assert.match(err, /is used up/);
    assert.doesNotMatch(err, /can answer/);
  });

  it('is remembered by the next runs, until an answer comes', async () => {
    await program.runHere(['test'], plan);
    const kept = program.folder.at('home/.qwen/qwen-auth/limits/full.json');
    assert.doesNotMatch(readFileSync(kept, 'utf8'), /sk-/);

    const full = new RegExp(String.raw`Your 5-hour limit at ${host()} is used up\. ${goesOn}`);
    assert.match((await program.runHere(['status'], plan)).out, full);
    const env = await program.runHere(['env'], plan);
    assert.deepEqual([env.code, full.test(env.err), full.test(env.out)], [0, true, false]);
    const limits = await program.runHere(['limits', '--json'], plan);
    const json = parseJson(limits.out);
    const usedUp = isRecord(json) && isRecord(json['usedUp']) ? json['usedUp'] : {};
    assert.deepEqual([usedUp['window'], usedUp['isLatest']], ['fiveHours', true]);
    assert.ok(Date.parse(String(usedUp['resumesAt'])) > Date.now());
    assert.match((await program.runHere(['limits'], plan)).out, /^The 5-hour limit +used up · goes on .*said by/m);

    const other = { ...plan, OPENAI_API_KEY: 'sk-sp-of-another-plan' };
    assert.doesNotMatch((await program.runHere(['status'], other)).out, /used up/);

    sandbox.behavior.plan = {};
    assert.equal((await program.runHere(['test'], plan)).code, 0);
    assert.doesNotMatch((await program.runHere(['status'], plan)).out, /used up/);
  });
});
