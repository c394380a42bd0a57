import type { Sandbox } from '../sandbox/sandbox';

/** Leaves the next request for a path without an answer; resolves when it has arrived. */
export function hang(sandbox: Sandbox, path: string): Promise<void> {
  return new Promise((arrived) => {
    sandbox.faults.add({
      on: (request) => {
        if (request.path === path) arrived();
        return request.path === path;
      },
      reply: 'hang',
    });
  });
}
