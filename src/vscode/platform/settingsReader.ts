import { workspace } from 'vscode';
import type { SettingsReader } from '../../core/base/ports';

/**
 * The settings below `qwen.`. What decides where a credential goes is declared with application scope, so VS Code
 * itself keeps a workspace from setting it.
 */
export function createSettingsReader(): SettingsReader {
  return {
    get: (name) => workspace.getConfiguration('qwen').get<unknown>(name),
    onDidChange: (listener) =>
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('qwen')) listener(change);
      }),
  };
}
