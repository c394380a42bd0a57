// Writes how long each extension took to load and to be activated, by VS Code's own marks, into the file BENCH_MARKS,
// once both that are compared are active. The marks are not documented.
const { writeFileSync } = require('node:fs');
const { authentication, extensions } = require('vscode');

const COMPARED = ['qwen-auth.qwen-auth', 'vscode.github-authentication'];

exports.activate = async () => {
  // Its provider is what activates the other one.
  await authentication.getSession('github', [], { silent: true }).then(undefined, () => undefined);
  while (!COMPARED.every((id) => extensions.getExtension(id)?.isActive))
    await new Promise((done) => setTimeout(done, 50));
  const marks = new Map(globalThis.MonacoPerformanceMarks.getMarks().map(({ name, startTime }) => [name, startTime]));
  const times = COMPARED.map((id) => {
    const at = (what) => marks.get(`code/extHost/${what}/${id}`);
    const load = at('didLoadExtensionCode') - at('willLoadExtensionCode');
    return [id, load + at('didActivateExtension') - at('willActivateExtension')];
  });
  writeFileSync(process.env.BENCH_MARKS, JSON.stringify(Object.fromEntries(times)));
};
