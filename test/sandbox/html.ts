// HTML that is safe by construction, and the frame around every page of the sandbox.
import type { ServerResponse } from 'node:http';

/** Markup that may be written as it is. */
export interface Html {
  readonly markup: string;
}

/** A template whose strings are escaped and whose markup is kept. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  return { markup: String.raw({ raw: parts }, ...values.map(written)) };
}

function written(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return 'markup' in value ? value.markup : value.map(written).join('');
}

/** A whole page: its title is also its heading. */
export interface Page {
  readonly status?: number;
  readonly mark: 'key' | 'done' | 'stop';
  readonly title: string;
  readonly content: Html;
}

/** Answers with a page that loads nothing from anywhere. */
export function replyPage(response: ServerResponse, page: Page) {
  response.writeHead(page.status ?? 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    // Browsers hide the origin of a form under a stricter policy, and a proxy in front may ask for it.
    'Referrer-Policy': 'same-origin',
  });
  response.end(frame(page).markup);
}

function frame({ mark, title, content }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Qwen Auth sandbox</title>
        <style>
          ${{ markup: style }}
        </style>
      </head>
      <body>
        <main class="${mark}">
          <p class="badge">Local sandbox</p>
          <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">${{ markup: marks[mark] }}</svg>
          <h1>${title}</h1>
          ${content}
        </main>
        <footer>This is a test server on your own computer. It is not Qwen, and no real account is used.</footer>
      </body>
    </html> `;
}

const marks = {
  key: '<circle cx="8.5" cy="12" r="4"/><path d="M12.5 12H21m-3 0v3.5M15 12v2.5"/>',
  done: '<path d="m5.5 12.5 4.5 4.5 9-10"/>',
  stop: '<path d="m7 7 10 10m0-10L7 17"/>',
};

const style = `
:root { --page: #f4f3fa; --card: #fff; --line: #dcd9ea; --text: #1f1b3a; --soft: #5d5877;
  --accent: #5b3fd6; --onAccent: #fff; --tint: #efecfc; --good: #12724a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14121f; --card: #1e1b2e; --line: #3a3555; --text: #edebf7; --soft: #aaa5c4;
    --accent: #a894ff; --onAccent: #17132b; --tint: #2a2544; --good: #5fd7a1; --bad: #ff9b93; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1.25rem; }
main { position: relative; width: 100%; max-width: 27rem; padding: 2.25rem 2rem 2rem; text-align: center;
  background: var(--card); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1rem 3rem #1f1b3a1a; }
.badge { position: absolute; top: -.8rem; left: 50%; translate: -50%; margin: 0; padding: .15rem .85rem;
  border: 1px solid var(--line); border-radius: 1rem; background: var(--card); color: var(--soft);
  font-size: .8rem; font-weight: 600; white-space: nowrap; }
.mark { width: 3rem; height: 3rem; padding: .5rem; border-radius: .9rem; background: var(--tint);
  fill: none; stroke: var(--accent); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.done .mark { stroke: var(--good); }
.stop .mark { stroke: var(--bad); }
h1 { margin: .9rem 0 .5rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: .5rem 0; color: var(--soft); text-wrap: balance; }
strong { color: var(--text); font-weight: 600; }
label { display: block; margin: 1.25rem 0 .35rem; font-weight: 600; }
.code { display: block; margin: 1.25rem 0; padding: .8rem .5rem; border-radius: .75rem;
  background: var(--tint); color: var(--text);
  font: 600 clamp(1.4rem, 7vw, 2rem)/1.2 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
  letter-spacing: .12em; user-select: all; }
input { width: 100%; text-align: center; padding: .6rem; border: 1px solid var(--soft); border-radius: .6rem;
  background: var(--card); color: var(--text);
  font: 600 1.25rem ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
  letter-spacing: .1em; text-transform: uppercase; }
.buttons { display: flex; gap: .75rem; margin-top: 1.25rem; }
button { flex: 1; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: .6rem; cursor: pointer;
  background: transparent; color: var(--text); font: inherit; font-weight: 600; }
button:hover { background: var(--tint); }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--onAccent); }
button.primary:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
footer { max-width: 27rem; color: var(--soft); font-size: .85rem; text-align: center; text-wrap: balance; }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
