import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { signedIn } from './states';
import { acme, over, unused, using } from './usageStates';

describe('the page of the usage', () => {
  const panel = usePanel();
  const table = (name: string) => panel().page.getByRole('table', { name });
  const bars = (series: 0 | 1) => panel().page.locator(`.plot .series-${series}`);

  it('is one of the pages, and is remembered while the panel is hidden', async () => {
    const { page, show, kept, posted } = panel();
    await show(signedIn);
    await page.getByRole('tab', { name: 'Usage' }).click();
    await eventually(posted, [{ type: 'showPage', page: 'usage' }]);
    await show(using());

    await page.getByRole('tabpanel', { name: 'Usage' }).getByRole('heading', { name: 'Usage' }).waitFor();
    await eventually(kept, /"page":"usage"/);
  });

  it('shows what each model and each extension came to, and all together', async () => {
    await panel().show(using());

    const models = async () => {
      const texts = await table('Models').getByRole('row').allInnerTexts();
      return texts.map((text) => text.replaceAll('\u00A0', ' '));
    };
    await eventually(models, [
      'Model\tRequests\tFailed\tTokens in\tTokens out',
      'qwen3-coder-plus\ncoding.dashscope.aliyuncs.com\n\t300\t10\t1,563,000\t192,000',
      'vendor/a-model-with-a-long-name:free\nopenrouter.ai\n\t53\t4\t≈ 265,730\t≈ 32,640',
      'All\t353\t14\t≈ 1,828,730\t≈ 224,640',
    ]);
    await eventually(
      () => table('Extensions and programs').getByRole('rowheader').locator('.name').allInnerTexts(),
      ["VS Code's chat", 'Acme Reviews', 'Qwen Auth', 'All'],
    );
  });

  it('says that only what goes past the gateway is not counted', async () => {
    await panel().show(using());

    await panel()
      .page.getByText(/What programs ask with a key of their own, past the gateway, is not counted\.$/)
      .waitFor();
  });

  it('says which tokens are estimates, where there are any', async () => {
    const { page, show } = panel();
    await show(using());
    await page.getByText('Some of these tokens were estimated').waitFor();
    await show(using({ isEstimated: false }));

    await page.getByText('Some of these tokens were estimated').waitFor({ state: 'hidden' });
  });

  it('draws each day, with its figures where it is pointed at', async () => {
    await panel().show(using());

    const highest = () =>
      bars(0).evaluateAll((all) => Math.max(...all.map((one) => Number.parseFloat(one.getAttribute('height')))));
    await eventually(() => panel().page.locator('.plot .column').count(), 14);
    // 56 of a scale of 100 on 9 June is the most.
    await eventually(highest, 56);
    await eventually(() => panel().page.locator('.plot title').nth(8).textContent(), '9 Jun: 56 requests, 0 failed');
  });

  it('draws tokens instead when asked, and remembers that', async () => {
    const { page, show, kept } = panel();
    await show(using());
    await page.getByRole('combobox', { name: 'Chart of' }).click();
    await page.getByRole('option', { name: 'Tokens' }).click();

    await page.getByRole('img', { name: /^Tokens of each of the last 14 days; most on 9 Jun, with 327,600/ }).waitFor();
    await eventually(kept, /"measure":"tokens"/);
    await show(over(30));
    await page.getByRole('img', { name: /^Tokens of each of the last 30 days/ }).waitFor();
  });

  it('has the same as the chart in a table', async () => {
    const { page, show } = panel();
    await show(using());
    await page.getByText('Figures of each day').click();

    const rows = table('Figures of each day').getByRole('row');
    await eventually(() => rows.count(), 16);
    await eventually(
      async () => (await rows.allInnerTexts()).slice(1, 3),
      ['14 Jun\t1\t1\t5,210\t640', '13 Jun\t24\t3\t125,040\t15,360'],
    );
  });

  it('asks for another period', async () => {
    const { page, show, posted } = panel();
    await show(using());
    await page.getByRole('combobox', { name: 'Period' }).click();
    await page.getByRole('option', { name: 'Last 90 days' }).click();

    await eventually(posted, [{ type: 'showUsageOf', range: 90 }]);
  });

  it('blocks an extension and allows it again, with the focus and a word on it', async () => {
    const { show, button, posted, focused, said } = panel();
    await show(using());
    await button('Block Acme Reviews').click();
    await show(using({ extensions: [acme('blocked')] }));
    await focused(button('Allow Acme Reviews'));
    await eventually(async () => (await said()).status, 'Acme Reviews is blocked from now on.');
    await button('Allow Acme Reviews').click();

    await eventually(posted, [
      { type: 'blockExtension', extension: 'acme.reviews', blocked: true },
      { type: 'blockExtension', extension: 'acme.reviews', blocked: false },
    ]);
  });

  it('offers to block nothing of ours', async () => {
    await panel().show(using());

    await eventually(() => panel().button('Block').count(), 2);
    await eventually(() => panel().button('Block Qwen Auth').count(), 0);
  });

  it('has no column for blocking any more where there is nothing to block', async () => {
    const { show } = panel();
    await show(using());
    await show(using({ extensions: [acme('own')] }));

    await eventually(() => table('Extensions and programs').getByRole('row').first().getByRole('cell').count(), 0);
  });

  it('counts in silence', async () => {
    const { show, said } = panel();
    await show(using());
    await show(over(30));

    await eventually(said, { status: '', alert: '' });
  });

  it('follows what is used while it is looked at', async () => {
    const { page, show } = panel();
    await show(unused);
    await page.getByText('will be counted here').waitFor();
    await eventually(() => page.locator('.plot').isVisible(), false);
    await show(using());

    await page.getByText('will be counted here').waitFor({ state: 'hidden' });
    await eventually(() => page.locator('.plot').isVisible(), true);
  });

  it('leads to the export and to the reset', async () => {
    const { show, button, posted } = panel();
    await show(using());
    await button('Export…').click();
    await button('Reset…').click();

    await eventually(posted, [{ type: 'exportUsage' }, { type: 'resetUsage' }]);
  });
});

