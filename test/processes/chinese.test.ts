import assert from 'node:assert/strict';

import { columns } from '../../src/cli/columns';
import { commandNames } from '../../src/cli/options';
import { type CommandLineProgram, createCommandLineProgram } from '../fakes/commandLineProgram';

const CHINESE = { LANG: 'zh_CN.UTF-8' };
/** Two English words of a sentence: names, options and variables are none. */
const ENGLISH = /\b[a-z]{2,} (?:the|of|to|is|a|in|it|and|with) /;

describe('qwen-auth where LANG is zh_CN.UTF-8', () => {
  let program: CommandLineProgram;

  beforeEach(() => (program = createCommandLineProgram()));
  afterEach(() => program.remove());

  it('has Chinese help of every command, in 120 columns', async () => {
    const helps = await Promise.all(
      [[], ...commandNames().map((name) => [name])].map((words) => program.run([...words, '--help'], CHINESE)),
    );

    for (const { code, out } of helps) {
      assert.equal(code, 0);
      assert.match(out, /^用法：qwen-auth/);
      assert.doesNotMatch(out, ENGLISH);
      for (const line of out.split('\n')) assert.ok(columns(line) <= 120, line);
    }
  });

  it('has its columns under each other', async () => {
    const { code, out } = await program.run(['status'], {
      ...CHINESE,
      OPENAI_API_KEY: 'sk-0123456789abcdef',
      OPENAI_BASE_URL: 'https://api.example/v1',
      OPENAI_MODEL: 'qwen-x',
    });

    assert.equal(code, 0);
    assert.match(
      out,
      /^状态 {6}已登录，未验证\n模型 {6}qwen-x {2}.*\nBase URL {2}https:\/\/api\.example\/v1 {2}.*\n密钥 {6}…cdef/,
    );
  });

  it('says in Chinese what is missing, and what was typed wrong', async () => {
    const [missing, wrong] = await Promise.all([program.run(['test'], CHINESE), program.run(['staus'], CHINESE)]);

    assert.equal(missing.code, 1);
    assert.match(missing.err, /^没有配置密钥：/);
    assert.deepEqual(wrong, { code: 2, out: '', err: '没有这个命令。你是想用 status 吗？详见 qwen-auth --help。\n' });
  });

  it('says the same to scripts in every language', async () => {
    const [chinese, english] = await Promise.all(
      [CHINESE, { LANG: 'en_US.UTF-8' }].map((environment) =>
        program.run(['status', '--json'], { ...environment, OPENAI_API_KEY: 'sk-0123456789abcdef' }),
      ),
    );

    assert.equal(chinese?.out, english?.out);
  });
});
