import assert from 'node:assert/strict';
import type { EntryDraftView, EntryFields, EntryView } from '../../src/shared/providersMessages';
import { eventually } from '../eventually';
import { NO_FIELDS } from '../../src/core/config/entryFields';
import { entry, found, managing, providersPage } from './providersStates';
import { usePanel } from './fixture';
import { signedIn } from './states';

const typed = (changes: Partial<EntryFields> = {}): EntryFields => ({ ...NO_FIELDS, ...changes });
const withoutDrafts = async (posted: Promise<readonly { readonly type: string }[]>) =>
  (await posted).filter(({ type }) => type !== 'draftEntry' && type !== 'stopFetching');

describe('the pages of the panel', () => {
  const panel = usePanel();

  it('are switched by tabs, with the keyboard too', async () => {
    const { page, show, posted, focused } = panel();
    await show(signedIn);
    await page.getByRole('tab', { name: 'Home', selected: true }).focus();
    await panel().press('ArrowRight');

    await eventually(posted, [{ type: 'showPage', page: 'providers' }]);
    await show(managing());
    await focused(page.getByRole('tab', { name: 'Providers', selected: true }));
    await page.getByRole('tabpanel', { name: 'Providers' }).getByRole('heading', { name: 'Providers' }).waitFor();
    await eventually(() => page.getByRole('heading', { name: 'Signed in with Coding Plan' }).isVisible(), false);
  });

  it('are remembered while the panel is hidden', async () => {
    const { show, kept } = panel();
    await show(managing());

    await eventually(kept, /"page":"providers"/);
  });

  it('lead to the form of a key that is missing, filled in so far', async () => {
    const { field, show, focused } = panel();
    const keyForm = {
      serial: 1,
      method: 'api-key',
      provider: 'custom',
      baseUrl: 'https://models.example.com/v1',
    } as const;
    await show(managing());
    await show({ ...signedIn, keyForm });

    await panel().isOpen('API key');
    await eventually(() => field('Base URL').first().inputValue(), 'https://models.example.com/v1');
    await focused(field(/^API key/));
  });
});

