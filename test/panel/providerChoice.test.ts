import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { signedOut } from './states';

describe('the choice of a provider', () => {
  const panel = usePanel({ width: 320 });
  const combo = () => panel().page.getByRole('combobox', { name: 'Provider' });
  const options = () => panel().page.getByRole('listbox', { name: 'Provider' }).getByRole('option');
  const value = () => combo().inputValue();
  beforeEach(async () => {
    await panel().show(signedOut);
    await panel().choose('API key');
  });

  it('is shown by its name, and its list is closed', async () => {
    await eventually(value, 'OpenAI');
    await eventually(() => combo().getAttribute('aria-expanded'), 'false');
    await eventually(() => options().count(), 0);
  });

  it('is offered under headings, with what is chosen marked', async () => {
    await combo().click();

    const groups = panel().page.getByRole('listbox', { name: 'Provider' }).getByRole('group');
    const names = () => groups.evaluateAll((all) => all.map((group) => group.ariaLabelledByElements?.[0]?.textContent));
    await eventually(names, ['Makers of models', 'Alibaba Cloud', 'Gateways to many models', 'Servers of your own']);
    await eventually(() => options().and(panel().page.locator('.marked')).innerText(), 'OpenAI');
  });

  for (const [typed, found] of [
    ['rout', ['OpenRouter']],
    ['alibaba', ['Alibaba Cloud Model Studio (Bailian)']],
    ['dashscope', ['Alibaba Cloud Model Studio (Bailian)']],
    ['own', ['Ollama', 'Another OpenAI-compatible server']],
    ['Z.AI plan', []],
  ] as const) {
    it(`is narrowed to ${found.join(' and ') || 'nothing'} by "${typed}"`, async () => {
      await combo().fill(typed);

      await eventually(() => options().allInnerTexts(), found);
      await eventually(() => panel().page.getByText('Nothing matches.').isVisible(), found.length === 0);
    });
  }

  it('is made by keyboard alone', async () => {
    const { page, field, posted, button } = panel();
    await combo().focus();
    await page.keyboard.type('open');
    await panel().press('ArrowDown', 'Enter');

    await eventually(value, 'OpenRouter');
    await eventually(() => combo().getAttribute('aria-expanded'), 'false');
    await field('API key').fill('sk-or-0123456789');
    await button('Sign in').last().click();
    await eventually(async () => (await posted()).length, 1);
  });

  it('is made by going on after typing', async () => {
    await combo().focus();
    await panel().page.keyboard.type('olla');
    await panel().press('Tab');

    await eventually(value, 'Ollama');
    await eventually(() => options().count(), 0);
  });

  it('is left as it was by Escape, and where nothing matches', async () => {
    const { press } = panel();
    await combo().fill('olla');
    await press('Escape');
    await eventually(value, 'OpenAI');

    await combo().fill('nobody');
    await press('Tab');
    await eventually(value, 'OpenAI');
  });

  it('takes no key that an input method uses to write a word', async () => {
    await combo().fill('olla');
    for (const key of ['Enter', 'Escape']) await combo().dispatchEvent('keydown', { key, isComposing: true });

    await eventually(value, 'olla');
    await eventually(() => options().allInnerTexts(), ['Ollama']);
    await panel().press('Escape');
  });

  it('goes around at either end', async () => {
    const { press } = panel();
    await combo().focus();
    await press('ArrowUp', 'ArrowUp', 'Enter');

    await eventually(value, 'Another OpenAI-compatible server');
  });

  it('fits the narrowest panel', async () => {
    const { page } = panel();
    await combo().click();
    await options().first().waitFor();

    await eventually(async () => (await page.evaluate<number>('document.documentElement.scrollWidth')) <= 320, true);
  });

  it('says what the places of a provider differ in', async () => {
    const { page } = panel();
    await combo().fill('z.ai');
    await panel().press('Enter');

    await page.getByRole('combobox', { name: 'Plan' }).waitFor();
  });

  it('leads to the documents of the provider', async () => {
    const { button, posted } = panel();
    await button('Documentation').click();

    await eventually(posted, [{ type: 'openDocs', provider: 'openai' }]);
  });
});
