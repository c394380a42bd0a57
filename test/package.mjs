import path from 'node:path';
import { run } from './command.mjs';
import { root } from './root.mjs';

/** The packaged extension, as it ships. */
export const vsix = path.join(root, 'out/qwen-auth.vsix');

/**
 * Packages the extension, with the same command that makes a release.
 * @returns {Promise<import('./command.mjs').Outcome>}
 */
export const packageExtension = () => run('npm', ['run', '--silent', 'package', '--', '--out', vsix]);
