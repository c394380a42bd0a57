import path from 'node:path';

/**
 * The path of a name in a folder, as `path.join` has it where both are in their normal form already. That would read
 * every letter again, of every folder on a long way.
 */
export function below(folder: string, name: string): string {
  return folder.endsWith(path.sep) ? folder + name : folder + path.sep + name;
}
