// A window of its own process, as far as sign-ins go: the vault and the refresh, driven by messages.
// TEST_WINDOW holds its options.
import { appendFileSync } from 'node:fs';
import { systemClock } from '../../src/core/base/clock';
import { createSettings } from '../../src/core/config/settings';
import { AccessTokens } from '../../src/core/credentials/accessTokens';
import { changeAccount, deleteAccount, findAccount } from '../../src/core/credentials/accountStore';
import { Vault } from '../../src/core/credentials/vault';
import { SystemFiles } from '../../src/core/base/files';
import { discoverServer } from '../../src/core/oauth/discovery';
import { requestDeviceCode } from '../../src/core/oauth/deviceAuthorization';
import { pollForTokens } from '../../src/core/oauth/devicePolling';
import { createPkce } from '../../src/core/oauth/pkce';
import { scopesFor } from '../../src/core/oauth/scopes';
import { parseJson, stringIn } from '../../src/core/base/json';
import type { Clock, Fetch } from '../../src/core/base/ports';
import type { Secret } from '../../src/core/base/secret';
import { signedInWithTokens } from '../../src/core/signIn/signIn';
import { UsageLog } from '../../src/core/usage/usageLog';

/** What a window process is started with. */
export interface WindowOptions {
  readonly folder: string;
  /** The file that is told each step before the next, so that what it says outlives a kill. */
  readonly journal?: string;
  /** The settings below `qwen.`, with that prefix. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** How many times shorter its waits are; 1 unless given. */
  readonly speed?: number;
  /** What its keychain holds to begin with. */
  readonly key?: string;
}

const options: WindowOptions = JSON.parse(process.env['TEST_WINDOW'] ?? '{}');
const { folder, journal, settings, speed = 1 } = options;
let { key } = options;
let ahead = 0;

const note = (...step: readonly string[]): void => {
  if (journal !== undefined) appendFileSync(journal, `${step.join(' ')}\n`);
};
const clock: Clock = {
  now: () => systemClock.now() + ahead,
  sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
};
const notedFetch: Fetch = async (url, init) => {
  if (!url.endsWith('/token')) return await fetch(url, init);
  note('sent');
  const response = await fetch(url, init);
  const body = await response.text();
  note('received', stringIn(parseJson(body), 'access_token') ?? '');
  return new Response(body, { status: response.status, headers: response.headers });
};
const vault = new Vault(folder, {
  files: new SystemFiles(20),
  clock,
  keychain: {
    get: async () => key,
    store: async (text) => {
      key = text;
    },
  },
});
const ports = { fetch: notedFetch, clock, secrets: vault };
const accessTokens = new AccessTokens(ports);
const NEVER = (): { dispose(): void } => ({ dispose: () => undefined });
const { signal } = new AbortController();

async function fresh(refused?: Secret): Promise<string> {
  const { tokens } = await accessTokens.fresh('qwen-oauth', refused, signal);
  note('kept', tokens.accessToken.reveal());
  return tokens.accessToken.reveal();
}

async function storedToken(): Promise<Secret | undefined> {
  const account = await findAccount(vault, 'qwen-oauth');
  return account?.method === 'qwen-oauth' ? account.tokens.accessToken : undefined;
}

/** The sign-in with a code, kept over what is there. */
async function signIn(): Promise<void> {
  const own = createSettings({ get: (name) => settings[`qwen.${name}`], onDidChange: NEVER });
  const server = await discoverServer(notedFetch, own.issuer(), signal);
  const client = { ...own.client(), scopes: scopesFor(own.client(), server) };
  const pkce = createPkce();
  const device = await requestDeviceCode(ports, server, client, pkce, signal);
  const tokens = await pollForTokens(ports, server, client, device, pkce, signal);
  const from = { server, client, request: { method: 'qwen-oauth' } } as const;
  const { account } = await signedInWithTokens(
    { ...ports, settings: own, loadOpenAI: () => import('openai'), userAgent: 'QwenAuth/test' },
    from,
    tokens,
    () => undefined,
    signal,
  );
  await changeAccount(vault, account.id, () => account);
  note('kept', tokens.accessToken.reveal());
}

const ACTIONS: Readonly<Record<string, (...args: readonly string[]) => Promise<unknown>>> = {
  key: async () => key,
  keys: () => vault.keys(),
  store: (name = '', value = '') => vault.store(name, value),
  signIn,
  fresh: () => fresh(),
  /** As after a 401: the token that is stored is not good any more. */
  renew: async () => fresh(await storedToken()),
  renewForEver: async () => {
    for (;;) await fresh(await storedToken());
  },
  token: async () => (await storedToken())?.reveal() ?? '',
  /** Lets so many milliseconds pass. */
  pass: async (ms) => void (ahead += Number(ms)),
  signOut: () => deleteAccount(vault, 'qwen-oauth'),
  /** Notes so many requests that ended then, in milliseconds since the epoch. */
  note: async (usageFolder = '', count, at) => {
    const log = new UsageLog({ clock, files: new SystemFiles(20), folder: usageFolder });
    const model = { id: 'qwen3-coder-plus', baseUrl: 'https://models.example.com/v1' };
    for (let left = Number(count); left > 0; left--)
      await log.note({ at: Number(at), model, initiator: 'acme.ai', outcome: 'answered', estimated: false });
  },
  hold: () => vault.locked(() => new Promise(() => process.send?.({ id: 'held' }))),
};

process.on('message', (message: { readonly id: string; readonly action: string; readonly args: string[] }) => {
  const { id, action, args } = message;
  const done = ACTIONS[action]?.(...args) ?? Promise.reject(new Error(`There is no ${action}.`));
  done.then(
    (result) => process.send?.({ id, result }),
    (error: unknown) =>
      process.send?.({ id, error: error instanceof Error ? `${error.name}: ${error.message}` : error }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ id: 'ready' });
