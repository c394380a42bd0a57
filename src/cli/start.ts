/** `engines.node` of the package without its sign, such as `20.19.0`; put in by the bundler. */
declare const QWEN_AUTH_NODE: string;

// This file is compiled for much older versions of Node than the rest, which could not even be parsed there: it says
// what is needed, and leaves everything else to the program beside it.
if (rank(process.versions.node) < rank(QWEN_AUTH_NODE)) {
  process.stderr.write(
    `qwen-auth needs Node ${QWEN_AUTH_NODE} or newer, and this is Node ${process.versions.node}. ` +
      'Install a newer one from https://nodejs.org, or with the version manager that you use.\n',
  );
  process.exitCode = 1;
} else {
  void import('./main');
}

/** A version as a number that grows with it. */
function rank(version: string): number {
  return version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
}
