import assert from 'node:assert/strict';
import { ConfigurationTarget, type Terminal, window, workspace } from 'vscode';

/** What a command prints in a terminal, once its shell can be asked. */
async function run(terminal: Terminal, command: string): Promise<string> {
  const shell = await new Promise<NonNullable<Terminal['shellIntegration']>>((resolve) => {
    if (terminal.shellIntegration) return resolve(terminal.shellIntegration);
    window.onDidChangeTerminalShellIntegration((change) => {
      if (change.terminal === terminal) resolve(change.shellIntegration);
    });
  });
  let output = '';
  for await (const part of shell.executeCommand(command).read()) output += part;
  return output;
}

describe('qwen-auth in the terminal', () => {
  const allow = async (allowed: boolean) =>
    await workspace.getConfiguration('qwen').update('terminal.path', allowed, ConfigurationTarget.Global);

  after(() => allow(false));

  it('is on the PATH where the person allows it', async () => {
    await allow(true);
    const terminal = window.createTerminal();

    const output = await run(terminal, 'qwen-auth --version');

    terminal.dispose();
    assert.match(output, /\d+\.\d+\.\d+/);
  });
});
