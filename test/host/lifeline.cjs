// Preloaded into the server: ends it, and all that it started, when the process that started it is gone.
// Its standard input is a pipe that the starter holds open; the end of the pipe is the end of the starter.
if (process.env.LIFELINE) {
  delete process.env.LIFELINE;
  process.stdin.resume().on('close', () => process.kill(-process.pid, 'SIGKILL'));
}
