// How long it takes to have the access token of a request where nothing is due.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { systemClock } from '../../src/core/base/clock';
import { systemFiles } from '../../src/core/base/files';
import { AccessTokens } from '../../src/core/credentials/accessTokens';
import { saveAccount } from '../../src/core/credentials/accountStore';
import { Vault } from '../../src/core/credentials/vault';
import { oauthAccount } from '../fakes/accounts';
import { measure, timed } from './row';

const TIMES = 1000;
const DAY_MS = 86_400_000;

const folder = await mkdtemp(path.join(tmpdir(), 'qwen-auth-bench-'));
let key: string | undefined;
const keychain = {
  get: async () => key,
  store: async (text: string) => {
    key = text;
  },
};
const vault = new Vault(folder, { files: systemFiles, clock: systemClock, keychain });
const account = oauthAccount({}, Date.now() + DAY_MS);
await saveAccount(vault, account);
const tokens = new AccessTokens({ fetch, clock: systemClock, secrets: vault });
const { signal } = new AbortController();

await measure({
  row: 'the access token of a request, with nothing due',
  unit: 'µs',
  rounds: 15,
  ours: {
    what: `the mean of ${TIMES}`,
    run: async () => {
      const ms = await timed(async () => {
        for (let at = 0; at < TIMES; at += 1) await tokens.fresh(account.id, undefined, signal);
      });
      return (ms * 1000) / TIMES;
    },
  },
  goal: { of: 'figure', atMost: 10 },
});

vault.dispose();
rmSync(folder, { recursive: true });
process.exit();
