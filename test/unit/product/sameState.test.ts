import assert from 'node:assert/strict';

import { prompt } from '../../../src/core/chat/request';
import type { Session } from '../../../src/core/session/session';
import { explanationOf, renderExplanation } from '../../../src/core/views/explanation';
import { panelView } from '../../../src/core/views/panelView';
import { statusBarView } from '../../../src/core/views/statusBarView';
import { statusReport } from '../../../src/core/views/statusReport';
import { type Bench, openBench } from '../../fakes/bench';

const MODELS = '/openai/v1/models';
const CHAT = '/openai/v1/chat/completions';

describe('the state of being signed in', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  /** What each view says of it, without what they say beside it. */
  function said({ snapshot }: Session = bench.session) {
    const bar = statusBarView(snapshot);
    const { session } = panelView(snapshot, bench.settings, undefined);
    const { state, verified, problems } = statusReport(snapshot);
    return {
      bar: [bar.text.replace(/ .*/, ''), /Not verified: (.*?)\. /.exec(bar.tooltip)?.[1] ?? ''],
      panel: 'title' in session ? session.title : '',
      report: verified ? 'verified' : state,
      explanation: /^State: (.*)$/m.exec(renderExplanation(explanationOf(snapshot, { trusted: true })))?.[1],
      problems: problems.length,
    };
  }
  async function chat() {
    const model = bench.session.snapshot.selected;
    assert.ok(model);
    const request = { model, chat: prompt('Hi'), initiator: 'acme.ai' };
    for await (const _ of bench.session.chat(request, new AbortController().signal));
  }
  function set(key: string) {
    bench.environment['MY_KEY'] = key;
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;
    bench.reader.set('modelProviders', { openai: [{ id: 'gpt-4o', envKey: 'MY_KEY', baseUrl }] });
  }
  const title = 'Signed in with the environment variable MY_KEY';
  const UNTRIED = {
    bar: ['$(question)', 'the server has not answered a request with this key in this window yet'],
    panel: `${title}, not verified`,
    report: 'signedIn',
    explanation: '**signed in**, not verified yet',
    problems: 0,
  };
  const VERIFIED = {
    bar: ['$(sparkle)', ''],
    panel: title,
    report: 'verified',
    explanation: '**signed in**',
    problems: 0,
  };
  const REFUSED = {
    bar: ['$(error)', ''],
    panel: 'Signed out by the server',
    report: 'failed',
    explanation: '**failed, see the problems below**',
    problems: 1,
  };

  it('is the same in every view for a key of a variable, from the first request to another key', async () => {
    set('sk-sandbox-openai');
    assert.deepEqual(said(), UNTRIED);
    await chat();
    assert.deepEqual(said(), VERIFIED);
    set('sk-wrong-0123456789');
    assert.deepEqual(said(), UNTRIED);
    await assert.rejects(chat(), { reason: 'refused' });
    assert.deepEqual(said(), REFUSED);
    set('sk-sandbox-openai');
    assert.deepEqual(said(), VERIFIED);
  });

  it('says of an account that was saved during an outage why, and after a reload what is still known', async () => {
    bench.sandbox.faults.add({ on: MODELS, times: Infinity, reply: { status: 503, body: '' } });
    bench.sandbox.faults.add({ on: CHAT, times: Infinity, reply: { status: 503, body: '' } });
    await bench.signInWithKey('openai');
    const reloaded = await bench.reopen();

    assert.match(said().bar[1] ?? '', /^127\.0\.0\.1:\d+ .*503/);
    assert.deepEqual(said(reloaded), { ...UNTRIED, panel: 'Signed in with OpenAI, not verified' });
  });
});
