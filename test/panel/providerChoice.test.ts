import assert from 'node:assert/strict';
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
    assert.equal(await value(), 'OpenAI');
    assert.equal(await combo().getAttribute('aria-expanded'), 'false');
    assert.equal(await options().count(), 0);
  });

  it('is offered under headings, with what is chosen marked', async () => {
    await combo().click();

    const groups = panel().page.getByRole('listbox', { name: 'Provider' }).getByRole('group');
    const names = await groups.evaluateAll((all) => all.map((group) => group.ariaLabelledByElements?.[0]?.textContent));
    assert.deepEqual(names, ['Makers of models', 'Alibaba Cloud', 'Gateways to many models', 'Servers of your own']);
    assert.equal(await options().and(panel().page.locator('.marked')).innerText(), 'OpenAI');
  });

  for (const [typed, found] of [
    ['rout', ['OpenRouter']],
    ['alibaba', ['Alibaba Cloud Model Studio']],
    ['dashscope', ['Alibaba Cloud Model Studio']],
    ['own', ['Ollama', 'Custom']],
    ['Z.AI plan', []],
  ] as const) {
    it(`is narrowed to ${found.join(' and ') || 'nothing'} by "${typed}"`, async () => {
      await combo().fill(typed);

      assert.deepEqual(await options().allInnerTexts(), found);
      assert.equal(await panel().page.getByText('Nothing matches.').isVisible(), found.length === 0);
    });
  }

  it('is made by keyboard alone', async () => {
    const { page, field, posted, button } = panel();
    await combo().focus();
    await page.keyboard.type('open');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    assert.equal(await value(), 'OpenRouter');
    assert.equal(await combo().getAttribute('aria-expanded'), 'false');
    await field('API key').fill('sk-or-0123456789');
    await button('Sign in').last().click();
    assert.equal((await posted()).length, 1);
  });

  it('is made by going on after typing', async () => {
    await combo().focus();
    await panel().page.keyboard.type('olla');
    await panel().page.keyboard.press('Tab');

    assert.equal(await value(), 'Ollama');
    assert.equal(await options().count(), 0);
  });

  it('is left as it was by Escape, and where nothing matches', async () => {
    const { page } = panel();
    await combo().fill('olla');
    await page.keyboard.press('Escape');
    assert.equal(await value(), 'OpenAI');

    await combo().fill('nobody');
    await page.keyboard.press('Tab');
    assert.equal(await value(), 'OpenAI');
  });

  it('takes no key that an input method uses to write a word', async () => {
    await combo().fill('olla');
    for (const key of ['Enter', 'Escape']) await combo().dispatchEvent('keydown', { key, isComposing: true });

    assert.equal(await value(), 'olla');
    assert.deepEqual(await options().allInnerTexts(), ['Ollama']);
    await panel().page.keyboard.press('Escape');
  });

  it('goes around at either end', async () => {
    const { page } = panel();
    await combo().focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');

    assert.equal(await value(), 'Custom');
  });

  it('fits the narrowest panel', async () => {
    const { page } = panel();
    await combo().click();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');

    assert.ok(width <= 320, String(width));
  });

  it('says what the places of a provider differ in', async () => {
    const { page } = panel();
    await combo().fill('z.ai');
    await page.keyboard.press('Enter');

    await page.getByRole('combobox', { name: 'Plan' }).waitFor();
  });

  it('leads to the documents of the provider', async () => {
    const { button, posted } = panel();
    await button('Documentation').click();

    assert.deepEqual(await posted(), [{ type: 'openDocs', provider: 'openai' }]);
  });
});
