import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { manyModels } from './states';

const COUNT = 10_000;
/** Many more than can be seen, and far fewer than there are. */
const MOST_ROWS = 60;

describe('a list of ten thousand models', () => {
  const panel = usePanel();
  const marked = async (): Promise<readonly (string | null)[]> =>
    await panel().page.evaluate<(string | null)[]>(`(() => {
      const row = document.getElementById(document.querySelector('.list').getAttribute('aria-activedescendant'));
      return [row.querySelector('.name').textContent, row.ariaPosInSet, row.ariaSetSize];
    })()`);
  const rowCount = async () => await panel().page.locator('.list .option').count();
  const unfold = () => panel().page.getByRole('option', { name: 'Show 9994 more' }).click();
  beforeEach(() => panel().show(manyModels(COUNT)));

  it('begins with the first of a group and the one in use, and has the rest at the place where it is asked for', async () => {
    const { page } = panel();
    await eventually(rowCount, 7);
    await eventually(() => page.getByRole('option', { selected: true }).innerText(), /vendor-0\/model-300/);
    await unfold();

    await page.getByRole('option', { name: 'vendor-5/model-5', exact: false }).first().waitFor();
    await eventually(marked, ['vendor-5/model-5', '6', String(COUNT)]);
    await eventually(() => page.evaluate('scrollY'), 0);
  });

  it('shows the rest by keyboard too', async () => {
    const { page } = panel();
    await page.getByRole('listbox').focus();
    await panel().press('End', 'Enter');

    await eventually(marked, ['vendor-5/model-5', '6', String(COUNT)]);
  });

  it('has the rows in view in the page, and no others', async () => {
    const { page } = panel();
    await unfold();
    await eventually(async () => (await rowCount()) < MOST_ROWS, true);
    await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');

    await page
      .getByRole('option', { name: /model-49\d\d/ })
      .first()
      .waitFor();
    await eventually(async () => (await rowCount()) < MOST_ROWS, true);
  });

  it('says which of how many the marked row is, wherever the keys lead', async () => {
    const { page } = panel();
    await unfold();
    await page.getByRole('listbox').focus();
    for (const [key, index] of [
      ['End', 9999],
      ['PageUp', 9991],
      ['Home', 0],
      ['PageDown', 8],
      ['ArrowDown', 9],
    ] as const) {
      await panel().press(key);
      await eventually(marked, [`vendor-${index % 20}/model-${index}`, String(index + 1), String(COUNT)]);
    }
  });

  it('counts among those that the filter leaves', async () => {
    const { press, field } = panel();
    await field('Filter models').fill('vendor-7/');
    await field('Filter models').press('ArrowDown');
    await press('End');

    await eventually(marked, ['vendor-7/model-9987', '500', '500']);
  });

  it('keeps the marked row in the page where it is scrolled out of view', async () => {
    const { page } = panel();
    await unfold();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.getByRole('option', { name: 'vendor-19/model-9999' }).waitFor();

    await eventually(marked, ['vendor-5/model-5', '6', String(COUNT)]);
  });

  it('keeps focus, scroll position and rows when another model is in use', async () => {
    const { page, change, focused, settled } = panel();
    await unfold();
    const list = page.getByRole('listbox');
    await list.focus();
    await panel().press('PageDown');
    await settled();
    const before = await page.evaluate('scrollY');
    const row = await page.getByRole('option', { name: 'vendor-8/model-8', exact: false }).first().elementHandle();
    const baseUrl = manyModels(1).models[0]?.baseUrl ?? '';
    await change({ modelInUse: { id: 'vendor-8/model-8', baseUrl, name: 'vendor-8/model-8' } });

    await eventually(() => row?.getAttribute('aria-selected'), 'true');
    await eventually(() => row?.evaluate(({ isConnected }) => isConnected), true);
    await eventually(() => page.evaluate('scrollY'), before);
    await focused(list);
  });

  it('shows the one that has changed, and keeps the rows of the others', async () => {
    const { page, send } = panel();
    const other = await page.getByRole('option', { name: 'vendor-1/model-1', exact: false }).first().elementHandle();
    const { models: _, ...group } = manyModels(1).models[0] ?? { label: '', host: '', baseUrl: '', models: [] };
    const add = [{ id: 'vendor-2/model-2', name: 'Another', detail: '', ready: true }];
    await send({ type: 'changes', changed: {}, gone: [], models: [{ ...group, keep: 2, remove: 1, add }] });

    await page.getByRole('option', { name: 'Another' }).waitFor();
    await eventually(() => other?.evaluate(({ isConnected }) => isConnected), true);
    await page.locator('.count').getByText(`${COUNT} models`).waitFor();
  });

  it('fills its view when the page turns to it', async () => {
    const { page, change } = panel();
    await change({ providersPage: { accounts: [], files: [] } });
    await change({ modelInUse: { id: 'x', baseUrl: 'http://x', name: 'x' } });
    await change({}, ['providersPage']);

    await page.getByRole('option', { name: 'vendor-0/model-0' }).waitFor();
  });
});
