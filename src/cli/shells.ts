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

const STATEMENTS = {
  // Between single quotes nothing is special but the quote itself, which steps outside of them.
  sh: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  // Here the backslash is special too.
  fish: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
  // To PowerShell the typographic quotes are quotes as well; each is written twice.
  powershell: (name, value) => `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
} as const satisfies Record<Exclude<Shell, 'json'>, (name: string, value: string) => string>;
