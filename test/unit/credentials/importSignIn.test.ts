import assert from 'node:assert/strict';

import { systemClock } from '../../../src/core/base/clock';
import { isOfferable, readImportable } from '../../../src/core/credentials/importSignIn';
import { QwenCredentials } from '../../../src/core/credentials/qwenCredentials';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const SIGNED_IN = {
  access_token: 'access-token-0123456789',
  refresh_token: 'refresh-token-0123456789',
  token_type: 'Bearer',
  expiry_date: 0,
};
const ELSEWHERE = { ...SIGNED_IN, issuer: 'https://id.example.com', resource_url: 'https://api.example.com' };

describe("Qwen Code's sign-in, to be used here", () => {
  let folder: TemporaryFolder;
  let qwenCode: QwenCredentials;

  beforeEach(() => {
    folder = createTemporaryFolder();
    qwenCode = new QwenCredentials(folder.at('.qwen'), { files: folder.files, clock: systemClock });
  });
  afterEach(() => folder.remove());

  const write = (content: string | object): void => folder.write({ '.qwen/oauth_creds.json': content });

  it('can be, whether or not its access token is still good', async () => {
    write(SIGNED_IN);

    assert.equal((await readImportable(qwenCode)).tokens.accessToken.reveal(), SIGNED_IN.access_token);
  });

  const REFUSALS: readonly (readonly [what: string, content: string | object | undefined, why: RegExp])[] = [
    ['there is none', undefined, /^Qwen Code is not signed in: there is no .*oauth_creds\.json\. Sign in here/],
    ['it has ended', { ...SIGNED_IN, status: 'ended' }, /^The sign-in in .*oauth_creds\.json has ended\. Sign in here/],
    ['it cannot be renewed', { ...SIGNED_IN, refresh_token: undefined }, /has ended/],
    ['the file is broken', 'no json', /oauth_creds\.json does not hold a JSON object/],
  ];
  for (const [what, content, why] of REFUSALS) {
    it(`cannot be where ${what}, and we say so`, async () => {
      if (content !== undefined) write(content);

      await assert.rejects(readImportable(qwenCode), {
        name: 'ConfigurationError',
        where: { file: folder.at('.qwen/oauth_creds.json') },
        message: why,
      });
      assert.equal(await isOfferable(qwenCode, []), false);
    });
  }

  const OFFERS = [
    ['to a person who is not signed in', SIGNED_IN, [], true],
    ['to one with keys only', SIGNED_IN, [keyAccount()], true],
    ['to one whose own sign-in has ended', SIGNED_IN, [oauthAccount({ status: 'ended' })], true],
    ['not to one who is signed in', SIGNED_IN, [oauthAccount()], false],
    ['not where it is for another server than Qwen Code knows', ELSEWHERE, [], false],
  ] as const;
  for (const [whom, content, accounts, offered] of OFFERS) {
    it(`is offered ${whom}`, async () => {
      write(content);

      assert.equal(await isOfferable(qwenCode, accounts), offered);
    });
  }
});
