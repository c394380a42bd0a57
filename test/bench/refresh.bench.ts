// How long one refresh takes for all who wait for it: 50 callers in each of 4 processes, beside the one request itself.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { systemClock } from '../../src/core/base/clock';
import { systemFiles } from '../../src/core/base/files';
import { AccessTokens } from '../../src/core/credentials/accessTokens';
import { saveAccount } from '../../src/core/credentials/accountStore';
import { createKey, writeKey } from '../../src/core/credentials/sealedRecords';
import { Vault } from '../../src/core/credentials/vault';
import { oauthAccount } from '../fakes/accounts';
import { measure } from './row';

const PROCESSES = 4;
const CALLERS = 50;
const ANSWER_MS = 200;
/** The first ones come to processes that V8 has not compiled yet, as no window in use is. */
const ROUNDS = 31;

const openVault = (folder: string, key: string): Vault => {
  const keychain = { get: async () => key, store: async () => undefined };
  return new Vault(folder, { files: systemFiles, clock: systemClock, keychain });
};

/** What a token endpoint is asked. */
const post = async (url: string): Promise<string> =>
  await (await fetch(url, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' }) })).text();

/** A process of its own: all its callers ask for the account whose id it is told. As a window it stays for the next. */
async function callers(folder: string, key: string): Promise<void> {
  const vault = openVault(folder, key);
  const tokens = new AccessTokens({ fetch, clock: systemClock, secrets: vault });
  await vault.keys();
  process.on('message', (id: string) => {
    const ask = () => tokens.fresh(id, undefined, new AbortController().signal);
    void Promise.all(Array.from({ length: CALLERS }, ask)).then(() => process.send?.(id));
  });
  process.send?.('ready');
  await new Promise((resolve) => process.once('disconnect', resolve));
  process.exit();
}

const [, program = '', givenFolder, givenKey] = process.argv;
if (givenFolder && givenKey) await callers(givenFolder, givenKey);

let requests = 0;
const server = createServer((_, response) => {
  requests += 1;
  const body = JSON.stringify({ access_token: `renewed-${requests}`, token_type: 'Bearer', expires_in: 3600 });
  setTimeout(() => response.setHeader('content-type', 'application/json').end(body), ANSWER_MS);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const { port }: Pick<AddressInfo, 'port'> = typeof address === 'object' && address ? address : { port: 0 };
const tokenEndpoint = `http://127.0.0.1:${port}`;

const folder = await mkdtemp(path.join(tmpdir(), 'qwen-auth-bench-'));
const key = writeKey(createKey());
const vault = openVault(folder, key);
const ids = Array.from({ length: ROUNDS + 1 }, (_, at) => `account-${at}`);
for (const id of ids) await saveAccount(vault, oauthAccount({ id, tokenEndpoint }, Date.now()));
const children = Array.from({ length: PROCESSES }, () => fork(program, [folder, key]));
const all = (event: string) => Promise.all(children.map(async (child) => await once(child, event)));
await all('message');

/** One refresh for all of them; answers the milliseconds until the last caller had the new token. */
async function refreshForAll(): Promise<number> {
  const id = ids.pop() ?? '';
  requests = 0;
  const done = all('message');
  const started = performance.now();
  for (const child of children) child.send(id);
  await done;
  if (requests !== 1) throw new Error(`${requests} requests were made.`);
  return performance.now() - started;
}

await measure({
  row: `one refresh for ${CALLERS} callers in each of ${PROCESSES} processes`,
  unit: 'ms',
  rounds: ROUNDS,
  ours: { what: 'until the last caller has the new token', run: refreshForAll },
  beside: {
    what: 'the request alone',
    run: async () => {
      const started = performance.now();
      await post(tokenEndpoint);
      return performance.now() - started;
    },
  },
  goal: { of: 'difference', atMost: 40 },
});
const ended = all('exit');
for (const child of children) child.disconnect();
await ended;
vault.dispose();
rmSync(folder, { recursive: true });
process.exit();
