import { helpText } from './help';

/**
 * What a command line prints that asks for the version or the help alone; undefined for any other. It loads nothing
 * else of the program, since loading takes longer than the answer.
 */
export function earlyAnswer([word, ...more]: readonly string[], version: string): string | undefined {
  if (more.length > 0) return undefined;
  if (word === '--version' || word === '-v') return `${version}\n`;
  return word === '--help' || word === '-h' || word === 'help' ? helpText(undefined) : undefined;
}
