import assert from 'node:assert/strict';

import { sentenceFor } from '../../../src/cli/problems';
import { panelView } from '../../../src/core/views/panelView';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { type Bench, openBench } from '../../fakes/bench';
import { RECORDINGS } from '../../sandbox/recordings';
import { WORLD } from '../../world/world';

const REFUSALS = Object.keys(WORLD).filter((id) => id.startsWith('refusals/'));

describe('a refusal', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
    const baseUrl = bench.sandbox.origin + RECORDINGS;
    bench.reader.set('modelProviders', { openai: REFUSALS.map((id) => ({ id, baseUrl })) });
  });
  after(() => bench.stop());

  for (const id of REFUSALS) {
    it(`reads the same in the panel, in a terminal and in a chat: ${id}`, async () => {
      const { session, settings } = bench;
      await session.switchModel({ id });
      const error = await session.testConnection().catch((reason: unknown) => reason);

      const chat = problemOf(error, { during: 'test' });
      const { connection } = panelView(session.snapshot, settings, undefined);
      assert.ok(chat && connection.kind === 'failed');
      assert.equal(problemText(connection.problem), problemText(chat));
      assert.equal(sentenceFor(error, session.snapshot, false), problemText(chat));
    });
  }
});
