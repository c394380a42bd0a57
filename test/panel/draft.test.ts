import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { signedOut } from './states';

/** How many drafts came up so far. */
const DRAFTS = `posted.filter(({ type }) => type === 'draft').length`;

describe('the preview of the base URL', () => {
  const panel = usePanel();
  beforeEach(async () => {
    await panel().show(signedOut);
    await panel().choose('API key');
    assert.deepEqual(await panel().drafted(), { type: 'draft', provider: 'openai' });
  });

  it('asks for it when the provider changes, and shows where requests go', async () => {
    const { page, drafted, show } = panel();
    await provider('Alibaba Cloud Model Studio');
    assert.deepEqual(await drafted(), { type: 'draft', provider: 'bailian', region: 'beijing' });

    await show({
      ...signedOut,
      draft: { ok: true, provider: 'bailian', baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
    });

    await page.getByText('Requests go to https://dashscope.aliyuncs.com/compatible-mode/v1').waitFor();
  });

  it('is asked for when the person pauses, not at every letter', async () => {
    const { page, field, drafted } = panel();
    const url = 'http://127.0.0.1:8000';
    await provider('Another OpenAI-compatible server');
    await field('Base URL').pressSequentially(url);

    for (let last = await drafted(); !('baseUrl' in last) || last.baseUrl !== url;) last = await drafted();
    assert.ok((await page.evaluate<number>(DRAFTS)) < url.length);
  });

  it('says beside the field what is wrong with it, and sends nothing while it is', async () => {
    const { page, field, button, drafted, show, posted } = panel();
    await provider('Another OpenAI-compatible server');
    await field('Base URL').fill('nonsense');
    await drafted();
    await show({
      ...signedOut,
      draft: { ok: false, provider: 'custom', error: 'Begin the URL with https:// or http://.' },
    });
    await button('Sign in').click();

    await page.getByText('Begin the URL with https:// or http://.').waitFor();
    await panel().focused(field('Base URL'));
    await button('Paste anything you have…').click();
    await eventually(posted, [{ type: 'configureFromText' }]);
  });

  it('says it again where the next try is as wrong', async () => {
    const { page, field, drafted, show } = panel();
    const error = 'Begin the URL with https:// or http://.';
    await provider('Another OpenAI-compatible server');
    await field('Base URL').fill('nonsense');
    await drafted();
    await show({ ...signedOut, draft: { ok: false, provider: 'custom', error } });
    await field('Base URL').fill('more nonsense');
    await drafted();

    await page.getByText(error).waitFor();
  });

  it('ignores the preview of another provider', async () => {
    const { page, show } = panel();
    await show({ ...signedOut, draft: { ok: true, provider: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1' } });

    await eventually(() => page.getByText('Requests go to').isVisible(), false);
  });

  it('says what is wrong with a base URL that cannot be typed here', async () => {
    const { page, show } = panel();
    await show({
      ...signedOut,
      draft: { ok: false, provider: 'openai', error: 'qwen.endpoints has no URL for openai.' },
    });

    await page.getByText('qwen.endpoints has no URL for openai.').waitFor();
  });

  async function provider(name: string) {
    await panel().page.getByRole('combobox', { name: 'Provider' }).click();
    await panel().page.getByRole('option', { name }).click();
  }
});
