import assert from 'node:assert/strict';

import { unseenImagesText } from '../../../src/core/views/unseenImagesText';
import { model } from '../../fakes/models';

describe('what is said of images that a model does not see', () => {
  for (const [what, unseen, text] of [
    ['is what the server said', { said: 'no image input' }, 'It says: no image input.'],
    [
      'is how that is mended, where nobody asked it',
      { isKnown: true },
      'If it does, say so in its model entry: "modalities": { "image": true }.',
    ],
    ['is no more where it was asked before', {}, ''],
  ] as const) {
    it(what, () => {
      const said = `Images were left out: glm-5 at models.example.com does not read them. ${text}`.trim();

      assert.equal(unseenImagesText(model({ id: 'glm-5' }), { kind: 'unseen', ...unseen }), said);
    });
  }
});
