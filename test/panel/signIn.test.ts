import type { Locator } from 'playwright-core';
import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { checkingKey, refused, signedIn, signedOut, withSession } from './states';

const SECRET = 'sk-sp-0123456789abcdef';
/** How often the page asked for the servers of this computer. */
const ASKED = `posted.filter(({ type }) => type === 'findLocalServers').length`;

describe('signing in from the panel', () => {
  const panel = usePanel();
  beforeEach(() => panel().show(signedOut));

  it('offers the methods in rows, with what to know before choosing one, and has the first one open', async () => {
    const { page, row, isOpen } = panel();

    const rows = page.getByRole('group', { name: 'Sign-in method' }).locator('[aria-expanded]');
    await eventually(
      () => rows.allInnerTexts(),
      ['Coding Plan', 'API key', 'On this computer', 'OpenRouter', 'Qwen OAuth'],
    );
    await isOpen('Coding Plan');
    const top = page.locator('.choice-top', { has: row('Qwen OAuth') });
    await eventually(() => top.innerText(), /discontinued on 2026-04-15/);
  });

  it('is out of the way of who is signed in, until they add an account and choose a row', async () => {
    const { page, choose, isOpen, show, reopen } = panel();
    await reopen({});
    await show(signedIn);
    await eventually(() => page.locator('.choice-head').first().isVisible(), false);
    await panel().button('Add account').click();
    await eventually(() => page.locator('.choice-head[aria-expanded="true"]').count(), 0);
    await choose('OpenRouter');

    await isOpen('OpenRouter');
  });

  it('has the form inside of its row', async () => {
    const { page, choose, row } = panel();
    await choose('API key');

    const body = page.locator(`[id="${await row('API key').getAttribute('aria-controls')}"]`);
    await body.getByRole('textbox', { name: 'API key' }).waitFor();
    await eventually(() => page.getByRole('radiogroup', { name: 'Plan and region' }).count(), 0);
  });

  it('offers the servers of this computer, which need no key', async () => {
    const { page, choose, button, posted } = panel();
    await choose('On this computer');
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await eventually(
      () => page.getByRole('listbox', { name: 'Provider' }).getByRole('option').allInnerTexts(),
      ['Ollama', 'Another OpenAI-compatible server'],
    );
    await page.getByRole('option', { name: 'Ollama' }).click();
    await button(/^Sign in$/).click();

    await eventually(posted, [{ type: 'signIn', method: 'api-key', provider: 'ollama' }]);
  });

  it('asks for a sign-in with OpenRouter in one click', async () => {
    const { choose, button, posted } = panel();
    await choose('OpenRouter');
    await button('Sign in with OpenRouter').click();

    await eventually(posted, [{ type: 'signIn', method: 'api-key', flow: 'loopback', provider: 'openrouter' }]);
  });

  it('leads to the setting in which a command takes the place of a key', async () => {
    const { choose, button, posted } = panel();
    for (const method of ['Coding Plan', 'API key']) {
      await choose(method);
      await button('Key from a command…').click();
    }

    const setting = { type: 'openSettings', setting: 'qwen.keyCommand' };
    await eventually(posted, [setting, setting]);
  });

  it('asks for a sign-in with Qwen OAuth', async () => {
    await panel().choose('Qwen OAuth');
    await panel().button('Sign in with Qwen OAuth').click();

    await eventually(panel().posted, [{ type: 'signIn', method: 'qwen-oauth' }]);
  });

  it('asks for a sign-in at another server, with the API that it is for', async () => {
    const { page, field, button, posted, focused } = panel();
    await panel().choose('Qwen OAuth');
    await page.getByText('Another server').click();
    await button('Sign in at this server').click();
    await page.getByText('Enter the address of the authorization server.').waitFor();
    await focused(field('Authorization server'));
    await field('Authorization server').fill(' https://login.example.com ');
    await field('Client ID').fill('me');
    await field('API base URL').fill('https://api.example.com/v1');
    await button('Sign in at this server').click();

    const server = {
      issuer: 'https://login.example.com',
      clientId: 'me',
      api: 'https://api.example.com/v1',
      scopes: '',
    };
    await eventually(posted, [{ type: 'signInAtServer', ...server }]);
  });

  it("fills in the server that is named, and leads back to Qwen's", async () => {
    const { page, field, button, posted, show } = panel();
    const oauthServer = { issuer: 'https://login.example.com', clientId: 'me', api: '', scopes: 'openid' };
    await show({ ...signedOut, oauthServer });
    await panel().choose('Qwen OAuth');
    await page.getByText('Another server').click();
    await eventually(() => field('Client ID').inputValue(), 'me');
    await button("Use Qwen's server again").click();

    await eventually(posted, [{ type: 'signInAtServer', issuer: '', clientId: '', api: '', scopes: '' }]);
  });

  it('asks for a sign-in with the Coding Plan of the chosen region', async () => {
    const { page, field, button, choose, posted } = panel();
    await choose('Coding Plan');
    await page.getByRole('radio', { name: 'Coding Plan · International' }).click();
    await field('API key').fill(` ${SECRET} `);
    await button('Sign in').click();

    await eventually(posted, [
      {
        type: 'signIn',
        method: 'coding-plan',
        provider: 'coding-plan',
        region: 'international',
        apiKey: SECRET,
      },
    ]);
  });

  it('asks for a sign-in with the other plan, whose keys look otherwise', async () => {
    const { page, field, button, choose, posted } = panel();
    await choose('Coding Plan');
    await page.getByRole('radio', { name: 'Token Plan · China' }).click();
    await page.getByText('Requests go to https://token-plan.cn-beijing.maas.aliyuncs.com').waitFor();
    await button('Sign in').click();
    await page.getByText('Enter your Token Plan key.').waitFor();
    await field('API key').fill(SECRET);
    await button('Sign in').click();

    const place = { provider: 'token-plan', region: 'china' };
    await eventually(posted, [{ type: 'signIn', method: 'coding-plan', ...place, apiKey: SECRET }]);
  });

  it('shows where the requests of the chosen region go', async () => {
    const { page, choose } = panel();
    await choose('Coding Plan');
    await page.getByRole('radio', { name: 'Coding Plan · International' }).click();

    await page.getByText('Requests go to https://coding-intl.dashscope.aliyuncs.com/v1').waitFor();
  });

  it('asks for a sign-in with the key of a provider, leaving out what was not filled in', async () => {
    const { field, button, choose, posted } = panel();
    await choose('API key');
    await field('API key').fill(SECRET);
    await button('Sign in').click();

    await eventually(posted, [{ type: 'signIn', method: 'api-key', provider: 'openai', apiKey: SECRET }]);
  });

  it('sends base URL and model where the provider has them', async () => {
    const { page, field, button, choose, posted } = panel();
    await choose('API key');
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'Ollama' }).click();
    await field('Base URL').fill('https://gateway.example.com/v1');
    await field('API key').fill(SECRET);
    await field('Model').fill('qwen3-max');
    await button('Sign in').click();

    await eventually(posted, [
      {
        type: 'signIn',
        method: 'api-key',
        provider: 'ollama',
        baseUrl: 'https://gateway.example.com/v1',
        apiKey: SECRET,
        model: 'qwen3-max',
      },
    ]);
  });

  it('insists on no key for a server that may need none', async () => {
    const { page, field, button, choose, posted } = panel();
    await choose('API key');
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'Ollama' }).click();

    await field('API key (optional)').waitFor();
    await field('Base URL').and(page.getByPlaceholder('http://localhost:11434/v1')).waitFor();
    await button('Sign in').click();
    await eventually(posted, [{ type: 'signIn', method: 'api-key', provider: 'ollama' }]);
  });

  it('has OpenRouter make a key for whoever signs in with the browser', async () => {
    const { page, field, button, choose, posted } = panel();
    await choose('API key');
    await eventually(() => button(/^Sign in with Open/).count(), 0);
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'OpenRouter' }).click();
    await field('Model').fill('openai/gpt-oss-120b:free');
    await button('Sign in with OpenRouter').click();

    await eventually(posted, [
      {
        type: 'signIn',
        method: 'api-key',
        flow: 'loopback',
        provider: 'openrouter',
        model: 'openai/gpt-oss-120b:free',
      },
    ]);
  });

  it('brings the person to a required field that is empty, and sends nothing', async () => {
    const { page, field, button, choose, posted } = panel();
    await choose('Coding Plan');
    await button('Sign in').click();

    await page.getByText('Enter your Coding Plan key.').waitFor();
    await panel().focused(field('API key'));
    await field('API key').and(page.locator('[aria-invalid="true"]')).waitFor();
    await button('Paste anything you have…').click();
    await eventually(posted, [{ type: 'configureFromText' }]);
  });

  it('takes the error away as soon as the person types', async () => {
    const { page, field, button, choose } = panel();
    await choose('Coding Plan');
    await button('Sign in').click();
    await page.getByText('Enter your Coding Plan key.').waitFor();
    await field('API key').pressSequentially('s');

    await eventually(() => page.getByText('Enter your Coding Plan key.').isVisible(), false);
  });

  it('keeps a key nowhere once it was taken', async () => {
    const { page, field, choose, kept, show } = panel();
    await choose('API key');
    await field('API key').fill(SECRET);
    await field('API key').press('Enter');
    await show(checkingKey);
    await eventually(async () => (await kept()).includes(SECRET), false);
    await show(signedIn);

    await eventually(async () => (await page.content()).includes(SECRET), false);
    await eventually(async () => (await kept()).includes(SECRET), false);
  });

  it('keeps a key that was refused in its field, hidden, until the person goes elsewhere', async () => {
    const { page, field, button, choose, show } = panel();
    await choose('API key');
    await field('API key').fill(SECRET);
    await button('Show key').click();
    await eventually(() => field('API key').getAttribute('type'), 'text');
    await field('API key').press('Enter');
    await show(checkingKey);
    await show(refused);
    await field('API key').and(page.locator('[type="password"]')).waitFor();
    await eventually(() => field('API key').inputValue(), SECRET);
    await choose('Coding Plan');

    await eventually(async () => (await page.content()).includes(SECRET), false);
  });

  it('forgets no key that was typed since the last one was refused', async () => {
    const { field, choose, show } = panel();
    await choose('API key');
    await field('API key').fill('sk-wrong');
    await field('API key').press('Enter');
    await show(checkingKey);
    await show(refused);
    await field('API key').fill(SECRET);
    await choose('Coding Plan');
    await choose('API key');

    await eventually(() => field('API key').inputValue(), SECRET);
  });

  it('remembers the typed base URL and model after a reload, and no key', async () => {
    const { page, field, choose, show } = panel();
    await choose('API key');
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'Another OpenAI-compatible server' }).click();
    await field('Base URL').fill('https://models.example.com/v1');
    await field('API key').fill(SECRET);
    await field('Model').fill('qwen3-max');
    await page.reload();
    await show(signedOut);

    await eventually(() => field('Base URL').inputValue(), 'https://models.example.com/v1');
    await eventually(() => field('Model').inputValue(), 'qwen3-max');
    await eventually(() => field('API key').inputValue(), '');
  });

  it('remembers the model of the provider that it begins with, which nobody has chosen', async () => {
    const { page, field, choose, show } = panel();
    await choose('API key');
    await field('Model').fill('gpt-5.4');
    await page.reload();
    await show(signedOut);

    await eventually(() => field('Model').inputValue(), 'gpt-5.4');
  });

  for (const [row, name] of [
    ['On this computer', 'Sign in'],
    ['OpenRouter', 'Sign in with OpenRouter'],
  ] as const) {
    it(`asks no server for a model that was typed for another: ${row}`, async () => {
      const { field, button, choose, posted } = panel();
      await choose('API key');
      await field('Model').fill('gpt-5.4');
      await choose(row);
      await eventually(() => field('Model').inputValue(), '');
      await button(name).and(panel().page.locator(':visible')).first().click();

      await eventually(async () => (await posted()).map((intent) => 'model' in intent), [false]);
    });
  }

  it('remembers no model beside the address of another server', async () => {
    const { page, field, choose, show } = panel();
    await choose('API key');
    await field('Model').fill('gpt-5.4');
    await choose('On this computer');
    await field('Base URL').fill('http://localhost:1234/v1');
    await page.reload();
    await show(signedOut);

    await eventually(() => field('Base URL').inputValue(), 'http://localhost:1234/v1');
    await eventually(() => field('Model').inputValue(), '');
  });

  it('remembers nothing that may be a key in the wrong field', async () => {
    const { field, choose, kept } = panel();
    await choose('API key');
    await field('Model').fill('a-model');
    await eventually(kept, /"a-model"/);
    await field('Model').fill(SECRET);

    await eventually(async () => (await kept()).includes(SECRET), false);
  });

  it('says which server of this computer answers, which is asked when the forms are seen, and offers it first', async () => {
    const { page, row, choose, show, reopen } = panel();
    await reopen({});
    await show(signedIn);
    await eventually(() => page.evaluate(ASKED), 0);
    await show(signedOut);
    await show({ ...signedOut, session: signedOut.session });
    await eventually(() => page.evaluate(ASKED), 1);
    await row('On this computer').focus();
    await show({ ...signedOut, localServers: ['custom'] });
    await panel().focused(row('On this computer'));
    await page
      .locator('.choice-top', { has: row('On this computer') })
      .getByText('Another OpenAI-compatible server is running')
      .waitFor();
    await choose('On this computer');

    await eventually(
      () => page.getByRole('combobox', { name: 'Provider' }).inputValue(),
      'Another OpenAI-compatible server',
    );
  });

  it('takes anything that somebody has copied', async () => {
    const { button, posted } = panel();
    await button('Paste anything you have…').click();

    await eventually(posted, [{ type: 'configureFromText' }]);
  });

  it('signs in by keyboard alone', async () => {
    const { page, field, button, row, focused, posted } = panel();
    const go = async (key: string, to: Locator) => {
      await panel().press(key);
      await focused(to);
    };
    await go('Tab', page.getByRole('tab', { name: 'Home' }));
    await go('Tab', button('Paste anything you have…'));
    await go('Tab', row('Coding Plan'));
    await go('Tab', page.getByRole('radio', { name: 'Coding Plan · China' }));
    await go('ArrowDown', page.getByRole('radio', { name: 'Coding Plan · International' }));
    await go('Tab', field('API key'));
    await page.keyboard.type(SECRET);
    await panel().press('Enter');

    await eventually(posted, [
      {
        type: 'signIn',
        method: 'coding-plan',
        provider: 'coding-plan',
        region: 'international',
        apiKey: SECRET,
      },
    ]);
  });

  it('opens the page where a key of the chosen provider and region can be had', async () => {
    const { button, choose, posted } = panel();
    await choose('Coding Plan');
    await button('Get a key').click();

    await eventually(posted, [{ type: 'openConsole', provider: 'coding-plan', region: 'china' }]);
  });

  it('keeps what is being typed, and the caret, when a new state comes', async () => {
    const { page, field, choose, show } = panel();
    await choose('API key');
    await field('API key').fill('sk-typed');
    await panel().press('ArrowLeft');
    await show({ ...signedOut, connection: { kind: 'running', model: 'qwen3-coder-plus', text: 'Hel' } });
    await page.keyboard.type('!');

    await eventually(() => field('API key').inputValue(), 'sk-type!d');
  });

  it('holds the form still while it signs in, and lets the person cancel', async () => {
    const { page, field, button, choose, show, posted } = panel();
    await choose('API key');
    await show(checkingKey);

    await field('API key').and(page.locator(':disabled')).waitFor();
    await button('Sign in').and(page.locator(':disabled')).waitFor();
    await button('Cancel').click();
    await eventually(posted, [{ type: 'cancelSignIn' }]);
  });

  it('says beside the form why a second sign-in failed', async () => {
    const { page, show } = panel();
    const problem = { message: 'api.openai.com refused the OpenAI key that ends in 77aa (401).' };
    await show(
      withSession({
        kind: 'signedIn',
        tone: 'good',
        title: 'Signed in',
        detail: 'qwen3-coder-plus',
        failure: { method: 'api-key', tone: 'bad', problem },
      }),
    );

    await page.locator('.sign-in').getByText(problem.message).waitFor();
  });

  it('is closed at once after a second sign-in failed, and has the failure put away', async () => {
    const { page, button, choose, show, posted, focused } = panel();
    const problem = { message: 'api.openai.com refused the OpenAI key that ends in 77aa (401).' };
    const failure = { method: 'api-key', tone: 'bad', problem } as const;
    const session = { kind: 'signedIn', tone: 'good', title: 'Signed in', detail: 'qwen3-coder-plus' } as const;
    const failed = withSession({ ...session, failure }, signedIn);
    const form = page.locator('.sign-in');
    await show(signedIn);
    await choose('API key');
    await panel().field('API key').fill(SECRET);
    await panel().press('Enter');
    await show(checkingKey);
    await show(failed);
    await form.getByText(problem.message).waitFor();
    await button('Close').click();

    await eventually(() => form.locator('.choice-rows').isVisible(), false);
    await focused(button('Add account'));
    await eventually(async () => (await posted()).at(-1), { type: 'cancelSignIn' });
    await eventually(async () => (await page.content()).includes(SECRET), false);
    await show({ ...failed, listAges: { a: 'as of just now' } });
    await eventually(() => form.locator('.choice-rows').isVisible(), false);

    await show(signedIn);
    await show(checkingKey);
    await show(failed);
    await form.getByText(problem.message).waitFor();
  });

  it('is closed without a word where nothing failed', async () => {
    const { button, choose, posted, focused, show } = panel();
    await show(signedIn);
    await choose('API key');
    await button('Close').click();

    await focused(button('Add account'));
    await eventually(posted, []);
  });

  it('leads back to the key after it was refused', async () => {
    const { field, choose, show } = panel();
    await choose('API key');
    await field('API key').fill(SECRET);
    await field('API key').press('Enter');
    await show(checkingKey);
    await show(refused);

    await panel().focused(field('API key'));
  });

  it('leads to what is signed in after it went well', async () => {
    const { page, field, choose, show } = panel();
    await choose('API key');
    await field('API key').focus();
    await show(checkingKey);
    await show(signedIn);

    await panel().focused(page.locator('h1'));
  });

  it('remembers the chosen method while it is hidden', async () => {
    const { page, choose, show, isOpen } = panel();
    await choose('API key');
    await page.reload();
    await show(signedOut);

    await isOpen('API key');
  });
});
