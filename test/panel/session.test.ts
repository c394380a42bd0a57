import type { PanelState } from '../../src/shared/messages';
import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { answered, checkingKey, refused, signedIn, signedOut, withSession } from './states';

const testing = (text: string): PanelState => ({
  ...signedIn,
  connection: { kind: 'running', model: 'qwen3-coder-plus', text },
});

describe('what is signed in', () => {
  const panel = usePanel();

  it('is said in the header', async () => {
    const { page, show } = panel();
    await show(signedIn);

    await eventually(() => page.getByRole('heading', { level: 1 }).innerText(), 'Signed in with Coding Plan');
    await page.getByText('qwen3-coder-plus on coding.dashscope.aliyuncs.com').waitFor();
  });

  it('is said to who cannot see it, when a sign-in ends well', async () => {
    const { show, said } = panel();
    await show(checkingKey);
    await show(signedIn);

    await eventually(async () => (await said()).status, /^Signed in with Coding Plan\./);
  });

  it('is said at once, and why, when a sign-in fails', async () => {
    const { show, said } = panel();
    await show(checkingKey);
    await show(refused);

    await eventually(
      async () => (await said()).alert,
      'Sign-in failed: OpenAI refused the key. api.openai.com answered 401: Incorrect API key provided.',
    );
  });

  it('is said of a failure no more once it is over', async () => {
    const { show, said } = panel();
    await show(checkingKey);
    await show(refused);
    await show(signedIn);

    await eventually(async () => (await said()).alert, '');
  });

  it('stays unsaid when the panel opens', async () => {
    const { show, said } = panel();
    await show(withSession({ kind: 'loading' }));
    await show(refused);

    await eventually(said, { status: '', alert: '' });
  });

  it('leads from a failure to what a report of it needs', async () => {
    const { button, show, posted } = panel();
    await show(refused);
    await button('Copy diagnostics').click();

    await eventually(posted, [{ type: 'copyDiagnostics' }]);
  });

  it('comes with the button that leads to the form that mends it', async () => {
    const { button, field, show, posted } = panel();
    await show(refused);
    await button('Enter another key').click();

    await panel().isOpen('API key');
    await panel().focused(field('API key'));
    await button('Copy diagnostics').click();
    await eventually(posted, [{ type: 'copyDiagnostics' }]);
  });

  it('leads to the plan and region that the refused key was for', async () => {
    const { page, button, show } = panel();
    const place = { method: 'coding-plan', provider: 'coding-plan', region: 'international' } as const;
    const action = { label: 'Enter another key', intent: { type: 'showMethod', ...place } } as const;
    const problem = { message: 'Coding Plan refused the key.', action };
    await show(
      withSession({ kind: 'failed', tone: 'bad', method: place.method, title: 'The sign-in failed', problem }),
    );
    await button('Enter another key').click();

    await page.getByRole('radio', { name: 'Coding Plan · International', checked: true }).waitFor();
  });

  it('of an account that is not verified leads to the form that mends it', async () => {
    const { button, field, focused, isOpen, show, posted } = panel();
    await show(signedIn);
    await button(/^Replace key… OpenAI/).click();

    await isOpen('API key');
    await focused(field('API key'));
    await button('Refresh list').click();
    await eventually(posted, [{ type: 'refreshModels' }]);
  });

  it('is no failure in red where it is good news', async () => {
    const { page, show } = panel();
    const problem = { message: 'The key works in another region.' };
    await show(withSession({ kind: 'failed', tone: 'good', method: 'api-key', title: 'Good elsewhere', problem }));

    await eventually(() => page.locator('.session .dot.good').count(), 1);
    await eventually(() => page.locator('.session .problem.bad').count(), 0);
  });

  it('stays in the row of its method while another one is looked at', async () => {
    const { page, choose, show } = panel();
    const failure = { method: 'coding-plan', tone: 'bad', problem: { message: 'It refused the key.' } } as const;
    await show(withSession({ kind: 'signedIn', tone: 'good', title: 'Signed in', detail: '', failure }));
    await page.locator('.sign-in').getByText('It refused the key.').waitFor();
    await choose('API key');

    await page.locator('.sign-in').getByText('It refused the key.').waitFor({ state: 'hidden' });
  });

  it('keeps the focus beside its place when a button of it leads to another one', async () => {
    const { button, show } = panel();
    const failed = (label: string): PanelState => {
      const problem = { message: label, action: { label, intent: { type: 'checkOtherRegions' } } } as const;
      const failure = { method: 'api-key', tone: 'bad', problem } as const;
      return withSession({ kind: 'signedIn', tone: 'good', title: 'Signed in', detail: '', failure });
    };
    await show(failed('Check the other regions'));
    await button('Check the other regions').focus();
    await show(failed('Switch'));

    await panel().focused(panel().row('API key'));
  });

  it('comes with each of the ways on where the person has to choose', async () => {
    const { button, field, show, posted } = panel();
    const problem = {
      message: 'portal.qwen.ai refuses requests signed with your Qwen account (401).',
      action: { label: 'Use Coding Plan', intent: { type: 'showMethod', method: 'coding-plan' } },
      others: [
        { label: 'Use an API key', intent: { type: 'showMethod', method: 'api-key' } },
        { label: 'Try anyway', intent: { type: 'signIn', method: 'qwen-oauth', anyway: true } },
      ],
    } as const;
    await show(
      withSession({ kind: 'failed', tone: 'bad', title: 'The sign-in failed', method: 'qwen-oauth', problem }),
    );
    await button('Use Coding Plan').click();
    await panel().isOpen('Coding Plan');
    await button('Use an API key').click();
    await panel().focused(field('API key'));
    await button('Try anyway').click();

    await eventually(posted, [{ type: 'signIn', method: 'qwen-oauth', anyway: true }]);
  });

  it('comes with the button that asks the extension for the rest', async () => {
    const { button, show, posted } = panel();
    const problem = {
      message: 'The server gave no answer.',
      action: { label: 'Show log', intent: { type: 'showLog' } },
    } as const;
    await show(
      withSession({ kind: 'expired', tone: 'warning', title: 'Your session ended', method: 'qwen-oauth', problem }),
    );
    await button('Show log').first().click();

    await eventually(posted, [{ type: 'showLog' }]);
  });

  it('lists each account with its state, and signs out of the one that is named', async () => {
    const { page, button, show, posted } = panel();
    await show(signedIn);

    await eventually(
      () => page.getByRole('listitem').first().innerText(),
      /Coding Plan \(China\)\s*In use\s+Signed in · Key ending in 4f2a/,
    );
    await button(/^Sign out of OpenAI/).click();
    await eventually(posted, [{ type: 'signOut', account: 'openai' }]);
  });

  it('opens the form of a good account for another key', async () => {
    const { button, field, focused, show } = panel();
    await show(signedIn);
    await button(/^Replace key of Coding Plan/).click();

    await focused(field('API key'));
  });

  it('keeps the focus when an account goes', async () => {
    const { page, button, show } = panel();
    await show(signedIn);
    await button(/^Sign out of OpenAI/).focus();
    await show({ ...signedIn, accounts: signedIn.accounts.slice(0, 1) });

    await panel().focused(page.getByRole('heading', { name: 'Accounts' }));
  });
});

