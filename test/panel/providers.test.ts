import assert from 'node:assert/strict';
import type { EntryDraftView, EntryFields } from '../../src/shared/providersMessages';
import { entry, found, providersPage, managing } from './providersStates';
import { usePanel } from './fixture';
import { answered, signedIn } from './states';

const typed = (changes: Partial<EntryFields> = {}): EntryFields => ({
  id: '',
  name: '',
  baseUrl: '',
  envKey: '',
  contextWindow: '',
  ...changes,
});
const withoutDrafts = async (posted: Promise<readonly { readonly type: string }[]>) =>
  (await posted).filter(({ type }) => type !== 'draftEntry');

describe('the pages of the panel', () => {
  const panel = usePanel();

  it('are switched by tabs, with the keyboard too', async () => {
    const { page, show, posted, focused } = panel();
    await show(signedIn);
    await page.getByRole('tab', { name: 'Sign in', selected: true }).focus();
    await page.keyboard.press('ArrowRight');

    assert.deepEqual(await posted(), [{ type: 'showPage', page: 'providers' }]);
    await show(managing());
    await focused(page.getByRole('tab', { name: 'Providers', selected: true }));
    await page.getByRole('tabpanel', { name: 'Providers' }).getByRole('heading', { name: 'Providers' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Signed in with Coding Plan' }).isVisible(), false);
  });

  it('are remembered while the panel is hidden', async () => {
    const { show, kept } = panel();
    await show(managing());

    assert.match(await kept(), /"page":"providers"/);
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
    assert.equal(await field('Base URL').first().inputValue(), 'https://models.example.com/v1');
    await focused(field(/^API key/));
  });
});

describe('the lists of the providers', () => {
  const panel = usePanel();
  const rows = (file: string) => panel().page.getByRole('region', { name: file }).getByRole('listitem');

  it('show each entry in its order with name, id, base URL and where its key is', async () => {
    await panel().show(managing());

    assert.deepEqual(await rows('VS Code settings').locator('.name').allInnerTexts(), [
      'Qwen3 Coder Plus\nIn use',
      'qwen/qwen3-coder:free',
      'glm-5',
    ]);
    assert.match(
      await rows('VS Code settings').first().innerText(),
      /qwen3-coder-plus\s+https:\/\/coding\.dashscope\S+\s+Key in the keychain, ends in a289/,
    );
  });

  it('say why an entry does not count, and offer nothing that it cannot do', async () => {
    const { page, show } = panel();
    await show(managing());

    await rows('Qwen Code settings').first().getByText('That entry counts.').waitFor();
    await rows('Qwen Code settings').nth(1).getByText('has no "id"').waitFor();
    assert.equal(
      await rows('Qwen Code settings')
        .getByRole('button', { name: /^(Use|Test|Fetch)/ })
        .count(),
      0,
    );
    await page.getByText('is a protocol that is not spoken here').waitFor();
  });

  const intents = [
    ['Use glm-5', { type: 'switchModel', id: 'glm-5', baseUrl: entry('').baseUrl }],
    ['Test glm-5', { type: 'testModel', id: 'glm-5', baseUrl: entry('').baseUrl }],
    ['Move up glm-5', { type: 'moveEntry', entry: entry('glm-5', 2).at, by: -1 }],
    ['Move down Qwen3 Coder Plus', { type: 'moveEntry', entry: entry('qwen3-coder-plus').at, by: 1 }],
    ['Fetch models glm-5', { type: 'fetchModels', entry: entry('glm-5', 2).at, allowed: false }],
    ['Enter key… qwen/qwen3-coder:free', { type: 'enterKey', baseUrl: 'https://openrouter.ai/api/v1' }],
    ['Open file: VS Code settings', { type: 'openModelFile', file: 'settings' }],
  ] as const;
  for (const [name, intent] of intents) {
    it(`ask for it by the keyboard: ${name}`, async () => {
      const { page, button, show, posted } = panel();
      await show(managing());
      await button(name).focus();
      await page.keyboard.press('Enter');

      assert.deepEqual(await posted(), [intent]);
    });
  }

  it('move nothing beyond the ends', async () => {
    const { button, show, posted } = panel();
    await show(managing());
    await button('Move up Qwen3 Coder Plus').click({ force: true });
    await button('Move down glm-5').click({ force: true });

    assert.deepEqual(await posted(), []);
  });

  it('keep the focus on the button of an entry that moves', async () => {
    const { button, show, focused } = panel();
    await show(managing());
    await button('Move up glm-5').focus();
    const [settings, ...others] = providersPage.files;
    assert.ok(settings);
    const entries = [entry('glm-5', 0), entry('qwen3-coder-plus', 1)];
    await show(managing({ files: [{ ...settings, lists: [{ provider: 'openai', entries }] }, ...others] }));

    await focused(button('Move up glm-5'));
  });

  it('ask once before an entry is removed, and say when it is done', async () => {
    const { page, button, show, posted, focused, said } = panel();
    await show(managing());
    await button('Remove glm-5').click();
    assert.deepEqual(await posted(), []);
    await page.keyboard.press('Escape');
    await focused(button('Remove glm-5'));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.deepEqual(await posted(), [{ type: 'removeEntry', entry: entry('glm-5', 2).at }]);

    const [settings, ...others] = providersPage.files;
    assert.ok(settings);
    const files = [{ ...settings, lists: [{ provider: 'openai', entries: [entry('qwen3-coder-plus')] }] }, ...others];
    await show(managing({ files, outcome: { serial: 1, ok: true, text: 'Removed glm-5.' } }));
    assert.equal((await said()).status, 'Removed glm-5.');
    assert.equal(await page.evaluate('document.activeElement === document.body'), false);
  });

  it('show a test below the entry in use', async () => {
    const { show } = panel();
    await show(managing({}, answered));

    await rows('VS Code settings').first().getByText('Hello! The connection works').waitFor();
    await rows('VS Code settings').first().getByText('412 ms').waitFor();
  });

  it('say at once why nothing was written', async () => {
    const { page, show, said } = panel();
    const text = '/home/me/.qwen/settings.json cannot be read, line 3: value expected. Nothing of it is used.';
    await show(managing());
    await show(managing({ outcome: { serial: 1, ok: false, text } }));

    assert.equal((await said()).alert, text);
    await page.getByRole('tabpanel', { name: 'Providers' }).getByText(text).waitFor();
  });

  it('say nothing of what was done before the page was opened', async () => {
    const { show, said } = panel();
    await show(managing({ outcome: { serial: 4, ok: true, text: 'Added a.' } }));

    assert.equal((await said()).status, '');
  });

  it('offer the first entry of a file that is not there', async () => {
    const { page, button, field, show, focused } = panel();
    await show(managing());
    await page.getByText('This file is not there yet.').waitFor();
    await button('Add model to Workspace').click();

    await focused(field('Model id'));
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

    assert.equal(await field('Base URL (optional)').inputValue(), before.baseUrl);
    assert.deepEqual(await posted(), [{ type: 'draftEntry', target, fields: before }]);
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
    assert.deepEqual(await withoutDrafts(posted()), [{ type: 'enterKey', baseUrl: before.baseUrl }]);
  });

  it('ignores the preview of what is typed no more', async () => {
    const { page, field } = panel();
    await field('Model id').fill('glm-6');
    await answer({ fields: before, errors: { baseUrl: 'Not that one.' }, baseUrl: 'https://old.example.com' });

    assert.equal(await page.getByText('Not that one.').isVisible(), false);
    assert.equal(await page.getByText('https://old.example.com').isVisible(), false);
  });

  it('sends what was typed, and closes when it is written', async () => {
    const { page, field, button, show, posted, focused } = panel();
    await field('Name (optional)').fill('GLM');
    await page.keyboard.press('Enter');
    assert.deepEqual(await withoutDrafts(posted()), [
      { type: 'saveEntry', target, fields: { ...before, name: 'GLM' } },
    ]);

    await show(managing({ outcome: { serial: 1, ok: true, text: 'Saved GLM.' } }));
    await focused(button('Edit glm-5'));
    assert.equal((await panel().said()).status, 'Saved GLM.');
  });

  it('says beside each field what is wrong with it, once it was to be saved', async () => {
    const { page, field, button, show, focused } = panel();
    await field('Model id').fill('');
    const draft = { fields: typed({ ...before, id: '' }), errors: { id: 'Enter the id.' } };
    await answer(draft);
    assert.equal(await page.getByText('Enter the id.').isVisible(), false);

    await button('Save').click();
    await show(managing({ draft, outcome: { serial: 1, ok: false, text: 'Enter the id.' } }));
    await page.getByText('Enter the id.').and(page.locator('.error:visible')).waitFor();
    await focused(field('Model id'));
  });

  it('says why the file could not be written, and keeps what was typed', async () => {
    const { page, field, button, show } = panel();
    await field('Name (optional)').fill('GLM');
    await button('Save').click();
    await show(managing({ outcome: { serial: 1, ok: false, text: 'settings.json has changed meanwhile.' } }));

    await page.getByText('settings.json has changed meanwhile.').and(page.locator('.error:visible')).waitFor();
    assert.equal(await field('Name (optional)').inputValue(), 'GLM');
  });

  it('is given up by Escape, back where it began', async () => {
    const { page, button, posted, focused } = panel();
    await page.keyboard.press('Escape');

    await focused(button('Edit glm-5'));
    assert.deepEqual(await withoutDrafts(posted()), []);
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
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await button('Add 2 models').click();

    assert.equal(await page.getByRole('checkbox', { name: 'qwen/qwen3-coder:free listed' }).isDisabled(), true);
    assert.deepEqual(await posted(), [{ type: 'addModels', entry: about, ids: ['vendor/model-3', 'vendor/model-4'] }]);
  });

  it('are filtered by words, and counted', async () => {
    const { page, show } = panel();
    await show(managing({ fetched: found(30) }));
    await page.getByRole('textbox', { name: 'Filter models' }).and(page.locator(':visible')).fill('model-2 vendor');

    await page.getByText('11 of 30 models').waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 11);
    await page.getByRole('textbox', { name: 'Filter models' }).and(page.locator(':visible')).fill('none of them');
    await page.getByText('No model matches.').and(page.locator(':visible')).waitFor();
  });

  it('go back to where they were asked for', async () => {
    const { page, button, show, posted, focused } = panel();
    await show(managing());
    await button('Fetch models qwen/qwen3-coder:free').click();
    await show(managing({ fetched: { kind: 'running', entry: about, host: 'openrouter.ai' } }));
    await focused(page.getByRole('heading', { name: 'Models of openrouter.ai' }));
    await page.keyboard.press('Escape');
    assert.deepEqual((await posted()).at(-1), { type: 'stopFetching' });

    await show(managing());
    await focused(button('Fetch models qwen/qwen3-coder:free'));
  });

  it('are asked for once more when the person allows it', async () => {
    const { page, button, show, posted, said } = panel();
    const problem = { message: 'This workspace wants to send your key to openrouter.ai.', cause: 'Nothing was sent.' };
    await show(managing());
    await show(managing({ fetched: { kind: 'failed', entry: about, host: 'openrouter.ai', problem, asks: true } }));
    assert.equal((await said()).alert, `${problem.message} ${problem.cause}`);
    await button('Allow for this workspace…').click();

    assert.deepEqual(await posted(), [{ type: 'fetchModels', entry: about, allowed: true }]);
    assert.equal(await page.getByRole('button', { name: 'Try again' }).isVisible(), false);
  });
});

describe('the page of the providers for everybody', () => {
  const panel = usePanel({ width: 320 });
  const states = { lists: managing({}, answered), models: managing({ fetched: found(3) }) };

  for (const [name, state] of Object.entries(states)) {
    it(`fits a panel of 320 pixels and names each control: ${name}`, async () => {
      const { page, show } = panel();
      await show(state);

      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const controls = nodes.filter(
        ({ ignored, role }) =>
          !ignored &&
          ['button', 'tab', 'checkbox', 'textbox', 'tabpanel', 'list', 'region'].includes(String(role?.value)),
      );
      assert.ok(controls.length > 5);
      assert.deepEqual(
        controls
          .filter((node) => !String(node.name?.value ?? '').trim() && node.role?.value !== 'list')
          .map(({ role }) => role?.value),
        [],
      );
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320);
    });
  }
});
