// Imported first by both commands, for its effect: a Node that is too old ends here, with a sentence. It gets this far
// because they import nothing by a name that an old Node does not have.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed, and this is ${process.version}: install one from https://nodejs.org.`);
  process.exit(1);
}
