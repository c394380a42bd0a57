import { config } from '@vscode/l10n';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Simplified Chinese, bare or with its script or region, in an encoding that is ours. */
const CHINESE = /^zh(?:[_-](?:hans(?:[_-]\w+)?|cn|sg))?(?:\.utf-?8)?(?:@.*)?$/i;

/** Whether the environment asks for Simplified Chinese: by the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set. */
export function wantsChinese(environment: Readonly<Record<string, string | undefined>>): boolean {
  return CHINESE.test(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '');
}

/** Sets the language that the environment asks for. Nothing is read for English. */
export function setLanguage(environment: Readonly<Record<string, string | undefined>>): void {
  if (!wantsChinese(environment)) return;
  try {
    config({ contents: readFileSync(path.join(__dirname, '../l10n/bundle.l10n.zh-cn.json'), 'utf8') });
  } catch {
    // Without its sentences the program speaks English.
  }
}
