import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { signedIn, signedOut } from './states';

const SECRET = 'sk-0123456789abcdef';

describe('the choice of a region', () => {
  const panel = usePanel();
  const list = () => panel().page.getByRole('combobox', { name: /^(Region|Plan)$/ });
  const shown = () => list().locator('.selected-value').innerText();
  const keyForm = (serial: number, provider: string, region: string) =>
    panel().show({ ...signedOut, keyForm: { serial, method: 'api-key', provider, region } });
  const signIn = async (): Promise<void> => {
    await panel().field('API key').fill(SECRET);
    await panel().button('Sign in').click();
  };
  const pick = async (provider: string): Promise<void> => {
    const { page, press } = panel();
    await page.getByRole('combobox', { name: 'Provider' }).fill(provider);
    await press('Enter');
  };

  it('is that of the account whose key is to be replaced, whichever provider was shown before', async () => {
    const { page, choose, button, show, posted } = panel();
    const account = {
      id: 'bailian/singapore',
      label: 'Alibaba Cloud Model Studio · Singapore',
      detail: 'Key ending in 4f2a',
      address: 'dashscope-intl.aliyuncs.com',
      status: 'Signed in',
      tone: 'good',
      active: true,
      actions: [],
      replace: {
        label: 'Replace key…',
        intent: { type: 'showMethod', method: 'api-key', provider: 'bailian', region: 'singapore' },
      },
    } as const;
    await show({ ...signedIn, accounts: [account] });
    await choose('API key');
    await eventually(() => page.getByRole('combobox', { name: 'Provider' }).inputValue(), 'OpenAI');
    await button('Replace key of Alibaba Cloud Model Studio · Singapore').click();
    await eventually(shown, 'Singapore');
    await signIn();

    const place = { provider: 'bailian', region: 'singapore' };
    await eventually(posted, [{ type: 'signIn', method: 'api-key', ...place, apiKey: SECRET }]);
  });

  it('is what is shown, however often the form is filled in and filled in anew', async () => {
    const { show, posted } = panel();
    await show(signedOut);
    const places = [
      ['bailian', 'singapore', 'Singapore'],
      ['moonshot', 'china', 'China'],
      ['bailian', 'virginia', 'US (Virginia)'],
      ['bailian', 'beijing', 'China (Beijing)'],
      ['zai', 'coding-plan', 'Coding Plan'],
      ['bailian', 'singapore', 'Singapore'],
    ] as const;
    for (const [index, [provider, region, label]] of places.entries()) {
      await keyForm(index + 1, provider, region);
      await eventually(shown, label);
      await signIn();

      const intent = { type: 'signIn', method: 'api-key', provider, region, apiKey: SECRET };
      await eventually(async () => (await posted()).at(-1), intent);
    }
  });

  it('is the first of a provider that was chosen, until the person chooses another', async () => {
    const { page, choose, show, posted } = panel();
    await show(signedOut);
    await choose('API key');
    for (const [provider, region] of [
      ['Kimi', 'International'],
      ['Alibaba', 'China (Beijing)'],
      ['Z.AI', 'Standard API key'],
      ['Alibaba', 'China (Beijing)'],
    ] as const) {
      await pick(provider);
      await eventually(shown, region);
    }
    await list().click();
    await page.getByRole('option', { name: 'Singapore' }).click();
    await eventually(shown, 'Singapore');
    await signIn();

    const place = { provider: 'bailian', region: 'singapore' };
    await eventually(posted, [{ type: 'signIn', method: 'api-key', ...place, apiKey: SECRET }]);
  });

  it('stays when the providers are offered anew, also after another form was filled in', async () => {
    const { choose, field, show } = panel();
    await show(signedOut);
    await keyForm(1, 'bailian', 'singapore');
    await eventually(shown, 'Singapore');
    await choose('On this computer');
    await keyForm(2, 'ollama', '');
    await field('Base URL').waitFor();
    await show({ ...signedOut, providers: signedOut.providers.map((one) => ({ ...one, keyHint: 'Another hint.' })) });
    await choose('API key');

    await eventually(shown, 'Singapore');
  });
});
