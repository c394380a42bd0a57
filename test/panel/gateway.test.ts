import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';

import { Gateway, type GatewayAccess } from '../../src/core/gateway/gateway';
import { type Bench, openBench } from '../fakes/bench';
import { launchBrowser } from '../host/browser.mjs';

describe('the gateway, asked by web pages', () => {
  let browser: Browser;
  let site: Server;
  let bench: Bench;
  let gateway: Gateway;
  let access: GatewayAccess;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    site = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Somebody else</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await browser.close();
    site.closeAllConnections();
    site.close();
  });
  beforeEach(async () => {
    bench = await openBench();
    await bench.signInWithKey('openai');
    gateway = new Gateway({ session: bench.session, describe: String });
    access = await gateway.open(() => bench.session.snapshot);
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
    gateway.dispose();
    await bench.stop();
  });

  const port = () => new URL(access.baseUrl).port;
  /** What a page gets of a request: the text that it can read, or why it gets none. */
  const fetched = async (url: string, init: object): Promise<string> =>
    String(
      await page.evaluate(
        `fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then(
          async (response) => response.type + ' ' + response.status + ' ' + (await response.text()), String)`,
      ),
    );
  /** With the right token, as if the page had it from somewhere. */
  const init = (more: object = {}) => ({ headers: { authorization: `Bearer ${access.token.reveal()}` }, ...more });
  const body = JSON.stringify({ model: 'qwen-auth', messages: [{ role: 'user', content: 'Hi' }] });
  const asksNobody = async (work: () => Promise<void>) => {
    const before = bench.sandbox.requests.length;
    await work();
    assert.equal(bench.sandbox.requests.length, before);
  };

  it('gives nothing to one of another origin, whatever it sends', async () => {
    const address = site.address();
    await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`);
    await asksNobody(async () => {
      for (const more of [{}, { method: 'POST', body }])
        assert.match(await fetched(`${access.baseUrl}/models`, init(more)), /^TypeError/);
      // Without a header that has to be asked for first, it goes out, and nothing of the answer can be read.
      const plain = { method: 'POST', mode: 'no-cors', body };
      assert.equal(await fetched(`${access.baseUrl}/chat/completions`, plain), 'opaque 0 ');
    });
  });

  it('gives nothing to one whose name leads to this computer (DNS rebinding)', async () => {
    // The browser of the tests takes every name below `.test` for this computer, as a name service could of any name.
    const answer = await page.goto(`http://rebound.test:${port()}/v1/models`);
    assert.equal(answer?.status(), 403);
    await asksNobody(async () => {
      assert.match(await fetched('/v1/models', init()), /^basic 403 .*"code":"forbidden"/);
      assert.match(await fetched('/v1/chat/completions', init({ method: 'POST', body })), /^basic 403 /);
    });
  });

  it('shows nothing to one that is opened at its address', async () => {
    const answer = await page.goto(`${access.baseUrl}/models`);

    assert.equal(answer?.status(), 401);
    assert.doesNotMatch(await page.content(), /gpt|sandbox|qa-/);
  });
});
