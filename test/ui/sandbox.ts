import { type useFreshWorkbench, useWorkbench } from '../host/fixture.mjs';
import { type Sandbox, type SandboxOptions, startSandbox as startAnywhere } from '../sandbox/sandbox';

export type { Sandbox };

type WorkbenchOptions = Awaited<ReturnType<Parameters<typeof useFreshWorkbench>[0]>>;

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

/** What the workbench of a describe block is opened with beside the settings that lead to its sandbox. */
interface UseSandboxOptions {
  readonly sandbox?: SandboxOptions;
  readonly workbench?: (sandbox: Sandbox) => WorkbenchOptions;
  /** How the workbench is got: `useWorkbench` unless given. */
  readonly use?: typeof useFreshWorkbench;
}

/** Gives a describe block a sandbox and a workbench that is set up for it. Both are there while its tests run. */
export function useSandbox({ sandbox: options, workbench: more, use = useWorkbench }: UseSandboxOptions = {}) {
  let sandbox: Sandbox | undefined;
  const workbench = use(async () => {
    sandbox = await startSandbox(options);
    return { settings: sandbox.settings, ...more?.(sandbox) };
  });
  after(() => sandbox?.stop());
  return {
    workbench,
    sandbox: (): Sandbox => {
      if (!sandbox) throw new Error('The sandbox is there only while a test runs.');
      return sandbox;
    },
  };
}
