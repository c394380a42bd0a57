import assert from 'node:assert/strict';
import { usageCsv, usageJson } from '../../../src/core/usage/usageText';

const use = {
  model: 'qwen3-coder-plus',
  host: 'models.example.com',
  initiator: 'acme.ai',
  requests: 2,
  failed: 1,
  cancelled: 0,
  inputTokens: 100,
  outputTokens: 20,
  estimated: 0,
};
const days = [{ day: '2026-06-01', records: [use, use, { ...use, model: '@cf/"a,b"' }] }];

describe('exported usage', () => {
  it('has one object for each day, model and initiator', () => {
    assert.deepEqual(JSON.parse(usageJson(days)), [
      { day: '2026-06-01', ...use, requests: 4, failed: 2, inputTokens: 200, outputTokens: 40 },
      { day: '2026-06-01', ...use, model: '@cf/"a,b"' },
    ]);
  });

  it('is a table that a spreadsheet takes no formula from', () => {
    assert.equal(
      usageCsv(days),
      [
        'day,model,host,initiator,requests,failed,cancelled,inputTokens,outputTokens,estimated',
        '2026-06-01,qwen3-coder-plus,models.example.com,acme.ai,4,2,0,200,40,0',
        `2026-06-01,"'@cf/""a,b""",models.example.com,acme.ai,2,1,0,100,20,0`,
        '',
      ].join('\r\n'),
    );
  });

  for (const model of ['=1+1', '+1', '-1', '@a', '\t=1', ' =1', '\u200B=1', '＝1', '\n=1']) {
    it(`has ${JSON.stringify(model)} as text`, () => {
      const csv = usageCsv([{ day: '2026-06-01', records: [{ ...use, model }] }]);

      assert.match(csv, /^2026-06-01,"?'/m);
    });
  }
});
