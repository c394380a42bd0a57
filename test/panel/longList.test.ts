import assert from 'node:assert/strict';
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
  beforeEach(() => panel().show(manyModels(COUNT)));

  it('has the rows in view in the page, and no others', async () => {
    const { page } = panel();
    assert.ok((await rowCount()) < MOST_ROWS);
    await page.getByRole('listbox').evaluate((list) => void (list.scrollTop = list.scrollHeight / 2));

    await page.getByRole('option', { name: 'vendor-0/model-5000' }).waitFor();
    assert.ok((await rowCount()) < MOST_ROWS);
  });

  it('says which of how many the marked row is, wherever the keys lead', async () => {
    const { page } = panel();
    await page.getByRole('listbox').focus();
    for (const [key, index] of [
      ['End', 9999],
      ['PageUp', 9991],
      ['Home', 0],
      ['PageDown', 8],
      ['ArrowDown', 9],
    ] as const) {
      await page.keyboard.press(key);
      assert.deepEqual(await marked(), [`vendor-${index % 20}/model-${index}`, String(index + 1), String(COUNT)]);
    }
  });

  it('counts among those that the filter leaves', async () => {
    const { page, field } = panel();
    await field('Filter models').fill('vendor-7/');
    await field('Filter models').press('ArrowDown');
    await page.keyboard.press('End');

    assert.deepEqual(await marked(), ['vendor-7/model-9987', '500', '500']);
  });

  it('keeps the marked row in the page where it is scrolled out of view', async () => {
    const { page } = panel();
    await page.getByRole('listbox').evaluate((list) => void (list.scrollTop = list.scrollHeight));
    await page.getByRole('option', { name: 'vendor-19/model-9999' }).waitFor();

    assert.deepEqual(await marked(), ['vendor-0/model-300', '301', String(COUNT)]);
  });

  it('keeps focus, scroll position and rows when another model is in use', async () => {
    const { page, change, focused } = panel();
    const list = page.getByRole('listbox');
    await list.focus();
    const before = await list.evaluate(({ scrollTop }) => scrollTop);
    const row = await page.getByRole('option', { name: 'vendor-1/model-301' }).elementHandle();
    const baseUrl = manyModels(1).models[0]?.baseUrl ?? '';
    await change({ modelInUse: { id: 'vendor-1/model-301', baseUrl, name: 'vendor-1/model-301' } });

    assert.equal(await row?.getAttribute('aria-selected'), 'true');
    assert.equal(await row?.evaluate(({ isConnected }) => isConnected), true);
    assert.equal(await list.evaluate(({ scrollTop }) => scrollTop), before);
    await focused(list);
  });

  it('fills its view when the page turns to it', async () => {
    const { page, change } = panel();
    await change({ providersPage: { files: [] } });
    await change({ modelInUse: { id: 'x', baseUrl: 'http://x', name: 'x' } });
    await change({}, ['providersPage']);

    await page.getByRole('option', { name: 'vendor-0/model-300' }).waitFor();
  });
});
