import type { PanelState } from '../../src/shared/messages';
import type { ExtensionView, UsageDayView, UsageRange, UsageView } from '../../src/shared/usageMessages';
import { signedIn } from './states';

const figure = (count: number) => count.toLocaleString('en-US');
const figures = (requests: number, failed: number, inputTokens: number, outputTokens: number, about = '') => ({
  requests: figure(requests),
  failed: figure(failed),
  inputTokens: about + figure(inputTokens),
  outputTokens: about + figure(outputTokens),
});

/** So many days up to 14 June, with as much use as `requestsOf` says of each. */
const days = (count: number, requestsOf: (index: number) => number): readonly UsageDayView[] =>
  Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(2026, 5, 14 - count + 1 + index));
    const requests = requestsOf(index);
    const [failed, inputTokens, outputTokens] = [requests % 7, requests * 5210, requests * 640];
    return {
      key: date.toISOString().slice(0, 10),
      label: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(date),
      requests,
      failed,
      inputTokens,
      outputTokens,
      figures: figures(requests, failed, inputTokens, outputTokens),
    };
  });

const chat: ExtensionView = {
  key: 'github.copilot-chat',
  label: "VS Code's chat",
  detail: 'github.copilot-chat',
  state: 'allowed',
  figures: figures(310, 9, 1_615_100, 198_400),
};

/** Another extension, allowed or not. */
export const acme = (state: ExtensionView['state']): ExtensionView => ({
  key: 'acme.reviews',
  label: 'Acme Reviews',
  detail: 'acme.reviews',
  state,
  figures: figures(41, 5, 213_610, 26_240, '≈\u00A0'),
});

/** Use of two models by three extensions. */
export const usage: UsageView = {
  range: 14,
  summary: '353 requests in the last 14 days, 14 of which failed; ≈\u00A01,828,730 tokens in, ≈\u00A0224,640 out.',
  days: days(14, (index) => (index * 37) % 60),
  models: [
    {
      key: 'qwen3-coder-plus coding.dashscope.aliyuncs.com',
      label: 'qwen3-coder-plus',
      detail: 'coding.dashscope.aliyuncs.com',
      figures: figures(300, 10, 1_563_000, 192_000),
    },
    {
      key: 'vendor/a-model-with-a-long-name:free openrouter.ai',
      label: 'vendor/a-model-with-a-long-name:free',
      detail: 'openrouter.ai',
      figures: figures(53, 4, 265_730, 32_640, '≈\u00A0'),
    },
  ],
  extensions: [
    chat,
    acme('allowed'),
    {
      key: 'qwen-auth',
      label: 'Qwen Auth',
      detail: 'qwen-auth',
      state: 'own',
      figures: figures(2, 0, 20, 0),
    },
  ],
  total: figures(353, 14, 1_828_730, 224_640, '≈\u00A0'),
  isEstimated: true,
};

/** The panel on the page of the usage. */
export const using = (changes: Partial<UsageView> = {}): PanelState => ({
  ...signedIn,
  usage: { ...usage, ...changes },
});

/** Nothing asked, by nobody. */
export const unused = using({
  summary: 'No requests in the last 14 days.',
  days: days(14, () => 0),
  models: [],
  extensions: [],
  total: figures(0, 0, 0, 0),
  isEstimated: false,
});

/** The same use over so many days. */
export const over = (range: UsageRange): PanelState =>
  using({ range, days: days(range, (index) => (index * 37) % 60) });
