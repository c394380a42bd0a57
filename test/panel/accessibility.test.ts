import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { answered, awaitingRedirect, declined, enteringCode, otherWays, refused, signedIn, signedOut } from './states';
import { themes } from './themes';

const CONTROLS = ['button', 'textbox', 'radio', 'radiogroup', 'combobox', 'listbox', 'option', 'heading'];

describe('the panel for everybody', () => {
  const panel = usePanel({ width: 320 });
  const states = {
    'signed out': signedOut,
    refused,
    'entering the code': enteringCode(Date.now() + 600_000),
    'waiting for the browser': awaitingRedirect('loopback', otherWays),
    declined,
    answered,
  };

  for (const [name, state] of Object.entries(states)) {
    it(`names each control: ${name}`, async () => {
      await panel().show(state);
      if (state.session.kind !== 'signingIn') await panel().choose('API key');

      await eventually(
        async () => {
          const nodes = await panel().accessible();
          const controls = nodes.filter(({ role }) => CONTROLS.includes(role));
          const nameless = controls.filter((control) => !control.name.trim());
          return { areMany: controls.length > 5, nameless };
        },
        { areMany: true, nameless: [] },
      );
    });
  }

  it('fits a panel of 320 pixels', async () => {
    const { page, choose, show } = panel();
    for (const state of [answered, awaitingRedirect('uriHandler', otherWays), declined]) {
      await show(state);
      if (state === answered) await choose('API key');

      await eventually(() => page.evaluate('document.documentElement.scrollWidth'), 320);
    }
  });

  it('hears a click on a button that a message moves away meanwhile, and takes back one that ends elsewhere', async () => {
    const { page, button, show, posted } = panel();
    await show(signedIn);
    const press = async () => {
      await button('Test connection').hover();
      await page.mouse.down();
    };

    await press();
    await page.evaluate(`document.getElementById('panel').style.marginTop = '50px'`);
    await page.mouse.up();
    await press();
    await page.mouse.move(5, 5);
    await page.mouse.up();

    await eventually(posted, [{ type: 'testConnection' }]);
  });

  it('hears no click in a touch that became a scroll, nor in the other mouse button', async () => {
    const { page, button, show, posted } = panel();
    await show(signedIn);
    await button('Test connection').dispatchEvent('pointerdown', { clientX: 60, clientY: 60 });
    await button('Test connection').dispatchEvent('pointercancel');
    await page.locator('h1').first().dispatchEvent('pointerup', { clientX: 60, clientY: 60 });
    await button('Test connection').hover();
    await page.mouse.down({ button: 'right' });
    await page.evaluate(`document.getElementById('panel').style.marginTop = '50px'`);
    await page.mouse.up({ button: 'right' });
    await button('Refresh list').click();

    await eventually(posted, [{ type: 'refreshModels' }]);
  });

  it('reads out the hint and the error with the field that they are about', async () => {
    const { button, choose, show } = panel();
    await show(signedOut);
    await choose('Coding Plan');
    await button('Sign in').click();

    await eventually(async () => {
      const nodes = await panel().accessible();
      return nodes.find(({ role, name }) => role === 'textbox' && name === 'API key')?.description;
    }, /Enter your Coding Plan key\. sk-sp-…/);
  });
});

for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const) {
  describe(`the panel in the ${theme} theme`, () => {
    const panel = usePanel({ theme });

    it('takes its colors from the theme', async () => {
      const { page, show } = panel();
      await show(signedOut);
      const { variables } = themes[theme];

      const colors = `[
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('h1')).color,
      ]`;
      const expected = [rgb(variables['editor-background']), rgb(variables['foreground'])];
      await eventually(() => page.evaluate(colors), expected);
    });

    it('tells the tab of the shown page from the line below all tabs', async () => {
      const { page, show } = panel();
      await show(signedOut);

      const isTheSame = `getComputedStyle(document.querySelector('.tabs')).borderBottomColor ===
        getComputedStyle(document.querySelector('.tab[aria-selected="true"]')).borderBottomColor`;
      await eventually(() => page.evaluate(isTheSame), false);
    });

    it('has text in the row of the model in use that can be read (WCAG 2.2 §1.4.3)', async () => {
      const { page, show } = panel();
      await show(signedIn);

      const ratio = `(${CONTRAST})(
        document.querySelector('.option[aria-selected="true"] .detail'),
        [document.body, document.querySelector('.option[aria-selected="true"]')],
      )`;
      await eventually(async () => (await page.evaluate<number>(ratio)) >= 4.5, true);
    });
  });
}

/** The contrast of an element's text to the backgrounds that lie over each other behind it. */
const CONTRAST = `(element, behind) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const light = () => {
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paint = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return light();
  };
  const backgrounds = behind.map((one) => paint(getComputedStyle(one).backgroundColor));
  const [dark, bright] = [backgrounds.at(-1), paint(getComputedStyle(element).color)].sort((one, other) => one - other);
  return (bright + 0.05) / (dark + 0.05);
}`;

const rgb = (hex = '') => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
