/** The languages in which variables can be written. */
export const SHELLS = ['sh', 'fish', 'powershell', 'json'] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];

/** Whether variables can be written so. */
export function isShell(name: string): name is Shell {
  return SHELLS.some((shell) => shell === name);
}

/** The text that sets the variables when that shell reads it. Values may hold anything but a NUL character. */
export function writeVariables(shell: Shell, variables: Readonly<Record<string, string>>): string {
  if (shell === 'json') return `${JSON.stringify(variables, undefined, 2)}\n`;
  return Object.entries(variables)
    .map(([name, value]) => `${STATEMENTS[shell](name, value)}\n`)
    .join('');
}

/** What no shell of that system reads as anything but itself. */
const PLAIN = { posix: /^[\w%+:./-][\w%+:./@,=-]*$/, windows: /^[\w+:./-][\w+:./@=-]*$/ } as const;

/**
 * An option with a value, to be typed into a shell of that system: any sh and fish, or PowerShell; cmd too where the
 * value has none of `"$%`, a backtick and typographic quotes. Control characters are for the terminal to leave out.
 */
export function writeOption(name: string, value: string, platform: NodeJS.Platform = process.platform): string {
  // Behind a space it would be an option of its own.
  const between = value.startsWith('-') ? '=' : ' ';
  return `--${name}${between}${platform === 'win32' ? windowsWord(value) : posixWord(value)}`;
}

/** Between single quotes, outside of which step the quote itself and, for fish, the backslash. */
function posixWord(value: string): string {
  return PLAIN.posix.test(value) ? value : `'${value.replace(/[\\']/g, "'\\$&'")}'`;
}

/** Between double quotes for cmd too, where PowerShell would read nothing in them otherwise. */
function windowsWord(value: string): string {
  if (PLAIN.windows.test(value)) return value;
  return /["$`\u2018-\u201f]/.test(value) ? powershellWord(value) : `"${value}"`;
}

/** To PowerShell the typographic quotes are quotes as well; each is written twice. */
function powershellWord(value: string): string {
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

const STATEMENTS = {
  // Between single quotes nothing is special but the quote itself, which steps outside of them.
  sh: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  // Here the backslash is special too.
  fish: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
  powershell: (name, value) => `$env:${name} = ${powershellWord(value)}`,
} as const satisfies Record<Exclude<Shell, 'json'>, (name: string, value: string) => string>;
