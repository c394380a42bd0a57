import path from 'node:path';

/** The variable that names another file of defaults, which count least of all settings. */
export const DEFAULTS_VARIABLE = 'QWEN_CODE_SYSTEM_DEFAULTS_PATH';

/** What the defaults are called that a window writes for its terminals: they are no company's. */
export const TERMINAL_DEFAULTS = 'qwen-code-gateway.json';

const FOLDERS: Readonly<Record<string, string>> = {
  darwin: '/Library/Application Support/QwenCode',
  win32: String.raw`C:\ProgramData\qwen-code`,
};

/** Qwen Code's settings for everybody on a computer: those that beat a person's own, and the defaults behind them. */
export function systemSettings(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
) {
  const named = environment['QWEN_CODE_SYSTEM_SETTINGS_PATH'];
  const defaults = environment[DEFAULTS_VARIABLE];
  const ofCompany = defaults && path.basename(defaults) !== TERMINAL_DEFAULTS ? defaults : undefined;
  const settings = named ? path.resolve(named) : path.join(FOLDERS[platform] ?? '/etc/qwen-code', 'settings.json');
  return {
    settings,
    defaults: ofCompany ? path.resolve(ofCompany) : path.join(path.dirname(settings), 'system-defaults.json'),
    /** The folders of those that variables name. */
    named: [named, ofCompany].flatMap((file) => (file ? [path.resolve(file, '..')] : [])),
  };
}
