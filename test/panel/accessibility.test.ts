import assert from 'node:assert/strict';
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
      const session = await panel().page.context().newCDPSession(panel().page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');

      const controls = nodes.filter(({ ignored, role }) => !ignored && CONTROLS.includes(String(role?.value)));
      const nameless = controls.filter((node) => !String(node.name?.value ?? '').trim());
      assert.ok(controls.length > 5);
      assert.deepEqual(
        nameless.map(({ role }) => role?.value),
        [],
      );
    });
  }

  it('fits a panel of 320 pixels', async () => {
    const { page, choose, show } = panel();
    for (const state of [answered, awaitingRedirect('uriHandler', otherWays), declined]) {
      await show(state);
      if (state === answered) await choose('API key');

      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320);
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

    assert.deepEqual(await posted(), [{ type: 'testConnection' }]);
  });

  it('hears no click in a touch that became a scroll, nor in the other mouse button', async () => {
    const { page, button, show, posted } = panel();
    await show(signedIn);
    await button('Test connection').dispatchEvent('pointerdown', { clientX: 60, clientY: 60 });
    await button('Test connection').dispatchEvent('pointercancel');
    await page.locator('h1').first().dispatchEvent('pointerup', { clientX: 60, clientY: 60 });
    assert.deepEqual(await posted(), []);
    await button('Test connection').hover();
    await page.mouse.down({ button: 'right' });
    await page.evaluate(`document.getElementById('panel').style.marginTop = '50px'`);
    await page.mouse.up({ button: 'right' });

    assert.deepEqual(await posted(), []);
  });

  it('reads out the hint and the error with the field that they are about', async () => {
    const { page, button, choose, show } = panel();
    await show(signedOut);
    await choose('Coding Plan');
    await button('Sign in').click();

    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const field = nodes.find(({ role, name }) => role?.value === 'textbox' && name?.value === 'API key');
    assert.match(String(field?.description?.value), /Enter your Coding Plan key\. Starts with sk-sp-/);
  });
});

for (const theme of ['dark', 'light', 'hc'] as const) {
  describe(`the panel in the ${theme} theme`, () => {
    const panel = usePanel({ theme });

    it('takes its colors from the theme', async () => {
      const { page, show } = panel();
      await show(signedOut);
      const { variables } = themes[theme];

      const colors = await page.evaluate<string[]>(`[
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('h1')).color,
      ]`);
      assert.deepEqual(colors, [rgb(variables['editor-background']), rgb(variables['foreground'])]);
    });
  });
}

const rgb = (hex = '') => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