describe('the focus', () => {
  const panel = usePanel();
  const [first] = signedIn.accounts;

  it('stays where it is when the parts of the panel change places', async () => {
    const { button, focused, show } = panel();
    await show(signedIn);
    await button(/^Sign out of OpenAI/).focus();
    await show({ ...signedOut, accounts: signedIn.accounts });

    await focused(button(/^Sign out of OpenAI/));
  });

  it('goes to the header when the part that held it goes', async () => {
    const { page, button, focused, show } = panel();
    await show({ ...signedIn, accounts: first === undefined ? [] : [first] });
    await button(/^Sign out of/).focus();
    await show(signedOut);

    await focused(page.getByRole('heading', { name: 'Not signed in' }));
  });
});

describe('the test of the connection', () => {
  const panel = usePanel();

  it('is asked for by a button, where a model is selected', async () => {
    const { button, show, posted } = panel();
    await show(signedOut);
    await eventually(() => button('Test connection').isVisible(), false);

    await show(signedIn);
    await button('Test connection').click();
    await eventually(posted, [{ type: 'testConnection' }]);
  });

  it('shows the answer as it comes, and is not asked for twice', async () => {
    const { page, button, show, posted } = panel();
    await show(testing('Hel'));
    await page.getByText('Hel', { exact: true }).waitFor();
    await show(testing('Hello'));
    await page.getByText('Hello', { exact: true }).waitFor();
    await button('Test connection').click({ force: true });
    await button('Refresh list').click();

    await eventually(posted, [{ type: 'refreshModels' }]);
  });

  it('shows model, host, time to first token and where everything came from', async () => {
    const { page, show } = panel();
    await show(answered);

    const facts = async () => {
      const names = await page.getByRole('term').allInnerTexts();
      const values = await page.getByRole('definition').allInnerTexts();
      return names.map((name, index) => `${name}: ${values[index]}`);
    };
    await eventually(facts, [
      'Time to first token: 412 ms',
      'Model: qwen3-coder-plus',
      'Host: coding.dashscope.aliyuncs.com',
      'Key: Keychain, saved for coding.dashscope.aliyuncs.com',
      'Base URL: Catalogue, Coding Plan in China',
      'Model selected by: This workspace',
    ]);
  });

  it('says the answer once, when it is whole', async () => {
    const { show, said } = panel();
    await show(signedIn);
    await show(testing(''));
    await show(testing('Hello! The'));
    await eventually(async () => (await said()).status, 'Testing the connection to qwen3-coder-plus.');

    await show(answered);
    await eventually(async () => (await said()).status, /^qwen3-coder-plus answered: Hello! The connection works/);
  });

  it('says at once why it failed', async () => {
    const { show, said } = panel();
    await show(testing(''));
    await show({ ...signedIn, connection: { kind: 'failed', problem: { message: 'openrouter.ai gave no answer.' } } });

    await eventually(async () => (await said()).alert, 'openrouter.ai gave no answer.');
  });
});
