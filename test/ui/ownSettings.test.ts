import { useWorkbench } from '../host/fixture.mjs';
import { runCommand } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

const NEXT_PROBLEM = 'Go to Next Problem in Files (Error, Warning, Info)';

describe("VS Code's own settings, open in an editor", function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const entry = { id: 'gpt-4o', envKey: sandbox.keys['openai'], baseUrl: `${sandbox.origin}/openai/v1` };
    const providers = { 'qwen.modelProviders': { openai: [entry] }, 'files.autoSave': 'off' };
    return { settings: { ...sandbox.settings, ...providers, 'workbench.editor.useModal': 'off' } };
  });
  after(() => sandbox.stop());

  const editor = () => workbench().page.locator('.editor-instance .monaco-editor').first();

  it('shows the mark of a key that stands in it', async () => {
    const { page } = workbench();
    await runCommand(page, 'Preferences: Open User Settings (JSON)');
    await editor().getByText('"workbench.startupEditor"').waitFor();
    await runCommand(page, NEXT_PROBLEM);

    await editor().locator('.squiggly-error').first().waitFor();
  });
});
