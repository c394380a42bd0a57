import assert from 'node:assert/strict';

import { readRequest } from '../../../src/cli/commandLine';

describe('command line', () => {
  for (const [args, command, topic] of [
    [[], 'status', undefined],
    [['--help'], 'help', undefined],
    [['help'], 'help', undefined],
    [['help', 'help'], 'help', undefined],
    [['help', 'login'], 'help', 'login'],
    [['login', '--help'], 'help', 'login'],
    [['exec', '-h', '--', 'qwen', '--help'], 'help', 'exec'],
    [['login', '--version'], 'version', undefined],
  ] as const) {
    it(`asks for ${command}${topic ? ` of ${topic}` : ''} by ${JSON.stringify(args.join(' '))}`, () => {
      const request = readRequest(args);

      assert.deepEqual([request.command, request.topic], [command, topic]);
    });
  }

  it('leaves the help of a program that exec runs to it', () => {
    assert.deepEqual(readRequest(['exec', '--', 'qwen', '--help']).program, ['qwen', '--help']);
  });

  it('takes scopes with blanks or commas between them', () => {
    assert.deepEqual(readRequest(['login', '--scopes', 'openid, offline_access api']).scopes, [
      'openid',
      'offline_access',
      'api',
    ]);
  });

  for (const [args, sentence] of [
    [['statsu'], 'There is no such command. Did you mean status?'],
    [['log'], 'There is no such command. Did you mean login or logout?'],
    [['help', 'logn'], 'There is no such command. Did you mean login?'],
    [['status', '--jsno'], "Unknown option '--jsno'. Did you mean --json?"],
    [['login', '--isuer=https://a.example.com'], "Unknown option '--isuer'. Did you mean --issuer?"],
    [['--mdoel', 'x'], "Unknown option '--mdoel'. Did you mean --model?"],
    [['status', '--api', 'x'], 'status has no option --api.'],
  ] as const) {
    it(`says what may have been meant by ${args.join(' ')}`, () => {
      assert.throws(() => readRequest(args), { name: 'UsageError', message: sentence });
    });
  }
});
