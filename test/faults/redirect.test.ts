import assert from 'node:assert/strict';

import { type Bench, openBench } from '../fakes/bench';
import { type Cell, readText, stateText, storedText } from './matrix';
import { type Network, openNetwork } from './network';
import { approve, startByRedirect } from './redirection';
import { OAUTH } from './sentences';

const failed = (reads: string): Cell => ({ state: 'failed', reads, stored: 'nothing', asked: 'discovery' });
/** Anybody can make a browser open a link: what does not carry the state changes nothing, and the waiting goes on. */
const ignored: Cell = { state: 'signingIn', reads: 'nothing', stored: 'nothing', asked: 'discovery' };
const signedIn: Cell = {
  state: 'signedIn',
  reads: 'nothing',
  stored: 'verified',
  asked: 'discovery exchange models chat',
};
const otherIssuer = failed('The answer to the sign-in did not come from SERVER, so it was not used. [Try again]');

/** What becomes of the query on its way back, and what is expected then. */
type Row = readonly [what: string, change: (query: URLSearchParams) => unknown, expected: Cell];

const rows: readonly Row[] = [
  ['what the server sent', () => undefined, signedIn],
  ['parameters that nobody knows', (query) => query.append('baseUrl', 'https://evil.example.com'), signedIn],
  ['another state', (query) => query.set('state', 'x'.repeat(43)), ignored],
  ['no state', (query) => query.delete('state'), ignored],
  ['two states', (query) => query.append('state', 'x'), ignored],
  ['another issuer', (query) => query.set('iss', 'https://evil.example.com'), otherIssuer],
  ['no issuer where one is promised', (query) => query.delete('iss'), otherIssuer],
  ['an error in place of the code', (query) => asError(query, 'access_denied'), failed(OAUTH.declined)],
  ['unauthorized_client', (query) => asError(query, 'unauthorized_client'), failed(OAUTH.unknownClient)],
  [
    'unsupported_response_type',
    (query) => asError(query, 'unsupported_response_type'),
    failed(OAUTH.refused('it does not offer this way to sign in')),
  ],
  [
    'server_error',
    (query) => asError(query, 'server_error'),
    failed(OAUTH.refused('it has a problem of its own right now')),
  ],
  [
    'temporarily_unavailable',
    (query) => asError(query, 'temporarily_unavailable'),
    failed(OAUTH.refused('it is too busy right now')),
  ],
  ['an error beside the code', (query) => query.set('error', 'access_denied'), failed(OAUTH.declined)],
  [
    'neither code nor error',
    (query) => query.delete('code'),
    failed(OAUTH.refused('it sent neither a code nor an error')),
  ],
  ['two codes', (query) => query.append('code', 'x'), failed(OAUTH.refused('it sent neither a code nor an error'))],
  [
    'a code that the server never gave',
    (query) => query.set('code', 'guessed'),
    {
      ...failed(OAUTH.refused('The code is not known or has expired')),
      asked: 'discovery exchange',
    },
  ],
];

function asError(query: URLSearchParams, error: string): void {
  query.delete('code');
  query.set('error', error);
}

describe('redirect of an authorization server', () => {
  let network: Network;
  let bench: Bench;

  beforeEach(async () => {
    network = await openNetwork();
    bench = await openBench({ wrap: network.wrap });
  });
  afterEach(async () => {
    await bench.stop();
    await network.close();
  });

  const seen = (): Cell => ({
    state: stateText(bench),
    reads: readText(bench),
    stored: storedText(bench),
    asked: network.takeAsked(),
  });

  for (const [what, change, expected] of rows) {
    it(`is ${expected.state} after ${what}`, async () => {
      const { page, over } = await startByRedirect(bench);
      const [query, real] = await approve(page).then((given) => [new URLSearchParams(given), String(given)] as const);
      // Whoever does not know the state has no code of this sign-in either.
      if (expected === ignored) query.set('code', 'guessed');
      change(query);
      await bench.session.signIns.receiveRedirect(String(query));
      if (expected !== ignored) await over;

      assert.deepEqual(seen(), expected);
      if (expected !== ignored) return;
      await bench.session.signIns.receiveRedirect(real);
      await over;
      assert.deepEqual(seen(), { ...signedIn, asked: 'exchange models chat' });
    });
  }

  it('is good once', async () => {
    const { page, over } = await startByRedirect(bench);
    const query = String(await approve(page));
    await Promise.all([bench.session.signIns.receiveRedirect(query), bench.session.signIns.receiveRedirect(query)]);
    await over;
    await bench.session.signIns.receiveRedirect(query);

    assert.deepEqual(seen(), signedIn);
  });
});
