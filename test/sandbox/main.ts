// The sandbox as a program of its own: `node out/sandbox/main.js [--port N]`.
import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startSandbox, type Sandbox } from './sandbox';

async function main() {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const port = Number(values.port);
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  if (!isPort) throw new Error(`--port ${values.port} is not a port number.`);

  const sandbox = await startSandbox({ port });
  console.log(JSON.stringify({ origin: sandbox.origin, settings: sandbox.settings }));
  endWith(sandbox);
}

/** Ends on a signal, or with the process that holds the other end of our standard input. */
function endWith(sandbox: Sandbox) {
  const end = () => void sandbox.stop().then(() => process.exit(0));
  process.once('SIGTERM', end).once('SIGINT', end);
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.resume().once('end', end).once('error', end);
}

main().catch((error: unknown) => {
  console.error(`The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
