import { config } from '@vscode/l10n';

import { createSettings } from '../../src/core/config/settings';
import { panelView } from '../../src/core/views/panelView';
import type { PanelState } from '../../src/shared/messages';
import { eventually } from '../eventually';
import { createMemorySettings } from '../fakes/memorySettings';
import { model } from '../fakes/models';
import { snapshot } from '../fakes/snapshots';
import { chinese } from '../l10n/sentences.mjs';
import { usePanel } from './fixture';
import { awaitingRedirect, signedIn, signedOut } from './states';

/** A model without a key, as the extension says it in Chinese. */
function withoutKey(): PanelState {
  config({ contents: chinese() });
  try {
    const selected = model({ id: 'glm-5' });
    return panelView(snapshot({ models: [selected], selected }), createSettings(createMemorySettings({})), undefined);
  } finally {
    config({ contents: {} });
  }
}

// Where a state is not made by the extension itself, what comes from there is English: its sentences are made where it runs.
describe('the panel in Chinese', () => {
  const panel = usePanel({}, chinese());
  beforeEach(() => panel().show(signedOut));

  it('names what is in the form to sign in', async () => {
    const { page } = panel();

    await page.getByRole('radiogroup', { name: '套餐和区域' }).waitFor();
    await page.getByRole('textbox', { name: 'API 密钥' }).waitFor();
    for (const name of ['登录', '获取密钥', '文档', '显示密钥'])
      await page.getByRole('button', { name, exact: true }).waitFor();
    await eventually(() => page.getByRole('tab').allInnerTexts(), ['主页', '服务商', '用量']);
  });

  it('has the sentences of the extension beside its own', async () => {
    const { page, show } = panel();
    await show(withoutKey());

    await eventually(() => page.getByRole('heading', { level: 1 }).innerText(), '无密钥');
    await page.getByText('没有找到密钥：').first().waitFor();
    await page.getByText('在浏览器中用 qwen.ai 账号登录。').waitFor();
    await eventually(() => page.getByRole('tab').allInnerTexts(), ['主页', '服务商', '用量']);
  });

  it('says what is missing', async () => {
    const { page } = panel();
    await page.getByRole('button', { name: '登录', exact: true }).click();

    await page.getByText('请输入你的 Coding Plan 密钥。').waitFor();
  });

  it('says what the places of a provider differ in', async () => {
    const { page, press } = panel();
    await page.getByRole('button', { name: 'API key', exact: true }).click();
    await page.getByRole('combobox', { name: '服务商' }).fill('z.ai');
    await press('Enter');

    await page.getByRole('combobox', { name: '套餐' }).waitFor();
  });

  it('has the host where its sentence has it, and says the same to a screen reader', async () => {
    const { page, show, said } = panel();
    await show(awaitingRedirect('loopback'));

    const words = '请在浏览器中登录 auth.example.com，之后这里会自动继续。';
    await eventually(() => page.locator('.progress > p').innerText(), words);
    await eventually(async () => (await said()).status, words);
  });

  it('writes its figures in Chinese', async () => {
    const { page, show } = panel();
    await show(signedIn);

    await eventually(() => page.locator('p.count').innerText(), /^\d+ 个模型$/);
  });
});
