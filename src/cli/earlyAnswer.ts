import { helpText } from './help';

/**
 * What a command line prints that is the wish for the version or the help alone; undefined for any other. It needs
 * nothing of the rest of the program, which takes longer to load than this takes to say.
 */
export function earlyAnswer([word, ...more]: readonly string[], version: string): string | undefined {
  if (more.length > 0) return undefined;
  if (word === '--version' || word === '-v') return `${version}\n`;
  return word === '--help' || word === '-h' || word === 'help' ? helpText(undefined) : undefined;
}