describe('the list of the providers', () => {
  const panel = usePanel();
  const group = (name: string) => panel().page.getByRole('region', { name, exact: true });
  const rows = (name: string) => group(name).getByRole('listitem');
  const more = async (name: string, item: string): Promise<void> => {
    await panel().button(`More for ${name}`).click();
    await panel().page.getByRole('menuitem', { name: item }).click();
  };

  it('has accounts and entries together under their providers, each with its state in a word', async () => {
    await panel().show(managing());

    await eventually(
      () => panel().page.locator('.provider-group h2').allInnerTexts(),
      ['Coding Plan', 'Ollama', 'OpenRouter', 'Without an address'],
    );
    await eventually(
      () => rows('Coding Plan').locator('.name').allInnerTexts(),
      [
        'Coding Plan · China (Beijing)\nSigned in\nIn use',
        'Qwen3 Coder Plus\nReady\nIn use\nVS Code settings',
        'glm-5\nReady\nVS Code settings',
        'qwen3-coder-plus\nShadowed\nQwen Code settings',
        'claude\nNot used\nQwen Code settings',
      ],
    );
    await eventually(
      () => rows('Coding Plan').first().locator('.facts-line').innerText(),
      'coding.dashscope.aliyuncs.com/v1 · key ends in a289 · 10 models',
    );
    await eventually(
      () => rows('Coding Plan').nth(1).locator('.facts-line').innerText(),
      'qwen3-coder-plus · coding.dashscope.aliyuncs.com/v1 · key in the keychain, ends in a289',
    );
  });

  it('says why an entry does not count, leads to its line, and offers nothing that it cannot do', async () => {
    const { page, button, show, posted } = panel();
    await show(managing());

    await rows('Coding Plan').nth(3).getByText('That entry counts.').waitFor();
    const broken = rows('Without an address').first();
    await broken.getByText('line 12, has no "id"').waitFor();
    await eventually(() => broken.getByRole('button', { name: /^(Use|Test)/ }).count(), 0);
    await broken.getByRole('button', { name: 'Open' }).click();
    await page.getByText('is a protocol that is not spoken here').waitFor();
    await button('Open file: Qwen Code settings').click();
    await eventually(posted, [
      { type: 'openModelFile', file: 'user', line: 12 },
      { type: 'openModelFile', file: 'user' },
    ]);
  });

  const glm = { kind: 'entry', entry: entry('glm-5', 2).at } as const;
  const intents = [
    ['Use glm-5', { type: 'switchModel', id: 'glm-5', baseUrl: entry('').baseUrl }],
    ['Test glm-5', { type: 'testProvider', target: glm }],
    ['Test Coding Plan', { type: 'testProvider', target: { kind: 'account', account: 'coding-plan/china' } }],
    ['Enter key… qwen/qwen3-coder:free', { type: 'enterKey', baseUrl: 'https://openrouter.ai/api/v1' }],
    ['Sign out Ollama', { type: 'signOut', account: 'ollama' }],
    ['Try again', { type: 'tryAgain', account: 'ollama' }],
  ] as const;
  for (const [name, intent] of intents) {
    it(`asks for it by the keyboard: ${name}`, async () => {
      const { page, show, posted } = panel();
      await show(managing());
      await page.getByRole('tabpanel', { name: 'Providers' }).getByRole('button', { name }).focus();
      await panel().press('Enter');

      await eventually(posted, [intent]);
    });
  }

  it('has a menu for what is seldom wanted, moved through by the keyboard', async () => {
    const { page, button, show, posted, focused } = panel();
    await show(managing());
    await button('More for glm-5').focus();
    await panel().press('Enter');
    await focused(page.getByRole('menuitem', { name: 'Fetch models…' }));
    await panel().press('ArrowDown', 'Enter');
    await eventually(posted, [{ type: 'moveEntry', entry: entry('glm-5', 2).at, by: -2 }]);
    await focused(button('More for glm-5'));

    await panel().press('Enter');
    await focused(page.getByRole('menuitem', { name: 'Fetch models…' }));
    await panel().press('Escape');
    await focused(button('More for glm-5'));
    await eventually(() => page.getByRole('menu').count(), 0);
  });

  it('moves nothing beyond the ends', async () => {
    const { page, show, posted } = panel();
    await show(managing());
    await panel().button('More for glm-5').click();
    await page.getByRole('menuitem', { name: 'Move down', disabled: true }).click({ force: true });
    await page.getByRole('menuitem', { name: 'Move up' }).click();

    await eventually(posted, [{ type: 'moveEntry', entry: entry('glm-5', 2).at, by: -2 }]);
  });

  it('asks a server for its models', async () => {
    await panel().show(managing());
    await more('glm-5', 'Fetch models…');

    await eventually(panel().posted, [{ type: 'fetchModels', entry: entry('glm-5', 2).at, allowed: false }]);
  });

  it('keeps the focus on the button of an entry that moves', async () => {
    const { button, show, focused } = panel();
    await show(managing());
    await button('Test glm-5').focus();
    const [settings, ...others] = providersPage.files;
    assert.ok(settings);
    const entries = [entry('glm-5', 0), entry('qwen3-coder-plus', 1)];
    await show(managing({ files: [{ ...settings, lists: [{ provider: 'openai', entries }] }, ...others] }));

    await focused(button('Test glm-5'));
  });

  it('asks once before an entry is removed, and says when it is done', async () => {
    const { page, button, show, posted, focused, said } = panel();
    await show(managing());
    await button('Remove glm-5').click();
    await eventually(posted, []);
    await panel().press('Escape');
    await focused(button('Remove glm-5'));
    await panel().press('Enter', 'Enter');
    await eventually(posted, [{ type: 'removeEntry', entry: entry('glm-5', 2).at }]);

    const [settings, ...others] = providersPage.files;
    assert.ok(settings);
    const files = [{ ...settings, lists: [{ provider: 'openai', entries: [entry('qwen3-coder-plus')] }] }, ...others];
    await show(managing({ files, outcome: { serial: 1, ok: true, text: 'Removed glm-5.' } }));
    await eventually(async () => (await said()).status, 'Removed glm-5.');
    await eventually(() => page.evaluate('document.activeElement === document.body'), false);
  });

  it('shows a test below its row, until it is put away', async () => {
    const { button, show, focused, posted } = panel();
    const { key } = entry('glm-5', 2);
    await show(managing({ tested: { key, kind: 'running', text: '' } }));
    await rows('Coding Plan').nth(2).getByText('Asking for a short answer…').waitFor();
    await show(managing({ tested: { key, kind: 'answered', text: 'Hello! It works.' } }));
    await rows('Coding Plan').nth(2).getByText('Hello! It works.').waitFor();
    await button('Put the outcome of the test away').click();
    await eventually(posted, [{ type: 'stopFetching' }]);
    await show(managing());
    await focused(button('Test glm-5'));

    await show(managing({ tested: { key: 'ollama', kind: 'failed', problem: { message: 'It does not answer.' } } }));
    await rows('Ollama').first().getByText('It does not answer.').waitFor();
    await eventually(() => rows('Coding Plan').nth(2).locator('.tested').count(), 0);
  });

  it('keeps the focus on what puts a test away while its row is drawn anew', async () => {
    const { page, button, show, focused } = panel();
    const [settings, ...others] = providersPage.files;
    assert.ok(settings);
    const tested = { key: entry('glm-5').key, kind: 'answered', text: 'Hello! It works.' } as const;
    await show(managing({ tested }));
    await button('Put the outcome of the test away').focus();
    const entries = [entry('glm-5', 0, { state: { text: 'Out of date', tone: 'warning' } })];
    await show(managing({ files: [{ ...settings, lists: [{ provider: 'openai', entries }] }, ...others], tested }));

    await page.getByText('Out of date').waitFor();
    await focused(button('Put the outcome of the test away'));
  });

  it('keeps the focus on the link of the second file that cannot be read', async () => {
    const { button, show, focused } = panel();
    const files = providersPage.files.map((file) => ({ ...file, problem: { message: `${file.label} is broken.` } }));
    const link = button('Copy diagnostics').nth(1);
    await show(managing({ files }));
    await link.focus();
    await show(managing({ files, accounts: [] }));

    await eventually(() => rows('Ollama').count(), 0);
    await focused(link);
  });

  it('keeps a question open, and its menu, while the list around it is drawn anew', async () => {
    const { page, button, show, focused, posted } = panel();
    const [settings, ...others] = providersPage.files;
    assert.ok(settings);
    const listing = (...entries: readonly EntryView[]) =>
      managing({ files: [{ ...settings, lists: [{ provider: 'openai', entries }] }, ...others] });
    await show(managing());
    await button('Remove glm-5').click();
    const keep = page.getByRole('group', { name: 'Remove glm-5?' }).getByRole('button', { name: 'Keep' });
    await keep.focus();
    // Another row goes, so that this one is another entry of the file.
    await show(listing(entry('glm-5', 0)));
    await focused(keep);
    await show(listing(entry('glm-5', 0), entry('kimi', 1)));
    await page.getByRole('group', { name: 'Remove glm-5?' }).getByRole('button', { name: 'Remove' }).click();
    await eventually(posted, [{ type: 'removeEntry', entry: entry('glm-5', 0).at }]);

    await button('More for kimi').click();
    await focused(page.getByRole('menuitem', { name: 'Fetch models…' }));
    await page.keyboard.press('ArrowDown');
    await focused(page.getByRole('menuitem', { name: 'Move up' }));
    await show(listing(entry('kimi', 0)));
    await focused(page.getByRole('menuitem', { name: 'Move up' }));
    await eventually(() => page.getByRole('menuitem').count(), 4);
  });

  it('keeps what is pressed while the text of a test streams in', async () => {
    const { page, button, show, posted } = panel();
    const { key } = entry('glm-5', 2);
    const answer = (text: string) => show(managing({ tested: { key, kind: 'running', text } }));
    await show(managing());
    await answer('Hel');
    const box = await button('Put the outcome of the test away').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 5, box.y + 5);
    await page.mouse.down();
    await answer('Hello');
    await page.mouse.up();

    await eventually(posted, [{ type: 'stopFetching' }]);
  });

  it('says at once why nothing was written', async () => {
    const { page, show, said } = panel();
    const text = '/home/me/.qwen/settings.json cannot be read, line 3: value expected. Nothing of it is used.';
    await show(managing());
    await show(managing({ outcome: { serial: 1, ok: false, text } }));

    await eventually(async () => (await said()).alert, text);
    await page.getByRole('tabpanel', { name: 'Providers' }).getByText(text).waitFor();
  });

  it('says nothing of what was done before the page was opened', async () => {
    const { show, said } = panel();
    await show(managing({ outcome: { serial: 4, ok: true, text: 'Added a.' } }));

    await eventually(async () => (await said()).status, '');
  });
});

