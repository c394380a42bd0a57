import { eventually } from '../eventually';
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
    await eventually(() => page.evaluate(`getComputedStyle(document.querySelector('output')).userSelect`), 'all');
    await eventually(() => page.locator('output').innerText(), 'WDJB-MJHT');
  });

  it('counts down to its end, and says so', async () => {
    const { page, said } = panel();
    await eventually(() => page.getByRole('timer').innerText(), 'Expires in 10:00');

    await page.clock.runFor(61_000);
    await eventually(() => page.getByRole('timer').innerText(), 'Expires in 08:59');
    await eventually(async () => (await said()).alert, '');

    await page.clock.runFor(600_000);
    await eventually(() => page.getByRole('timer').innerText(), 'This code has expired');
    await eventually(async () => (await said()).alert, 'The code has expired.');
  });

  it('is said once, letter by letter', async () => {
    await eventually(
      async () => (await panel().said()).status,
      'Your code is W D J B - M J H T. Enter it on chat.qwen.ai.',
    );
  });

  it('is copied and its page opened by one button', async () => {
    await panel().button('Copy code & open browser').click();

    await eventually(panel().posted, [{ type: 'openVerificationPage' }]);
  });

  it('is said to be copied, for a moment', async () => {
    const { page, button, said } = panel();
    await button('Copy code & open browser').click();

    await button('Copied').waitFor();
    await eventually(async () => (await said()).status, 'Copied.');
    await page.clock.runFor(3000);
    await button('Copy code & open browser').waitFor();
  });

  it('comes with the other ways when it takes long', async () => {
    const { button, show, posted } = panel();
    await show(enteringCode(NOW + 600_000, otherWays));
    await button('Paste the address by hand').click();

    await eventually(posted, [{ type: 'signIn', method: 'qwen-oauth', flow: 'paste' }]);
  });

  it('goes away with the sign-in', async () => {
    const { page, show } = panel();
    await show(signedOut);
    await page.clock.runFor(100);

    await eventually(() => page.getByText('WDJB-MJHT').count(), 0);
    await eventually(() => page.getByRole('button', { name: 'Sign in with Qwen OAuth' }).isEnabled(), true);
  });
});
