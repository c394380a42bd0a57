import assert from 'node:assert/strict';
import type { PanelState } from '../../src/shared/messages';
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

    const section = page.locator('section', { has: page.getByRole('heading', { name: 'Limits of portal.qwen.ai' }) });
    assert.deepEqual(await section.getByRole('term').allInnerTexts(), ['Last 60 seconds', 'Next request']);
    assert.deepEqual(await section.getByRole('definition').allInnerTexts(), [
      '12 of 60 requests counted here',
      'not before 14:32:10 said by portal.qwen.ai',
    ]);
  });

  it('go when nothing is known of them any more', async () => {
    const { page, show } = panel();
    await show(limited);
    await show(signedIn);

    assert.equal(await page.getByRole('heading', { name: /Limits of/ }).count(), 0);
  });

  it('are counted in silence', async () => {
    const { show, said } = panel();
    await show(signedIn);
    await show(limited);

    assert.deepEqual(await said(), { status: '', alert: '' });
  });
});
