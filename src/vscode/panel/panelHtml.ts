import { randomBytes } from 'node:crypto';
import type { ToPanel } from '../../shared/messages';

/** What the panel's page is made of. */
interface PanelPageParts {
  /** What runs in it, and how it looks, as `dist` has them. */
  readonly script: string;
  readonly style: string;
  /** What it shows first. */
  readonly message: ToPanel;
  /** The language that VS Code is shown in, and the sentences in it; none for English. */
  readonly language: string;
  readonly sentences: Readonly<Record<string, string>> | undefined;
}

/**
 * The panel's page. All of it is in the page itself, so that it waits for no file and no message, and its strict
 * content security policy lets it load nothing.
 */
export function panelHtml({ script, style, message, language, sentences }: PanelPageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${sentences ? language : 'en'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta property="csp-nonce" content="${nonce}">
    <title>Qwen Auth</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>
    <main id="panel"></main>
    <script type="application/json" id="sentences">${sentences ? jsonInHtml(sentences) : ''}</script>
    <script type="application/json" id="first-message">${jsonInHtml(message)}</script>
    <script nonce="${nonce}">${script}</script>
  </body>
</html>`;
}

/** JSON that ends no element it stands in. */
const jsonInHtml = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
