import assert from 'node:assert/strict';
import { usageView } from '../../../src/core/views/usageView';
import type { UsageRecord } from '../../../src/core/usage/usageRecord';
import type { UsageView } from '../../../src/shared/usageMessages';

const NOW = new Date(2026, 5, 10, 15).getTime();
const use = (changes: Partial<UsageRecord> = {}): UsageRecord => ({
  model: 'qwen3-coder-plus',
  host: 'models.example.com',
  initiator: 'github.copilot-chat',
  requests: 1,
  failed: 0,
  cancelled: 0,
  inputTokens: 1000,
  outputTokens: 50,
  estimated: 0,
  ...changes,
});
const initiators = {
  nameOf: (id: string) => ({ 'acme.ai': 'Acme AI', 'qwen-auth': 'Qwen Auth' })[id],
  isOwn: (id: string) => id === 'qwen-auth',
  blocked: ['acme.ai', 'idle.one'],
};
const days = [
  { day: '2026-06-03', records: [use({ requests: 500 })] },
  { day: '2026-06-04', records: [use({ failed: 1, outputTokens: 0 })] },
  {
    day: '2026-06-10',
    records: [
      use(),
      use({ host: 'other.example.com', initiator: 'Acme.AI', requests: 2, estimated: 1 }),
      use({ model: 'glm-5', initiator: 'acme.ai', requests: 2 }),
      use({ model: 'glm-5', initiator: 'qwen-auth', requests: 3 }),
    ],
  },
];

describe('the view of the usage', () => {
  const view: UsageView = usageView(days, NOW, 7, initiators);

  it('has every day of its range, and no other', () => {
    assert.deepEqual(
      view.days.map(({ key, label, requests, failed }) => [key, label, requests, failed]),
      [
        ['2026-06-04', '4 Jun', 1, 1],
        ['2026-06-05', '5 Jun', 0, 0],
        ['2026-06-06', '6 Jun', 0, 0],
        ['2026-06-07', '7 Jun', 0, 0],
        ['2026-06-08', '8 Jun', 0, 0],
        ['2026-06-09', '9 Jun', 0, 0],
        ['2026-06-10', '10 Jun', 8, 0],
      ],
    );
  });

  it('sums all of it up in a sentence', () => {
    assert.equal(
      view.summary.replaceAll('\u00A0', ' '),
      '9 requests in the last 7 days, 1 of which failed; ≈ 5,000 tokens in, ≈ 200 out.',
    );
    assert.equal(usageView([], NOW, 30, initiators).summary, 'No requests in the last 30 days.');
  });

  it('tells models of one name at two servers apart, the most used first', () => {
    assert.deepEqual(
      view.models.map(({ label, detail, figures }) => [label, detail, figures.requests]),
      [
        ['glm-5', 'models.example.com', '5'],
        ['qwen3-coder-plus', 'models.example.com', '2'],
        ['qwen3-coder-plus', 'other.example.com', '2'],
      ],
    );
  });

  it('names extensions, also those that are blocked and have not asked', () => {
    assert.deepEqual(
      view.extensions.map(({ key, label, detail, state, figures }) => [key, label, detail, state, figures.requests]),
      [
        ['acme.ai', 'Acme AI', 'acme.ai', 'blocked', '4'],
        ['qwen-auth', 'Qwen Auth', 'qwen-auth', 'own', '3'],
        ['github.copilot-chat', 'github.copilot-chat', '', 'allowed', '2'],
        ['idle.one', 'idle.one', '', 'blocked', '0'],
      ],
    );
  });

  it('marks tokens as estimated only where some are', () => {
    assert.deepEqual(
      view.models.map(({ figures }) => figures.inputTokens),
      ['2,000', '2,000', '≈\u00A01,000'],
    );
    assert.equal(view.isEstimated, true);
    assert.equal(usageView(days.slice(0, 2), NOW, 7, initiators).isEstimated, false);
  });
});