describe('what is left of the accounts', () => {
  const panel = usePanel();
  const account = (name: RegExp) => panel().page.getByRole('group', { name });

  it('is said of each under its name, with bars', async () => {
    await panel().show(using());

    await account(/^Coding Plan/)
      .getByText('81 % used · 972 of 1,200 requests')
      .waitFor();
    await eventually(
      () =>
        account(/^Coding Plan/)
          .locator('meter')
          .count(),
      2,
    );
    await account(/^DeepSeek api\.deepseek\.com/)
      .getByText('CN¥54.00 said by api.deepseek.com at 14:02')
      .waitFor();
  });

  it('leads to what the person has still to say', async () => {
    await panel().show(using());
    await account(/^Token Plan/)
      .getByRole('button', { name: 'Say when it begins anew…' })
      .click();

    await eventually(panel().posted, [{ type: 'choosePlan', plan: 'tokenPlan' }]);
  });

  it('is not there where nothing is known of any', async () => {
    await panel().show({ ...using(), accountLimits: [] });

    await eventually(() => panel().page.getByRole('heading', { name: 'What is left' }).count(), 0);
  });
});

describe('the page of the usage in a narrow panel', () => {
  const panel = usePanel({ width: 320 });

  it('fits 320 pixels', async () => {
    const { page, show } = panel();
    await show(using());
    await page.getByText('Figures of each day').click();

    await eventually(() => page.evaluate('document.documentElement.scrollWidth'), 320);
  });

  it('keeps its tables for who cannot see them', async () => {
    const { show, accessible } = panel();
    await show(using());
    const named = async (wanted: string) =>
      (await accessible()).filter(({ role }) => role === wanted).map(({ name }) => name);

    await eventually(() => named('table'), ['Models', 'Extensions and programs']);
    await eventually(async () => (await named('row')).length, 9);
    await eventually(async () => (await named('rowheader')).length, 7);
    await eventually(
      async () => (await named('image')).filter(Boolean),
      ['Requests of each of the last 14 days; most on 9 Jun, with 56.'],
    );
  });
});

for (const theme of ['dark', 'light', 'hc'] as const) {
  describe(`the chart in the ${theme} theme`, () => {
    const panel = usePanel({ theme });

    it('tells failed requests from others without colors too', async () => {
      const { page, show } = panel();
      await show(using());

      const fill = (series: number) =>
        page.evaluate(`getComputedStyle(document.querySelector('.plot .series-${series}')).fill`);
      await eventually(() => fill(0), /^rgb/);
      await eventually(() => fill(1), /hatch/);
    });
  });
}
