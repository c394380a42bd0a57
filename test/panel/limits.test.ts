import type { PanelState } from '../../src/shared/messages';
import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { signedIn } from './states';

const rows = [
  { label: 'Last 60 seconds', text: '12 of 60 requests', source: 'counted here', tone: 'normal' },
  { label: 'Next request', text: 'not before 14:32:10', source: 'said by portal.qwen.ai', tone: 'warning' },
] as const;
const limited: PanelState = { ...signedIn, limits: { host: 'portal.qwen.ai', rows } };

describe('limits', () => {
  const panel = usePanel();

  it('are shown each with who says so', async () => {
    const { page, show } = panel();
    await show(limited);

    const section = page.locator('section', {
      has: page.getByRole('heading', { name: 'What is left at portal.qwen.ai' }),
    });
    await eventually(() => section.getByRole('term').allInnerTexts(), ['Last 60 seconds', 'Next request']);
    await eventually(
      () => section.getByRole('definition').allInnerTexts(),
      ['12 of 60 requests counted here', 'not before 14:32:10 said by portal.qwen.ai'],
    );
  });

  it('have a bar for the eye where there is a share, which says no more than the words', async () => {
    const { page, show } = panel();
    const used = { label: '5 hours', text: '73 % used · goes on at 16:40', source: 'counted here', usedPercent: 73 };
    await show({
      ...signedIn,
      limits: {
        host: 'api.z.ai',
        rows: [
          { ...used, tone: 'normal' },
          { ...used, usedPercent: 96, tone: 'warning' },
          { label: 'Balance', text: 'CN¥110.00', source: 'said by api.z.ai at 16:20', tone: 'normal' },
        ],
      },
    });

    const bars = page.locator('.limits meter');
    await eventually(
      () => bars.evaluateAll((all) => all.map((bar) => [bar.getAttribute('value'), bar.className, bar.ariaHidden])),
      [
        ['73', 'normal', 'true'],
        ['96', 'warning', 'true'],
      ],
    );
    await eventually(() => page.getByRole('meter').count(), 0);
  });

  it('ask for what the person has still to say, once', async () => {
    const { page, show, posted } = panel();
    const action = { label: 'Choose your plan…', intent: { type: 'choosePlan', plan: 'codingPlan' } } as const;
    await show({ ...signedIn, limits: { host: 'portal.qwen.ai', rows, action } });
    await page.getByRole('button', { name: 'Choose your plan…' }).click();
    await eventually(async () => (await posted()).at(-1), { type: 'choosePlan', plan: 'codingPlan' });
    await show(limited);

    await eventually(() => page.getByRole('button', { name: 'Choose your plan…' }).count(), 0);
  });

  it('go when nothing is known of them any more', async () => {
    const { page, show } = panel();
    await show(limited);
    await show(signedIn);

    await eventually(() => page.getByRole('heading', { name: /What is left/ }).count(), 0);
  });

  it('are counted in silence', async () => {
    const { show, said } = panel();
    await show(signedIn);
    await show(limited);

    await eventually(said, { status: '', alert: '' });
  });
});
