import assert from 'node:assert/strict';

import { readReasoning } from '../../../src/core/providers/reasoning';

const SWITCH = { thinking: true, toggleOnly: true, disableField: 'enable_thinking' };
const EFFORTS = { thinking: true, efforts: ['low', 'high'], defaultEffort: 'high', disableField: 'reasoning_effort' };

describe('the thinking of a model entry', () => {
  for (const [what, value, read] of [
    ['a switch', SWITCH, { field: 'enable_thinking', canDisable: true }],
    ['a switch that is always on', { ...SWITCH, canDisable: false }, { field: 'enable_thinking', canDisable: false }],
    ['efforts', EFFORTS, { field: 'reasoning_effort', efforts: ['low', 'high'], default: 'high', canDisable: true }],
    [
      'efforts of which none is usual',
      { ...EFFORTS, efforts: ['low', 7, 'max'] },
      { field: 'reasoning_effort', efforts: ['low', 'max'], canDisable: true },
    ],
    ['no efforts', { ...EFFORTS, efforts: [] }, { field: 'reasoning_effort', canDisable: true }],
    ['a switch with efforts', { ...EFFORTS, toggleOnly: true }, { field: 'reasoning_effort', canDisable: true }],
  ] as const) {
    it(`is read from ${what}`, () => {
      assert.deepEqual(readReasoning(value), read);
    });
  }

  for (const value of [
    undefined,
    null,
    'yes',
    [],
    {},
    { ...SWITCH, thinking: 1 },
    { ...SWITCH, disableField: 'off' },
  ]) {
    it(`is not read from ${JSON.stringify(value)}`, () => {
      assert.equal(readReasoning(value), undefined);
    });
  }
});
