import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { awaitingRedirect, declined, otherWays, signedIn, signedOut, withSession } from './states';

const PASTED = 'http://127.0.0.1:49152/3f8a/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj';
const FIELD = 'Paste the address or the code from the browser';

describe('waiting for the browser to come back', () => {
  const panel = usePanel();
  beforeEach(async () => {
    await panel().show(signedOut);
    await panel().show(awaitingRedirect('loopback'));
  });

  it('says where the person signs in, once', async () => {
    const { page, said } = panel();

    await page.locator('.progress').getByText('Sign in on auth.example.com in your browser.').waitFor();
    await eventually(async () => (await said()).status, /^Sign in on auth\.example\.com in your browser\./);
  });

  it('stands in the place of the form that it began in', async () => {
    const { button, field, show } = panel();
    const begun = { kind: 'signingIn', method: 'api-key', title: 'Signing in…' } as const;
    const step = { kind: 'redirect', host: 'auth.example.com', flow: 'loopback' } as const;
    await show(signedOut);
    await show(withSession({ ...begun, step }));

    await button('Open the page again').waitFor();
    await eventually(() => field('API key').count(), 0);
  });

  it('opens the page again, or gives it up', async () => {
    const { button, posted } = panel();
    await button('Open the page again').click();
    await button('Cancel').click();

    await eventually(posted, [{ type: 'openVerificationPage' }, { type: 'cancelSignIn' }]);
  });

  it('copies the link to the page for a browser elsewhere, and says so', async () => {
    const { button, posted, said } = panel();
    await button('Copy the link').click();

    await button('Copied').waitFor();
    await eventually(async () => (await said()).status, 'Copied.');
    await eventually(posted, [{ type: 'copyVerificationPage' }]);
  });

  it('takes the address by hand, and keeps it no longer than the wait', async () => {
    const { page, field, posted, show } = panel();
    await field(FIELD).fill(` ${PASTED} `);
    await field(FIELD).press('Enter');
    await eventually(posted, [{ type: 'pasteRedirect', text: PASTED }]);

    await show(signedIn);
    await eventually(async () => (await page.content()).includes('SplxlOBeZQQYbYS6WxSbIA'), false);
  });

  it('asks for what is missing before it goes on', async () => {
    const { page, field, button, posted, focused } = panel();
    await button('Continue').click();

    await page.getByText('Paste the address or the code first.').waitFor();
    await focused(field(FIELD));
    await button('Open the page again').click();
    await eventually(posted, [{ type: 'openVerificationPage' }]);
  });

  it('says beside the field, each time, why what was pasted is not it', async () => {
    const { page, field, focused, said, show } = panel();
    const text = 'This is another page. Copy the address that begins with http://127.0.0.1.';
    for (const serial of [1, 2]) {
      await field(FIELD).fill('https://example.com/');
      await show({ ...awaitingRedirect('loopback'), pasteError: { serial, text } });

      await page.locator('.paste').getByText(text).waitFor();
      await focused(field(FIELD));
    }
    await eventually(async () => (await said()).alert, text);
  });

  it('brings the one who pastes by hand to the field', async () => {
    const { field, button, focused, show } = panel();
    await show(signedOut);
    await button('Sign in with Qwen OAuth').click();
    await show(awaitingRedirect('paste'));

    await focused(field(FIELD));
  });
});

describe('the other ways to sign in', () => {
  const panel = usePanel();
  const group = () => panel().page.getByRole('group', { name: 'Other ways to sign in' });
  const names = () => group().locator('.button').allTextContents();
  beforeEach(() => panel().show(signedOut));

  it('stay away while the first one is on time', async () => {
    await panel().show(awaitingRedirect('uriHandler'));

    await eventually(() => group().count(), 0);
  });

  it('are offered by name when it takes long, and said once', async () => {
    const { button, focused, said, show } = panel();
    await show(awaitingRedirect('uriHandler'));
    await button('Open the page again').focus();
    await show(awaitingRedirect('uriHandler', otherWays));

    await eventually(
      names,
      otherWays.map(({ label }) => label),
    );
    await eventually(
      async () => (await said()).status,
      'Other ways to sign in: Use a code instead, Paste the address by hand, Enter an API key.',
    );
    await focused(button('Open the page again'));
  });

  it('keep what was typed into the field when they appear', async () => {
    const { field, show } = panel();
    await show(awaitingRedirect('uriHandler'));
    await field(FIELD).fill('half an addr');
    await show(awaitingRedirect('uriHandler', otherWays));

    await eventually(() => field(FIELD).inputValue(), 'half an addr');
  });

  it('begin by keyboard, and the focus goes along', async () => {
    const { press, button, focused, posted, show } = panel();
    await show(awaitingRedirect('uriHandler', otherWays));
    await field().focus();
    // Past two buttons, to that of the address by hand.
    await press('Tab', 'Tab', 'Tab', 'Enter');
    await eventually(posted, [{ type: 'signIn', method: 'qwen-oauth', flow: 'paste' }]);

    await show(awaitingRedirect('paste'));
    await focused(field());
    await eventually(() => button('Use a code instead').count(), 0);

    function field() {
      return panel().field(FIELD);
    }
  });

  it('lead to the form of a key in the place of what is under way', async () => {
    const { field, button, focused, posted, show } = panel();
    await show(awaitingRedirect('uriHandler', otherWays));
    await button('Enter an API key').click();
    await eventually(posted, [{ type: 'cancelSignIn' }]);

    await show(signedOut);
    await focused(field('API key'));
  });

  it('are offered with the failure, and said with it', async () => {
    const { button, posted, said, show } = panel();
    await show(awaitingRedirect('loopback'));
    await show(declined);

    await eventually(
      names,
      otherWays.map(({ label }) => label),
    );
    await eventually(
      async () => (await said()).alert,
      /declined at auth\.example\.com\. Other ways to sign in: Use a code instead,/,
    );
    await button('Use a code instead').click();
    await eventually(posted, [{ type: 'signIn', method: 'qwen-oauth', flow: 'device' }]);
  });

  it('are offered beside the form to who is signed in already', async () => {
    const { page, show } = panel();
    const failure = { method: 'qwen-oauth', tone: 'bad', problem: { message: 'No answer.' }, ways: otherWays } as const;
    await show(withSession({ kind: 'signedIn', tone: 'good', title: 'Signed in', detail: '', failure }));

    await page.locator('.sign-in').getByRole('button', { name: 'Paste the address by hand' }).waitFor();
  });
});
