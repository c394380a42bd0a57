import assert from 'node:assert/strict';
import { sessionState } from '../../../src/core/session/snapshot';
import { type Bench, openBench } from '../../fakes/bench';

// The titles are headings of the two documents.
describe('the documents, on a session', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  /** Which method the next request is signed by, and with what. */
  async function inUse(): Promise<readonly [string, string]> {
    const state = sessionState(bench.session.snapshot);
    const { access } = await bench.session.access(new AbortController().signal);
    return [state.state === 'signedIn' ? state.method : state.state, access.key?.reveal() ?? ''];
  }

  it('Switch authentication method (without restarting)', async () => {
    await bench.signInWithDevice();
    const [oauth, token] = await inUse();
    assert.equal(oauth, 'qwen-oauth');

    await bench.signInWithKey('coding-plan/china', 'sk-sp-sandbox-china');
    assert.deepEqual(await inUse(), ['coding-plan', 'sk-sp-sandbox-china']);

    // What was signed in before stays so, and its models are a switch away.
    await bench.session.switchModel({ id: 'coder-model' });
    assert.deepEqual(await inUse(), [oauth, token]);
  });

  it('Switching Authentication Methods', async () => {
    await bench.signInWithKey('openai', 'sk-sandbox-openai');
    const seen: string[] = [];
    bench.session.onDidChange(() => seen.push(sessionState(bench.session.snapshot).state));

    await bench.signInWithDevice();

    assert.deepEqual([...new Set(seen)], ['signingIn', 'signedIn']);
    assert.equal((await inUse())[0], 'qwen-oauth');
  });
});
