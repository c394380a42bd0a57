import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { manyModels, signedIn } from './states';

describe('the model picker', () => {
  const panel = usePanel();
  beforeEach(() => panel().show(signedIn));

  it('groups the models by provider and marks the one in use', async () => {
    const { page } = panel();

    await eventually(
      () =>
        page
          .getByRole('group', { name: /OpenRouter/ })
          .getByRole('option')
          .count(),
      2,
    );
    await eventually(() => page.getByRole('option', { selected: true }).innerText(), /✓?\s*qwen3-coder-plus/);
    await eventually(() => page.getByRole('option', { name: /qwen3-coder:free/ }).innerText(), /No key/);
  });

  it('leaves the models in which each word of the filter occurs, and says how many', async () => {
    const { page, field } = panel();
    await field('Filter models').fill('plus openrouter');

    await eventually(() => page.getByRole('option').count(), 1);
    await page.getByRole('status').getByText('1 of 5 models').waitFor({ state: 'attached' });
  });

  it('says so when no model matches', async () => {
    const { page, field } = panel();
    await field('Filter models').fill('nothing like it');

    await eventually(() => page.getByRole('option').count(), 0);
    await page.locator('.count').getByText('No model matches.').waitFor();
  });

  it('switches to a model by a click', async () => {
    const { page, posted } = panel();
    await page.getByRole('option', { name: /Qwen3 Max/ }).click();

    await eventually(posted, [
      { type: 'switchModel', id: 'qwen3-max', baseUrl: 'https://coding.dashscope.aliyuncs.com/v1' },
    ]);
  });

  it('switches to a model by keyboard', async () => {
    const { press, field, posted } = panel();
    await field('Filter models').press('ArrowDown');
    await press('End', 'ArrowUp', 'Enter', 'Home', 'ArrowDown', 'Enter');

    await eventually(
      async () => (await posted()).map((intent) => (intent.type === 'switchModel' ? intent.id : intent)),
      ['qwen/qwen3-coder:free', 'qwen3-coder-next'],
    );
  });

  it('switches to the first match by Enter in the filter', async () => {
    const { field, posted } = panel();
    await field('Filter models').fill('max');
    await field('Filter models').press('Enter');

    await eventually(posted, [
      { type: 'switchModel', id: 'qwen3-max', baseUrl: 'https://coding.dashscope.aliyuncs.com/v1' },
    ]);
  });

  it('takes no key that an input method uses to write a word', async () => {
    const { field, posted } = panel();
    await field('Filter models').fill('max');
    await field('Filter models').dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await panel().button('Refresh list').click();

    await eventually(posted, [{ type: 'refreshModels' }]);
  });

  it('counts a single model as one', async () => {
    const { page, show } = panel();
    await show(manyModels(1));

    await page.locator('.count').getByText('1 model', { exact: true }).waitFor();
  });

  it('says which model is in use after a switch', async () => {
    const { show, said } = panel();
    const baseUrl = signedIn.models[0]?.baseUrl ?? '';
    await show({ ...signedIn, modelInUse: { id: 'qwen3-max', baseUrl, name: 'Qwen3 Max' } });

    await eventually(async () => (await said()).status, 'Model in use: Qwen3 Max.');
  });

  it('asks the servers again for their models', async () => {
    await panel().button('Refresh list').click();

    await eventually(panel().posted, [{ type: 'refreshModels' }]);
  });

  it('says what to do where there is no model, and leads to the settings', async () => {
    const { button, show, posted } = panel();
    await show({ ...signedIn, models: [] });
    await button('Open settings').click();

    await eventually(posted, [{ type: 'openSettings', setting: 'qwen.modelProviders' }]);
  });

  it('shows what is wrong with the settings, with the way there', async () => {
    const { button, show, posted } = panel();
    const intent = { type: 'openSettings', setting: 'qwen.modelProviders' } as const;
    await show({
      ...signedIn,
      warnings: [{ message: 'An entry has no id.', action: { label: 'Edit settings', intent } }],
    });
    await button('Edit settings').click();

    await eventually(posted, [intent]);
  });

  it('has the models that were in use last above the others, and each once', async () => {
    const { page, field, show } = panel();
    const [plan = '', other = ''] = signedIn.models.map(({ baseUrl }) => baseUrl);
    const recentModels = [
      { id: 'qwen3-coder-plus', baseUrl: other },
      { id: 'gone', baseUrl: other },
      { id: 'qwen3-max', baseUrl: plan },
    ];
    await show({ ...signedIn, recentModels });
    const recent = page.getByRole('group', { name: 'Recent' }).getByRole('option').locator('.name');
    await eventually(() => recent.allInnerTexts(), ['qwen3-coder-plus', 'qwen3-coder-plus', 'Qwen3 Max']);
    await eventually(() => page.getByRole('option', { name: /Qwen3 Max/ }).count(), 1);
    await field('Filter models').fill('max');

    await eventually(() => page.getByRole('group', { name: 'Recent' }).count(), 0);
    await eventually(() => page.getByRole('option').count(), 1);
  });

  it('switches to a model that was in use last', async () => {
    const { page, show, posted } = panel();
    const baseUrl = signedIn.models[1]?.baseUrl ?? '';
    await show({ ...signedIn, recentModels: [{ id: 'qwen3-coder-plus', baseUrl }] });
    await page.getByRole('group', { name: 'Recent' }).getByRole('option').last().click();

    await eventually(posted, [{ type: 'switchModel', id: 'qwen3-coder-plus', baseUrl }]);
  });

  it('shows and filters 400 models, and leaves the page where it is', async () => {
    const { page, field, show } = panel();
    await show(manyModels(400));
    await field('Filter models').fill('vendor-7/');
    await eventually(() => page.getByRole('option').count(), 20);

    await field('Filter models').fill('');
    await show(manyModels(401));
    await eventually(() => page.evaluate('scrollY'), 0);
  });

  it('scrolls with the page, and keeps its place when a new state comes', async () => {
    const { page, field, show } = panel();
    await show(manyModels(400));
    await field('Filter models').fill('vendor');
    await eventually(() => page.getByRole('listbox').evaluate((list) => list.scrollHeight - list.clientHeight), 0);
    await page.evaluate('scrollTo(0, 2000)');
    await show({ ...manyModels(399), connection: { kind: 'running', model: 'vendor-0/model-300', text: 'Hi' } });

    await eventually(async () => (await page.evaluate<number>('scrollY')) >= 2000, true);
  });
});
