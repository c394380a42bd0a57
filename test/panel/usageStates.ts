import type { AccountLimitsView, PanelState } from '../../src/shared/messages';
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

/** What is left of accounts that are counted here, that have more to be told, and that were asked for. */
export const accountLimits: readonly AccountLimitsView[] = [
  {
    id: 'coding-plan/china',
    label: 'Coding Plan · China (Beijing)',
    host: 'coding.dashscope.aliyuncs.com',
    rows: [
      {
        label: 'Last 5 hours',
        text: '81 % used · 972 of 1,200 requests',
        source: 'counted here',
        tone: 'warning',
        usedPercent: 81,
      },
      {
        label: 'This week',
        text: '34 % used · goes on Mon, 00:00 · 3,060 of 9,000 requests',
        source: 'counted here',
        tone: 'normal',
        usedPercent: 34,
      },
    ],
  },
  {
    id: 'token-plan/international',
    label: 'Token Plan · International (Singapore)',
    host: 'token-plan.ap-southeast-1.maas.aliyuncs.com',
    rows: [{ label: 'Last 5 hours', text: '12 requests', source: 'counted here', tone: 'normal' }],
    action: { label: 'Say when it begins anew…', intent: { type: 'choosePlan', plan: 'tokenPlan' } },
  },
  {
    id: 'deepseek',
    label: 'DeepSeek',
    host: 'api.deepseek.com',
    rows: [{ label: 'Balance', text: 'CN¥54.00', source: 'said by api.deepseek.com at 14:02', tone: 'normal' }],
  },
];

/** The panel on the page of the usage. */
export const using = (changes: Partial<UsageView> = {}): PanelState => ({
  ...signedIn,
  usage: { ...usage, ...changes },
  accountLimits,
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
