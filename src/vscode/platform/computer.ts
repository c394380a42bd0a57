import { createHash } from 'node:crypto';
import { env } from 'vscode';

/**
 * A name for the computer in front of the person. Several people may work under one account of a remote computer, each
 * from a computer of their own: what is one person's lies in a folder of this name.
 */
export function computerName(): string {
  return createHash('sha256').update(env.machineId).digest('hex').slice(0, 16);
}
