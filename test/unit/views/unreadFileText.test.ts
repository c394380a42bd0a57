import assert from 'node:assert/strict';
import { unreadFileText } from '../../../src/core/views/unreadFileText';

describe('a file that is not read, because the workspace is not trusted', () => {
  const search = { file: undefined, hidden: [], problems: [] };

  it('is named without what its author could forge an icon or a link with', () => {
    const path = '/home/me/$(check) [Trusted](command:quit)\n/.env';
    const candidates = [{ path, outcome: 'untrusted', isThere: true }] as const;

    assert.equal(
      unreadFileText({ envSearch: { ...search, candidates } }),
      '/home/me/$ (check) (Trusted)(command:quit) /.env is not read, because this workspace is not trusted.',
    );
  });

  it('is not spoken of where there is none', () => {
    assert.equal(unreadFileText({ envSearch: { ...search, candidates: [] } }), undefined);
  });
});
