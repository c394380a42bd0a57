import { readdirSync, readFileSync } from 'node:fs';
import type { SecretScan } from './scan';

/** How often the processes are looked at: most live longer. */
const EVERY_MS = 15;

/** Notes the arguments and the environment of every process below one, for as long as it is not disposed; on Linux alone. */
export function watchProcesses(scan: SecretScan, everyMs = EVERY_MS, ancestor = process.pid): { dispose(): void } {
  if (process.platform !== 'linux') return { dispose: () => undefined };
  const noted = new Set<string>();
  const look = (): void => {
    for (const { id, command } of processesBelow(ancestor)) {
      // A process has the arguments of its parent until it has become another program.
      const what = `${id} ${command}`;
      if (noted.has(what)) continue;
      noted.add(what);
      const name = command.split('\0').slice(0, 3).join(' ');
      scan.add('arguments', name, command);
      scan.add('environment', name, contentOf(`/proc/${id}/environ`));
    }
  };
  const timer = setInterval(look, everyMs);
  return { dispose: () => clearInterval(timer) };
}

/** The processes that one has started, and those that they have started in turn, with their arguments. */
function processesBelow(ancestor: number): readonly { readonly id: number; readonly command: string }[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  );
  const isBelow = (id: number): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === ancestor || (parent > 1 && isBelow(parent)));
  };
  return [...parents.keys()].filter(isBelow).map((id) => ({ id, command: contentOf(`/proc/${id}/cmdline`) }));
}

function parentOf(id: number): number | undefined {
  const text = contentOf(`/proc/${id}/stat`);
  return text ? Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) : undefined;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
