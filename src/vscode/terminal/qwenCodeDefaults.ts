import path from 'node:path';
import { replacePrivateFile } from '../../core/base/privateFile';
import { qwenCodeModels } from '../../core/gateway/qwenCodeModels';
import type { Snapshot } from '../../core/session/snapshot';
import { DEFAULTS_VARIABLE, systemSettings, TERMINAL_DEFAULTS } from '../../core/config/systemSettings';
import { quietDefaults, unusableDefaults } from '../../core/terminal/qwenCodeDefaults';
import type { OwnQwenSettings } from './ownQwenSettings';

/**
 * Writes Qwen Code's defaults, with what keeps it from asking and the models of the gateway, beside what a company's
 * own say; answers the variable that names the file. Throws `ConfigurationError` where the company's cannot be read.
 */
export async function writeQwenCodeDefaults(
  { files, storage }: Pick<OwnQwenSettings, 'files' | 'storage'>,
  snapshot: Snapshot,
): Promise<Readonly<Record<string, string>>> {
  const { defaults: theirs } = systemSettings(process.env);
  const company = await files.read(theirs);
  if (company.kind === 'broken') throw unusableDefaults(theirs, company.why);
  const file = path.join(storage, TERMINAL_DEFAULTS);
  const models = qwenCodeModels(snapshot);
  const text = quietDefaults(models, company.kind === 'text' ? { file: theirs, text: company.text } : undefined);
  const before = await files.read(file);
  if (before.kind !== 'text' || before.text !== text) await replacePrivateFile(file, text);
  return { [DEFAULTS_VARIABLE]: file };
}
