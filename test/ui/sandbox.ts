import { type Sandbox, type SandboxOptions, startSandbox as startAnywhere } from '../sandbox/sandbox';

export type { Sandbox };

let port = 0;

/**
 * Starts a sandbox for the tests of a describe block, where the one before it was: the settings that lead to it are
 * the same, so that the workbench need not be loaded anew.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  // Other suites take ports too, and may have taken this one meanwhile.
  const sandbox = await startAnywhere({ ...options, port }).catch(() => startAnywhere(options));
  port = Number(new URL(sandbox.origin).port);
  return sandbox;
}
