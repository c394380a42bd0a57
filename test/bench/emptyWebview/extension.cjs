// Opens a webview with nothing but a line in it: what one takes at least. It notes when its first frame was drawn.
const { commands, ViewColumn, window } = require('vscode');

exports.activate = () => {
  commands.registerCommand('bench.emptyWebview', () => {
    const panel = window.createWebviewPanel('bench.empty', 'Empty', ViewColumn.Active, { enableScripts: true });
    panel.webview.html = `<!DOCTYPE html><html lang="en"><body><h1>Empty</h1><script>
      requestAnimationFrame(() => setTimeout(() => (globalThis.shownAt = Date.now())));
    </script></body></html>`;
  });
};
