import assert from 'node:assert/strict';
import { diagnosticsText } from '../../../src/core/views/diagnosticsText';
import { explanationOf } from '../../../src/core/views/explanation';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

describe('diagnostics', () => {
  const versions = { extension: '1.2.3', editor: 'VS Code 1.139.1 (desktop)', system: 'linux x64, Node 22.1.0' };
  const selected = model({ id: 'glm-5', baseUrl: 'https://api.openai.com/v1' });
  const explanation = explanationOf(
    snapshot({ models: [selected], selected, candidates: [{ model: selected, chosenBy: 'first' }] }),
    { trusted: true },
  );

  it('have versions, what is in effect and the log', () => {
    const text = diagnosticsText(versions, explanation, ['one', 'two']);

    assert.match(text, /Qwen Auth 1\.2\.3\n- VS Code 1\.139\.1 \(desktop\)\n- linux x64, Node 22\.1\.0/);
    assert.match(text, /\*\*Model\*\*: `glm-5 at api\.openai\.com`/);
    assert.match(text, /```\none\ntwo\n```/);
  });

  it('hold no key that a line of the log has', () => {
    assert.doesNotMatch(diagnosticsText(versions, explanation, ['key sk-0123456789abcdef']), /sk-0123/);
  });

  it('are not left by what a server wrote into the log', () => {
    assert.equal(diagnosticsText(versions, explanation, ['```\n# Mine']).match(/```/g)?.length, 2);
  });

  it('say that nothing was logged', () => {
    assert.match(diagnosticsText(versions, explanation, []), /Nothing was logged\./);
  });
});
