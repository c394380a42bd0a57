import type { PanelState } from '../../src/shared/messages';
import { eventually } from '../eventually';
import { usePanel } from './fixture';
import { signedIn, signedOut } from './states';

const off = { isOn: false, text: 'New terminals get nothing of your sign-in.' };
const on = { isOn: true, text: 'New terminals get OPENAI_API_KEY.' };
const withTerminal = (terminal: NonNullable<PanelState['terminal']>): PanelState => ({ ...signedIn, terminal });

describe('the terminal in the panel', () => {
  const panel = usePanel();

  it('is offered the sign-in, and keeps the focus of who turned it on', async () => {
    const { button, show, posted } = panel();
    await show(withTerminal(off));
    await button('Use my sign-in in the terminal').focus();
    await button('Use my sign-in in the terminal').press('Enter');
    await show(withTerminal(on));
    await panel().focused(button('Stop using my sign-in there'));
    await button('Stop using my sign-in there').press('Enter');

    await eventually(posted, [
      { type: 'useInTerminal', on: true },
      { type: 'useInTerminal', on: false },
    ]);
  });

  it('opens Qwen Code, and writes its settings', async () => {
    const { button, show, posted } = panel();
    await show(withTerminal(off));
    await button('Open Qwen Code').click();
    await button('Write Qwen Code settings…').click();

    await eventually(posted, [{ type: 'openQwenCode' }, { type: 'writeQwenCodeSettings' }]);
  });

  it('says why it gets nothing, with the button that mends it', async () => {
    const { page, show, posted } = panel();
    const action = { label: 'Allow', intent: { type: 'allowWorkspace' } } as const;
    await show(withTerminal({ ...on, problem: { message: 'This workspace may not have the key.', action } }));

    await page.getByText('This workspace may not have the key.').waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await eventually(posted, [{ type: 'allowWorkspace' }]);
  });

  it('is not spoken of where there is no model for it', async () => {
    const { page, show } = panel();
    await show({ ...signedOut, models: [], terminal: off });

    await eventually(() => page.getByRole('heading', { name: 'Terminal' }).count(), 0);
  });
});