describe('adding a provider', () => {
  const panel = usePanel();
  const choose = async (provider: string, to?: string): Promise<void> => {
    const { page } = panel();
    const box = page.getByRole('combobox', { name: 'Provider' }).and(page.locator(':visible'));
    await box.fill(provider);
    await panel().press('Enter');
    if (to === undefined) return;
    await page.getByRole('combobox', { name: 'Save to' }).click();
    await page.getByRole('option', { name: to }).and(page.locator(':visible')).click();
  };
  beforeEach(async () => {
    await panel().show(managing());
    await panel().button('Add provider…').click();
  });

  it('begins with an account, whose key is typed where one signs in', async () => {
    const { button, isOpen, page } = panel();
    await choose('OpenAI');
    await page.getByText('Your key goes to the keychain').waitFor();
    await button('Enter key…').and(page.locator(':visible')).click();

    await eventually(
      async () => (await panel().posted()).slice(-2),
      [{ type: 'stopFetching' }, { type: 'showPage', page: 'signIn' }],
    );
    await isOpen('API key');
  });

  it('fills in an entry from the preset, for the file that is chosen', async () => {
    const { field, posted, button, page } = panel();
    await choose('OpenAI', 'Qwen Code settings');
    await eventually(() => field('Base URL (optional)').inputValue(), 'https://api.openai.com/v1');
    await field('Model id').fill('deepseek-v4-pro');
    await page.getByText('Time-out, headers and context window').click();
    await field('Time-out (optional)').fill('30');
    await field('Custom headers (optional)').fill('X-Team: blue\nX-Other: red');
    await button('Try').and(page.locator(':visible')).click();

    const target = { kind: 'add', file: 'user', provider: 'openai' };
    const fields = typed({
      id: 'deepseek-v4-pro',
      baseUrl: 'https://api.openai.com/v1',
      envKey: 'OPENAI_API_KEY',
      timeout: '30',
      headers: 'X-Team: blue\nX-Other: red',
    });
    await eventually(async () => (await posted()).at(-1), { type: 'tryEntry', target, fields });
    await panel().show(managing({ tested: { key: 'draft', kind: 'answered', text: 'Hello from there.' } }));
    await page.locator('.tested').getByText('Hello from there.').waitFor();
    await button('Save').and(page.locator(':visible')).click();
    await eventually(async () => (await posted()).at(-1), { type: 'saveEntry', target, fields });
  });

  it('fills in the address of the place that is chosen', async () => {
    const { field, page } = panel();
    const address = () => field('Base URL (optional)').inputValue();
    await choose('OpenAI', 'VS Code settings');
    for (const [provider, first] of [
      ['Bailian', 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
      ['Kimi', 'https://api.moonshot.ai/v1'],
      ['Z.AI', 'https://api.z.ai/api/paas/v4'],
      ['Bailian', 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
    ] as const) {
      await choose(provider);
      await eventually(address, first);
    }
    await page.getByRole('combobox', { name: 'Region' }).and(page.locator(':visible')).click();
    await page.getByRole('option', { name: 'Singapore' }).and(page.locator(':visible')).click();
    await eventually(address, 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1');
  });
});

describe('the form of an account', () => {
  const panel = usePanel();
  beforeEach(() => panel().show(managing()));

  it('changes its name and its key, and no address that is fixed', async () => {
    const { page, button, field, posted, focused, show } = panel();
    await button('Edit Coding Plan · China').click();
    await focused(field('Name'));
    await page.getByText('https://coding.dashscope.aliyuncs.com/v1. The address of Coding Plan is fixed.').waitFor();
    await field('Name').fill('Work');
    await field('API key').and(page.locator(':visible')).fill('sk-sp-a-new-one');
    await panel().press('Enter');
    await eventually(posted, [
      { type: 'saveAccount', account: 'coding-plan/china', name: 'Work', baseUrl: '', apiKey: 'sk-sp-a-new-one' },
    ]);

    await show(managing({ checking: 'coding.dashscope.aliyuncs.com' }));
    await page.getByText('Asking coding.dashscope.aliyuncs.com…').waitFor();
    await show(managing({ outcome: { serial: 1, ok: true, text: 'Saved Work.', form: 'account' } }));
    await focused(button('Edit Coding Plan · China'));
    await eventually(async () => (await page.content()).includes('sk-sp-a-new-one'), false);
  });

  it('leaves the focus to whoever works elsewhere meanwhile, and has it once they are back', async () => {
    const { page, button, field, show, focused } = panel();
    await button('Edit Ollama').click();
    await field('Name').fill('Here');
    await panel().press('Enter');
    // As in a webview while an editor or a list of VS Code has the focus.
    await page.evaluate('document.activeElement.blur(); document.hasFocus = () => false');
    try {
      await show(managing({ outcome: { serial: 1, ok: true, text: 'Saved Here.', form: 'account' } }));
      await button('Edit Ollama').waitFor();
      await eventually(() => page.evaluate('document.activeElement.tagName'), 'BODY');
    } finally {
      await page.evaluate('delete document.hasFocus');
    }

    await page.evaluate("dispatchEvent(new Event('focus'))");
    await focused(button('Edit Ollama'));
  });

  it('opens at the key to replace it, also from an entry that is answered with it', async () => {
    const { page, button, field, focused } = panel();
    await button('Replace key of Qwen3 Coder Plus').click();

    await page.getByRole('heading', { name: 'Edit Coding Plan · China (Beijing)' }).waitFor();
    await focused(field('API key').and(page.locator(':visible')));
  });

  it('says why nothing was changed, and is given up by Escape with nothing of the key left', async () => {
    const { page, button, field, show, focused, posted } = panel();
    await button('Edit Ollama').click();
    await eventually(() => field('Base URL').and(page.locator(':visible')).inputValue(), 'http://localhost:11434/v1');
    await field('API key').and(page.locator(':visible')).fill('sk-typed-here');
    await button('Save').and(page.locator(':visible')).click();
    await show(managing({ outcome: { serial: 1, ok: false, text: 'The server refused the key.', form: 'account' } }));
    await page.getByText('The server refused the key.').and(page.locator('.error:visible')).waitFor();
    await field('Name').focus();
    await panel().press('Escape');

    await focused(button('Edit Ollama'));
    await eventually(async () => (await posted()).at(-1), { type: 'stopFetching' });
    await eventually(async () => (await page.content()).includes('sk-typed-here'), false);
  });
});

describe('the form of an entry', () => {
  const panel = usePanel();
  const target = { kind: 'edit', entry: entry('glm-5', 2).at } as const;
  const before = entry('glm-5', 2).fields;
  beforeEach(async () => {
    await panel().show(managing());
    await panel().button('Edit glm-5').click();
  });
  const answer = (draft: EntryDraftView) => panel().show(managing({ draft }));

  it('begins with what the file says, and asks for a preview', async () => {
    const { field, posted } = panel();

    await eventually(() => field('Base URL (optional)').inputValue(), before.baseUrl);
    await eventually(posted, [{ type: 'draftEntry', target, fields: before }]);
  });

  it('shows where requests go and where the key is', async () => {
    const { page, button, posted } = panel();
    await answer({
      fields: before,
      errors: {},
      baseUrl: before.baseUrl,
      keyState: { text: 'missing: X is not set, and none is saved for it', tone: 'bad' },
    });

    const providers = page.getByRole('tabpanel', { name: 'Providers' });
    await providers.getByText(`Requests go to ${before.baseUrl}`).waitFor();
    await providers.getByText('Key missing: X is not set, and none is saved for it').waitFor();
    await button('Enter key…').last().click();
    await eventually(() => withoutDrafts(posted()), [{ type: 'enterKey', baseUrl: before.baseUrl }]);
  });

  it('ignores the preview of what is typed no more', async () => {
    const { page, field } = panel();
    await field('Model id').fill('glm-6');
    await answer({ fields: before, errors: { baseUrl: 'Not that one.' }, baseUrl: 'https://old.example.com' });

    await eventually(() => page.getByText('Not that one.').isVisible(), false);
    await eventually(() => page.getByText('https://old.example.com').isVisible(), false);
  });

  it('sends what was typed, and closes when it is written', async () => {
    const { press, field, button, show, posted, focused } = panel();
    await field('Name (optional)').fill('GLM');
    await press('Enter');
    await eventually(
      () => withoutDrafts(posted()),
      [{ type: 'saveEntry', target, fields: { ...before, name: 'GLM' } }],
    );

    await show(managing({ outcome: { serial: 1, ok: true, text: 'Saved GLM.', form: 'entry' } }));
    await focused(button('Edit glm-5'));
    await eventually(async () => (await panel().said()).status, 'Saved GLM.');
  });

  it('stays open when something else was done, and when that went wrong', async () => {
    const { page, field, button, show } = panel();
    await field('Name (optional)').fill('GLM');
    await show(managing({ outcome: { serial: 1, ok: true, text: 'Removed kimi.' } }));
    await eventually(async () => (await panel().said()).status, 'Removed kimi.');
    await show(managing({ outcome: { serial: 2, ok: false, text: 'It has changed meanwhile.' } }));
    await eventually(async () => (await panel().said()).alert, 'It has changed meanwhile.');

    await eventually(() => field('Name (optional)').inputValue(), 'GLM');
    await eventually(() => page.locator('.entry-form .error:visible').count(), 0);
    await button('Cancel').and(page.locator(':visible')).click();
    await page.getByText('It has changed meanwhile.').and(page.locator('.failure:visible')).waitFor();
  });

  it('says beside each field what is wrong with it, once it was to be saved', async () => {
    const { page, field, button, show, focused } = panel();
    await field('Model id').fill('');
    const draft = { fields: typed({ ...before, id: '' }), errors: { id: 'Enter the id.' } };
    await answer(draft);
    await eventually(() => page.getByText('Enter the id.').isVisible(), false);

    await button('Save').click();
    await show(managing({ draft, outcome: { serial: 1, ok: false, text: 'Enter the id.', form: 'entry' } }));
    await page.getByText('Enter the id.').and(page.locator('.error:visible')).waitFor();
    await focused(field('Model id'));
  });

  it('says why the file could not be written, and keeps what was typed', async () => {
    const { page, field, button, show } = panel();
    await field('Name (optional)').fill('GLM');
    await button('Save').click();
    await show(
      managing({ outcome: { serial: 1, ok: false, text: 'settings.json has changed meanwhile.', form: 'entry' } }),
    );

    await page.getByText('settings.json has changed meanwhile.').and(page.locator('.error:visible')).waitFor();
    await eventually(() => field('Name (optional)').inputValue(), 'GLM');
  });

  it('is given up by Escape, back where it began', async () => {
    const { press, button, posted, focused } = panel();
    await press('Escape');

    await focused(button('Edit glm-5'));
    await eventually(() => withoutDrafts(posted()), []);
  });
});

describe("a server's models", () => {
  const panel = usePanel();
  const about = entry('qwen/qwen3-coder:free', 1).at;

  it('are chosen by boxes, those that are listed aside', async () => {
    const { page, button, show, posted } = panel();
    await show(managing());
    await show(managing({ fetched: found(30) }));
    await page.getByRole('checkbox', { name: 'vendor/model-3', exact: true }).focus();
    await panel().press('Space', 'ArrowDown', 'Space');
    await button('Add 2 models').click();

    await eventually(() => page.getByRole('checkbox', { name: 'qwen/qwen3-coder:free listed' }).isDisabled(), true);
    await eventually(posted, [{ type: 'addModels', entry: about, ids: ['vendor/model-3', 'vendor/model-4'] }]);
  });

  it('are counted aloud, one too', async () => {
    const { show, said } = panel();
    await show(managing());
    await show(managing({ fetched: found(1) }));
    await eventually(async () => (await said()).status, 'openrouter.ai has 1 model.');

    await show(managing({ fetched: found(2) }));
    await eventually(async () => (await said()).status, 'openrouter.ai has 2 models.');
  });

  it('are filtered by words, and counted', async () => {
    const { page, show } = panel();
    await show(managing({ fetched: found(30) }));
    await page.getByRole('textbox', { name: 'Filter models' }).and(page.locator(':visible')).fill('model-2 vendor');

    await page.getByText('11 of 30 models').waitFor();
    await eventually(() => page.getByRole('checkbox').count(), 11);
    await page.getByRole('textbox', { name: 'Filter models' }).and(page.locator(':visible')).fill('none of them');
    await page.getByText('No model matches.').and(page.locator(':visible')).waitFor();
  });

  it('go back to where they were asked for', async () => {
    const { page, button, show, posted, focused } = panel();
    await show(managing());
    await button('More for qwen/qwen3-coder:free').click();
    await page.getByRole('menuitem', { name: 'Fetch models…' }).click();
    await show(managing({ fetched: { kind: 'running', entry: about, host: 'openrouter.ai' } }));
    await focused(page.getByRole('heading', { name: 'Models of openrouter.ai' }));
    await panel().press('Escape');
    await eventually(async () => (await posted()).at(-1), { type: 'stopFetching' });

    await show(managing());
    await focused(button('More for qwen/qwen3-coder:free'));
  });

  it('are asked for once more when the person allows it', async () => {
    const { page, button, show, posted, said } = panel();
    const problem = { message: 'This workspace wants to send your key to openrouter.ai.', cause: 'Nothing was sent.' };
    await show(managing());
    await show(managing({ fetched: { kind: 'failed', entry: about, host: 'openrouter.ai', problem, asks: true } }));
    await eventually(async () => (await said()).alert, `${problem.message} ${problem.cause}`);
    await button('Allow for this workspace…').click();

    await eventually(posted, [{ type: 'fetchModels', entry: about, allowed: true }]);
    await eventually(() => page.getByRole('button', { name: 'Try again' }).isVisible(), false);
  });
});

describe('the page of the providers for everybody', () => {
  const panel = usePanel({ width: 320 });
  const states = { lists: managing(), models: managing({ fetched: found(3) }) };

  for (const [name, state] of Object.entries(states)) {
    it(`fits a panel of 320 pixels and names each control: ${name}`, async () => {
      const { page, show, accessible } = panel();
      await show(state);

      await eventually(
        async () => {
          const nodes = await accessible();
          const controls = nodes.filter(({ role }) =>
            ['button', 'tab', 'checkbox', 'textbox', 'tabpanel', 'region'].includes(role),
          );
          return { areMany: controls.length > 5, nameless: controls.filter((control) => !control.name.trim()) };
        },
        { areMany: true, nameless: [] },
      );
      await eventually(() => page.evaluate('document.documentElement.scrollWidth'), 320);
    });
  }
});
