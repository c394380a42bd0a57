import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { answered, manyModels, ready, signedOut } from './states';

describe('the page of who is signed in', () => {
  const panel = usePanel({ width: 300 });
  const primary = async () => await panel().page.locator('.button[appearance="primary"]:visible').allInnerTexts();

  it('leads to the chat at once, by its one primary button', async () => {
    const { button, show, posted } = panel();
    await show(ready);
    await eventually(primary, ['Use Qwen in Chat']);
    await button('Use Qwen in Chat').click();

    await eventually(posted, [{ type: 'useInChat' }]);
  });

  it('has what mends a problem, or a form that was opened, first', async () => {
    const { button, show } = panel();
    const problem = { message: 'No.', action: { label: 'Try again', intent: { type: 'testConnection' } } } as const;
    await show({ ...ready, connection: { kind: 'failed', problem } });
    await eventually(primary, ['Try again']);
    await show(ready);
    await eventually(primary, ['Use Qwen in Chat']);
    await button('Add account').click();
    await panel().choose('Coding Plan');

    await eventually(primary, ['Sign in']);
  });

  it('has the models first, and the focus where it was, also where the browser cannot move what has it', async () => {
    const { page, show, focused } = panel();
    const filter = page.getByRole('textbox', { name: 'Filter models' });
    const isAbove = `document.querySelector('.models').compareDocumentPosition(document.querySelector('.sign-in')) & 4`;
    await page.evaluate('Object.assign(globalThis, { moveBefore: Element.prototype.moveBefore })');
    await page.evaluate('delete Element.prototype.moveBefore');
    try {
      await show({ ...ready, session: signedOut.session });
      await eventually(() => page.evaluate(isAbove), 0);
      await filter.focus();
      await show(ready);
      await eventually(() => page.evaluate(isAbove), 4);
      await focused(filter);
    } finally {
      await page.evaluate('Object.assign(Element.prototype, { moveBefore })');
    }
  });

  it('says why there is no chat, with the button to what keeps it away', async () => {
    const { page, button, show, posted } = panel();
    const note = 'This workspace is not trusted.';
    await show({ ...ready, chat: { label: 'Manage Trust', intent: { type: 'manageTrust' }, note } });
    await page.getByText(note).waitFor();
    await button('Manage Trust').click();

    await eventually(posted, [{ type: 'manageTrust' }]);
  });

  it('explains what is in effect', async () => {
    await panel().show(ready);
    await panel().button('Explain').click();

    await eventually(panel().posted, [{ type: 'explain' }]);
  });

  it('closes the form of another account again, and brings the focus back', async () => {
    const { page, button, focused, show } = panel();
    await show(ready);
    await button('Add account').click();
    await focused(panel().row('Coding Plan'));
    await button('Close').click();

    await focused(button('Add account'));
    await eventually(() => page.locator('.choice-rows').isVisible(), false);
  });

  it('keeps what is under the pointer there when something comes above it', async () => {
    const { page, show } = panel();
    await show(ready);
    const row = page.getByRole('option', { name: /Qwen3 Max/ });
    await row.hover();
    const before = await row.boundingBox();
    await show({ ...ready, connection: answered.connection });

    await eventually(() => row.boundingBox(), before);
  });

  it('is signed out of by keyboard alone', async () => {
    const { press, button, show, posted } = panel();
    await show(ready);
    await press('Tab');
    for (let left = 40; left > 0 && !(await isFocused(button(/^Sign out of Coding Plan/))); left -= 1)
      await press('Tab');
    await press('Enter');

    await eventually(posted, [{ type: 'signOut', account: 'plan' }]);
  });

  it('changes the model by keyboard alone', async () => {
    const { page, field, show, posted } = panel();
    await show(ready);
    await panel().press('Tab');
    for (let left = 40; left > 0 && !(await isFocused(field('Filter models'))); left -= 1) await panel().press('Tab');
    await page.keyboard.type('max');
    await panel().press('Enter');

    await eventually(posted, [
      { type: 'switchModel', id: 'qwen3-max', baseUrl: 'https://coding.dashscope.aliyuncs.com/v1' },
    ]);
  });

  it('fits a side bar of 300 pixels', async () => {
    const { page, show } = panel();
    for (const state of [ready, { ...ready, connection: answered.connection }, manyModels(40)]) {
      await show(state);
      await eventually(() => page.evaluate('document.documentElement.scrollWidth'), 300);
    }
  });

  const isFocused = async (element: ReturnType<ReturnType<typeof panel>['button']>) =>
    (await element.and(panel().page.locator(':focus')).count()) > 0;
});
