// How long one refresh takes for all who wait for it: 50 callers in each of 4 processes, beside the one request itself.
import { fork } from 'node:child_process';
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

const openVault = (folder: string, key: string): Vault => {
  const keychain = { get: async () => key, store: async () => undefined };
  return new Vault(folder, { files: systemFiles, clock: systemClock, keychain });
};

/**
 * A process of its own: all its callers ask at the moment that is told. As a window in use, and as the request that
 * this is compared with, it has sent a request before.
 */
async function callers(folder: string, key: string, origin: string): Promise<void> {
  const vault = openVault(folder, key);
  const tokens = new AccessTokens({ fetch, clock: systemClock, secrets: vault });
  await vault.keys();
  await (await fetch(origin)).text();
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const ask = () => tokens.fresh('qwen-oauth', undefined, new AbortController().signal);
  await Promise.all(Array.from({ length: CALLERS }, ask));
  process.send?.('done');
  process.exit();
}

/** One refresh for all of them; answers the milliseconds until the last caller had the new token. */
async function refreshForAll(origin: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qwen-auth-bench-'));
  const key = writeKey(createKey());
  const vault = openVault(folder, key);
  await saveAccount(vault, oauthAccount({ tokenEndpoint: `${origin}/token` }, Date.now()));
  const children = Array.from({ length: PROCESSES }, () => fork(process.argv[1] ?? '', [folder, key, origin]));
  const said = (what: string) =>
    Promise.all(
      children.map(
        (child) => new Promise<void>((resolve) => child.on('message', (message) => message === what && resolve())),
      ),
    );
  await said('ready');
  const done = said('done');
  const started = performance.now();
  for (const child of children) child.send('go');
  await done;
  const ms = performance.now() - started;
  vault.dispose();
  rmSync(folder, { recursive: true });
  return ms;
}

const [, , folder, key, origin] = process.argv;
if (folder && key && origin) await callers(folder, key, origin);

let requests = 0;
const server = createServer(({ url }, response) => {
  if (url !== '/token') return void response.end();
  requests += 1;
  const body = JSON.stringify({ access_token: `renewed-${requests}`, token_type: 'Bearer', expires_in: 3600 });
  setTimeout(() => response.setHeader('content-type', 'application/json').end(body), ANSWER_MS);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const { port }: Pick<AddressInfo, 'port'> = typeof address === 'object' && address ? address : { port: 0 };
const serverOrigin = `http://127.0.0.1:${port}`;

await measure({
  row: `one refresh for ${CALLERS} callers in each of ${PROCESSES} processes`,
  unit: 'ms',
  ours: {
    what: 'until the last caller has the new token',
    run: async () => {
      requests = 0;
      const ms = await refreshForAll(serverOrigin);
      if (requests !== 1) throw new Error(`${requests} requests were made.`);
      return ms;
    },
  },
  beside: {
    what: 'the request alone',
    run: async () => {
      const started = performance.now();
      await (await fetch(`${serverOrigin}/token`, { method: 'POST' })).text();
      return performance.now() - started;
    },
  },
  goal: { of: 'difference', atMost: 40 },
});
server.close();
process.exit();
