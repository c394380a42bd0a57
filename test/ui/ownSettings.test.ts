import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { useWorkbench } from '../host/fixture.mjs';
import { runCommand, takeOption, webview } from '../host/workbench.mjs';
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

  const settings = async () => await readFile(path.join(workbench().server.userData, 'User/settings.json'), 'utf8');
  const editor = () => workbench().page.locator('.editor-instance .monaco-editor').first();
  /** Writes at the end of the first line of the file. */
  const write = async (text: string): Promise<void> => {
    const { page } = workbench();
    await editor().locator('.view-lines').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.insertText(text);
  };
  /** Saves as a person does, and waits until the file on the disk has the text. */
  const save = async (text: string): Promise<void> => {
    await workbench().page.keyboard.press('Control+s');
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await setTimeout(100))
      if ((await settings()).includes(text)) return;
    throw new Error(`The file was not saved with ${text}.`);
  };

  it('shows the mark of a key that stands in it', async () => {
    const { page } = workbench();
    await runCommand(page, 'Preferences: Open User Settings (JSON)');
    await editor().getByText('"workbench.startupEditor"').waitFor();
    await runCommand(page, NEXT_PROBLEM);

    await editor().locator('.squiggly-error').first().waitFor();
  });
});
