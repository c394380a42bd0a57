import assert from 'node:assert/strict';
import { usePanel } from './fixture';
import { enteringCode, otherWays, signedOut } from './states';

const NOW = Date.UTC(2026, 8, 1, 12);

describe('the user code of the device authorization grant', () => {
  const panel = usePanel({ clockAt: NOW });
  beforeEach(async () => {
    await panel().show(signedOut);
    await panel().show(enteringCode(NOW + 600_000));
  });

  it('stands there as text that can be selected, with the host it is for', async () => {
    const { page } = panel();

    await page.getByText('Enter this code on chat.qwen.ai to sign in:').waitFor();
    assert.equal(await page.evaluate(`getComputedStyle(document.querySelector('output')).userSelect`), 'all');
    assert.equal(await page.locator('output').innerText(), 'WDJB-MJHT');
  });

  it('counts down to its end, and says so', async () => {
    const { page, said } = panel();
    assert.equal(await page.getByRole('timer').innerText(), 'Expires in 10:00');

    await page.clock.runFor(61_000);
    assert.equal(await page.getByRole('timer').innerText(), 'Expires in 08:59');
    assert.equal((await said()).alert, '');

    await page.clock.runFor(600_000);
    assert.equal(await page.getByRole('timer').innerText(), 'This code has expired');
    assert.equal((await said()).alert, 'The code has expired.');
  });

  it('is said once, letter by letter', async () => {
    assert.equal((await panel().said()).status, 'Your code is W D J B - M J H T. Enter it on chat.qwen.ai.');
  });

  it('is copied and its page opened by one button', async () => {
    await panel().button('Copy code & open browser').click();

    assert.deepEqual(await panel().posted(), [{ type: 'openVerificationPage' }]);
  });

  it('is said to be copied, for a moment', async () => {
    const { page, button, said } = panel();
    await button('Copy code & open browser').click();

    await button('Copied').waitFor();
    assert.equal((await said()).status, 'Copied.');
    await page.clock.runFor(3000);
    await button('Copy code & open browser').waitFor();
  });

  it('comes with the other ways when it takes long', async () => {
    const { button, show, posted } = panel();
    await show(enteringCode(NOW + 600_000, otherWays));
    await button('Paste the address by hand').click();

    assert.deepEqual(await posted(), [{ type: 'signIn', method: 'qwen-oauth', flow: 'paste' }]);
  });

  it('goes away with the sign-in', async () => {
    const { page, show } = panel();
    await show(signedOut);
    await page.clock.runFor(100);

    assert.equal(await page.getByText('WDJB-MJHT').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Sign in with Qwen OAuth' }).isEnabled(), true);
  });
});
