import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Frame } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import { runCommand, webview } from '../host/workbench.mjs';

/** Ways to send something to an `address` without being asked, and what of the policy is in the way of each. */
const WAYS = [
  ['a request', 'connect-src', 'fetch(address).catch(() => undefined)'],
  ['a request that outlives the page', 'connect-src', "navigator.sendBeacon(address, 'a key')"],
  ['a socket', 'connect-src', "new WebSocket(address.replace('http', 'ws'))"],
  ['a stream of events', 'connect-src', 'new EventSource(address)'],
  ['what is told of a click', 'connect-src', "added('a', { href: '#', ping: address }).click()"],
  ['an image', 'img-src', 'new Image().src = address'],
  ['a style of an element', 'img-src', 'document.body.style.backgroundImage = `url(${address})`'],
  ['a style sheet', 'style-src-elem', "added('style', { textContent: `body { background: url(${address}) }` })"],
  ['a font', 'font-src', "new FontFace('a', `url(${address})`).load().catch(() => undefined)"],
  ['a script', 'script-src-elem', "added('script', { src: address })"],
  ['a module', 'script-src-elem', 'import(address).catch(() => undefined)'],
  ['what is fetched beforehand', 'default-src', "added('link', { rel: 'prefetch', href: address })"],
  ['a frame', 'frame-src', "added('iframe', { src: address })"],
] as const;

describe('a panel that somebody has taken over', () => {
  const heard: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    heard.push(url);
    response.end();
  });
  let origin = '';
  let frame: Frame;
  const workbench = useWorkbench();

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    await webview(page).getByRole('tab', { name: 'Home' }).waitFor();
    const found = await (await webview(page).locator('body').elementHandle())?.ownerFrame();
    assert.ok(found);
    frame = found;
  });
  after(() => server.close());

  /** Runs a script in the panel, as its own could. */
  const run = async (script: string, path: string): Promise<unknown> =>
    await frame.evaluate(`((address) => {
      const added = (name, properties) => {
        const element = Object.assign(document.createElement(name), properties);
        document.body.append(element);
        return element;
      };
      return ${script};
    })('${origin}/${path}')`);

  for (const [what, directive, script] of WAYS) {
    it(`sends nothing by ${what}`, async () => {
      const refused = run(
        `new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
        })`,
        '',
      );
      await run(`void (${script})`, 'sent');

      assert.equal(await refused, directive);
      assert.deepEqual(heard, []);
    });
  }

  it('moves to no other page, by a form neither', async () => {
    const moved = workbench().page.waitForEvent('framenavigated', (one) => one === frame);
    await run("added('form', { action: address }).submit()", 'moved');

    assert.equal((await moved).url(), 'chrome-error://chromewebdata/');
    await fetch(`${origin}/heard`);
    assert.deepEqual(heard, ['/heard']);
  });
});
