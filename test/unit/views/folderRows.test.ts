import assert from 'node:assert/strict';

import { folderRows } from '../../../src/core/views/folderRows';
import { model } from '../../fakes/models';

const folder = (name: string) => ({ uri: `file:///${name}`, name, path: `/${name}` });
const [SHOP, API] = [folder('shop'), folder('api')];

describe('the folders to choose from', () => {
  const rows = folderRows(
    [
      { folder: SHOP, snapshot: { selected: undefined } },
      { folder: API, snapshot: { selected: model() } },
    ],
    API,
  );

  it('begin with the one that is worked in', () => {
    assert.deepEqual(
      rows.map(({ label, isInEffect }) => [label, isInEffect]),
      [
        ['api', true],
        ['shop', false],
      ],
    );
  });

  it('say which model is in use in each', () => {
    assert.deepEqual(
      rows.map(({ detail }) => detail),
      ['qwen3-coder-plus at models.example.com', 'No model is in use.'],
    );
  });
});
