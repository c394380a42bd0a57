import path from 'node:path';
import { replacePrivateFile } from '../../core/base/privateFile';
import { qwenCodeModels } from '../../core/gateway/qwenCodeModels';
import type { Snapshot } from '../../core/session/snapshot';
import { companyDefaults, DEFAULTS_VARIABLE, quietDefaults } from '../../core/terminal/qwenCodeDefaults';
import type { OwnQwenSettings } from './ownQwenSettings';

/**
 * Writes Qwen Code's defaults, with what keeps it from asking and the models of the gateway where there are any, and
 * answers the variable that names the file. A company's own are left in their place: then there is none.
 */
export async function writeQwenCodeDefaults(
  { files, storage }: Pick<OwnQwenSettings, 'files' | 'storage'>,
  gatewayOf?: Snapshot,
): Promise<Readonly<Record<string, string>>> {
  const companys = await files.read(companyDefaults(process.platform));
  if (process.env[DEFAULTS_VARIABLE] || companys.kind !== 'missing') return {};
  const file = path.join(storage, gatewayOf ? 'qwen-code-gateway.json' : 'qwen-code-defaults.json');
  const text = quietDefaults(gatewayOf && qwenCodeModels(gatewayOf));
  const before = await files.read(file);
  if (before.kind !== 'text' || before.text !== text) await replacePrivateFile(file, text);
  return { [DEFAULTS_VARIABLE]: file };
}
