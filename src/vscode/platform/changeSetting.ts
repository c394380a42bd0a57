import * as l10n from '@vscode/l10n';
import { ConfigurationTarget, workspace } from 'vscode';
import { ConfigurationError } from '../../core/base/errors';

/** Changes a setting of the person's, by its full name. Throws `ConfigurationError` with VS Code's reason why it cannot be. */
export async function changeSetting(setting: string, value: unknown): Promise<void> {
  try {
    await workspace.getConfiguration().update(setting, value, ConfigurationTarget.Global);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = l10n.t("VS Code's settings could not be changed: {why}", { why });
    throw new ConfigurationError({ setting }, text);
  }
}
