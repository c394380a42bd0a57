import assert from 'node:assert/strict';
import { config } from '@vscode/l10n';

import { sentenceFor } from '../../../src/cli/problems';
import { missingApi } from '../../../src/core/oauth/resourceUrl';
import { chinese } from '../../l10n/sentences.mjs';

describe('what fails on the command line', () => {
  afterEach(() => config({ contents: {} }));

  for (const [language, sentences] of [
    ['English', {}],
    ['Chinese', chinese()],
  ] as const) {
    it(`is mended by options in the place of settings, in ${language}`, () => {
      config({ contents: sentences });
      const text = sentenceFor(missingApi('https://login.example.com'), undefined, false);

      assert.match(text, /\s--api\b/);
      assert.doesNotMatch(text, /qwen\.endpoints/);
    });
  }
});
