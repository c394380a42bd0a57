import assert from 'node:assert/strict';
import { createSettings } from '../../../../src/core/config/settings';
import { panelView } from '../../../../src/core/views/panelView';
import { panelHtml } from '../../../../src/vscode/panel/panelHtml';
import { createMemorySettings } from '../../../fakes/memorySettings';
import { model } from '../../../fakes/models';
import { snapshot } from '../../../fakes/snapshots';

describe("the panel's page", () => {
  const hostile = model({ id: '</script><script>alert(1)</script><!--' });
  const state = panelView(snapshot({ models: [hostile] }), createSettings(createMemorySettings({})), undefined);
  const message = { type: 'state', state } as const;
  const parts = { script: 'run()', style: 'p{}', message, language: 'zh-cn', sentences: undefined };
  const html = panelHtml(parts);

  it('holds the state that it shows first, which ends no element', () => {
    const [, text = ''] = /id="first-message">(.*?)<\/script>/.exec(html) ?? [];

    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify({ type: 'state', state })));
    assert.equal(html.match(/<script/g)?.length, 3);
  });

  it('holds the sentences of its language, which end no element', () => {
    const sentences = { Cancel: '取消', '</script>': '</script>' };
    const chinese = panelHtml({ ...parts, sentences });
    const [, text = ''] = /id="sentences">(.*?)<\/script>/.exec(chinese) ?? [];

    assert.deepEqual(JSON.parse(text), sentences);
    assert.match(chinese, /<html lang="zh-cn">/);
    assert.match(html, /<html lang="en">[^]*id="sentences"><\/script>/);
  });

  it('loads nothing, and runs its own script alone', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const [, nonce = ''] = /<script nonce="([^"]*)">run\(\)<\/script>/.exec(html) ?? [];

    assert.ok(nonce.length > 20);
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      'img-src data:',
    ]);
    assert.doesNotMatch(html, /src=|href=/);
  });
});
