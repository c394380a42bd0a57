import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { isThorough } from '../thorough';
import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { gallery } from './gallery';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
/** Style sheets are not fetched once more: the page's content security policy forbids it. */
const RUN = `axe.run({ preload: false })`;
const THEMES = ['dark', 'light', 'hc', 'hcLight'] as const;
const WIDTHS = isThorough ? [300, 500, 1000] : [500];

for (const [turn, theme] of THEMES.entries()) {
  /** Each state in each theme, or where it should not take long, in one theme: the themes take turns. */
  const states = Object.entries(gallery).filter((_, at) => isThorough || at % THEMES.length === turn);
  for (const width of WIDTHS) {
    describe(`axe finds nothing in the ${theme} theme at ${width} pixels`, () => {
      const panel = usePanel({ theme, width });

      for (const [name, { state, act }] of states) {
        it(name, async () => {
          const { page, show } = panel();
          await show(state);
          await act?.(panel());

          if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(AXE);
          await eventually(async () => {
            const { violations } = await page.evaluate<AxeResults>(RUN);
            return violations.flatMap(({ id, nodes }) =>
              nodes.map(({ target, failureSummary }) => [id, target.join(' '), failureSummary].join('\n')),
            );
          }, []);
        });
      }
    });
  }
}
