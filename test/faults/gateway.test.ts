import assert from 'node:assert/strict';

import { isRecord } from '../../src/core/base/json';
import type { ChatOutcome } from '../../src/core/chat/authorizedChat';
import { Gateway, type GatewayAccess } from '../../src/core/gateway/gateway';
import { problemOf, problemText } from '../../src/core/views/problem';
import { type Bench, openBench } from '../fakes/bench';
import { type Answered, askGateway, chatWith } from '../fakes/gatewayClient';
import { FAULTS, type FaultName } from './faults';
import { passManyStreams } from './manyStreams';
import { type Network, openNetwork } from './network';

/**
 * What a program sees of a fault: a status and a code of the gateway's, the server's own
 * answer, or a broken connection.
 */
type Seen = `${number} ${string}` | 'passed on' | 'broken off';

const CELLS: Readonly<Record<FaultName, Seen>> = {
  'a host that is not found': '502 unknownHost',
  'a port where nobody listens': '502 refused',
  'a reset of the connection at once': '502 cut',
  'a reset before the headers': '502 cut',
  'a reset behind the headers': 'broken off',
  'a reset within the body': 'broken off',
  'an end within the body': 'broken off',
  'no answer at all': '504 timeout',
  'a body that stands still': 'broken off',
  invalid_request: '400 invalid_request',
  'invalid_client with 401': '401 refused',
  invalid_grant: '400 invalid_grant',
  unauthorized_client: '400 unauthorized_client',
  unsupported_grant_type: '400 unsupported_grant_type',
  invalid_scope: '400 invalid_scope',
  access_denied: '400 access_denied',
  expired_token: '400 expired_token',
  authorization_pending: '400 authorization_pending',
  slow_down: '400 slow_down',
  'slow_down with 429': '429 slow_down',
  server_error: '400 server_error',
  temporarily_unavailable: '400 temporarily_unavailable',
  '401': '401 refused',
  '403': '403 status_403',
  '404': '404 status_404',
  '429': '429 status_429',
  '429 with Retry-After': '429 status_429',
  '500': '500 status_500',
  '503': '503 status_503',
  'a page with 200': '502 unusable',
  // What is no refusal is the server's answer, whatever a program makes of it.
  'an empty body': 'passed on',
  'JSON that breaks off': 'passed on',
  'JSON that is no object': 'passed on',
  'a body of 10 MiB': 'passed on',
  'a decompression bomb': 'passed on',
  'a redirect to another host': '502 redirect',
  'a redirect that makes a GET': '502 redirect',
  'another content type': 'passed on',
};

const sentenceOf = (error: unknown): string => {
  const problem = problemOf(error, { during: 'test' });
  return problem ? problemText(problem) : 'Cancelled.';
};

describe('a chat through the gateway', () => {
  let network: Network;
  let bench: Bench;
  let gateway: Gateway;
  let access: GatewayAccess;
  let ended: ChatOutcome[];

  beforeEach(async () => {
    network = await openNetwork();
    bench = await openBench({ wrap: network.wrap });
    await bench.signInWithKey('openai');
    ended = [];
    bench.session.onDidEndChat((outcome) => ended.push(outcome));
    gateway = new Gateway({ session: bench.session, describe: sentenceOf });
    access = await gateway.open(() => bench.session.snapshot);
  });
  afterEach(async () => {
    gateway.dispose();
    await bench.stop();
    await network.close();
  });

  const ask = async (): Promise<Answered | undefined> =>
    await askGateway(access, { path: '/chat/completions', body: chatWith('qwen-auth', 'Hi') }).catch(() => undefined);
  const seen = (answer: Answered | undefined): string => {
    if (!answer) return 'broken off';
    const error = isRecord(answer.json) && isRecord(answer.json['error']) ? answer.json['error'] : undefined;
    if (!error) return 'passed on';
    // A sentence of ours, and no secret in it.
    assert.match(String(error['message']), /^\S.*[.?]$/s);
    assert.doesNotMatch(answer.text, /sk-sandbox-openai/);
    return `${answer.status} ${String(error['code'])}`;
  };

  for (const [name, fault] of Object.entries(FAULTS)) {
    it(`tells its program of ${name}, and works afterwards`, async () => {
      network.strike('chat', fault, 1);

      assert.equal(seen(await ask()), { ...CELLS }[name]);
      assert.equal(ended.length, 1);
      assert.equal(network.strays, 0);
      network.mend();
      assert.equal((await ask())?.status, 200);
    });
  }
});

describe('100 answers at once through the gateway', () => {
  // `npm run test:streams` is a minute of it.
  it('lose and mix up nothing', async () => {
    await passManyStreams({ streams: 100, events: 300, gapMs: 0 });
  });
});
