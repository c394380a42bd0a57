// Another extension: it asks VS Code for a session of ours, and says whose it got.
const { authentication, commands, window } = require('vscode');

/** @param {import('vscode').ExtensionContext} context */
exports.activate = (context) => {
  context.subscriptions.push(
    commands.registerCommand('consumer.getSession', async (scopes = [], options = { createIfNone: true }) => {
      const session = await authentication.getSession('qwen', scopes, options);
      void window.showInformationMessage(`Consumer got ${session?.account.label}`);
      return session;
    }),
  );
};
