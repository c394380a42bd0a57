/**
 * What a command line prints that asks for the version or the help alone; undefined for any other. It loads nothing
 * else of the program, since loading takes longer than the answer.
 */
export async function earlyAnswer([word, ...more]: readonly string[], version: string): Promise<string | undefined> {
  if (more.length > 0) return undefined;
  if (word === '--version' || word === '-v') return `${version}\n`;
  if (word !== '--help' && word !== '-h' && word !== 'help') return undefined;
  const { helpText } = await import('./help');
  return helpText(undefined);
}
