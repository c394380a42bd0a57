/** Where Qwen Code looks for a company's defaults, by platform. */
const COMPANYS: Readonly<Record<string, string>> = {
  darwin: '/Library/Application Support/QwenCode/system-defaults.json',
  win32: String.raw`C:\ProgramData\qwen-code\system-defaults.json`,
};
const COMPANYS_ELSEWHERE = '/etc/qwen-code/system-defaults.json';

/** The variable that names another file of defaults, which count least of all settings. */
export const DEFAULTS_VARIABLE = 'QWEN_CODE_SYSTEM_DEFAULTS_PATH';

/**
 * Defaults with which Qwen Code asks nothing when it starts in an editor's terminal: whether to install an extension of
 * its own is for who goes looking for it. `models` are members that list more models.
 */
export function quietDefaults(models: object = {}): string {
  return `${JSON.stringify({ ide: { hasSeenNudge: true }, ...models }, undefined, 2)}\n`;
}

/** The file of a company's defaults, which may be there. */
export function companyDefaults(platform: NodeJS.Platform): string {
  return COMPANYS[platform] ?? COMPANYS_ELSEWHERE;
}
