import * as l10n from '@vscode/l10n';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readBaseUrl } from '../config/baseUrl';
import { ConfigurationError } from '../base/errors';
import { type Disposable, Emitter } from '../base/events';
import { isRecord, numberIn, parseJson, stringIn } from '../base/json';
import { QWEN_CLIENT, QWEN_ISSUER, QWEN_SERVER } from '../oauth/authorizationServer';
import { apiBaseUrl } from '../oauth/resourceUrl';
import { isSecure } from '../base/origin';
import type { Clock, Files, SecretStore } from '../base/ports';
import { readHomeFile } from '../base/ownedFile';
import { platformCode } from '../base/platformCode';
import { checkWritable, replacePrivateFile } from '../base/privateFile';
import { retryWhileInUse } from '../base/retryWhileInUse';
import { Scope } from '../base/scope';
import { Secret } from '../base/secret';
import { OAUTH_ACCOUNT, type OAuthAccount } from './account';
import { OAUTH_RECORD, readRecord, readStatus, writeRecord } from './accountStore';
import { withFileLock } from './fileLock';

/** The name of the file of Qwen Code that holds a sign-in. */
const QWEN_CREDENTIALS_FILE = 'oauth_creds.json';

type Json = Readonly<Record<string, unknown>>;

/**
 * The sign-in that we share with Qwen Code, in its file and under its lock, as a store with one record. Fields that are
 * not known here stay. Throws `ConfigurationError` where the file cannot be read, written or locked.
 */
export class QwenCredentials implements SecretStore {
  readonly file: string;
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #lock: string;
  readonly #changed = new Emitter<unknown>();
  readonly #holding = new Scope<true>();

  /** `folder` is that of Qwen Code, usually `~/.qwen`. */
  constructor(folder: string, { files, clock }: { readonly files: Files; readonly clock: Clock }) {
    this.file = path.join(folder, QWEN_CREDENTIALS_FILE);
    this.#lock = path.join(folder, 'oauth_creds.lock');
    this.#files = files;
    this.#clock = clock;
  }

  /** Throws `ConfigurationError` where no sign-in could be kept; to be asked before a person approves one. */
  async checkWritable(): Promise<void> {
    await checkWritable(this.file);
  }

  async keys(): Promise<readonly string[]> {
    return (await this.#files.read(this.file)).kind === 'missing' ? [] : [OAUTH_RECORD];
  }

  async get(key: string): Promise<string | undefined> {
    const json = key === OAUTH_RECORD ? await this.#read() : undefined;
    return json && writeRecord(readAccount(this.file, json));
  }

  async store(key: string, record: string): Promise<void> {
    await this.locked(async () => {
      const account = key === OAUTH_RECORD ? readRecord(OAUTH_ACCOUNT, record) : undefined;
      if (account?.method !== 'qwen-oauth') throw new TypeError('Only an OAuth sign-in is kept in this file.');
      // A new sign-in replaces a file that cannot be read.
      const before = await this.#read().catch(() => undefined);
      const text = JSON.stringify(writeAccount(account, before ?? {}), undefined, 2);
      if (text === JSON.stringify(before, undefined, 2)) return;
      await replacePrivateFile(this.file, text);
      this.#tell();
    });
  }

  /** Where the file is a link, what is read through it goes too: the tokens are there. */
  async delete(): Promise<void> {
    await this.locked(async () => {
      const read = await readHomeFile(this.#files, this.file);
      const { target } = await this.#files.followLinks(this.file);
      // A file that is not read may be anything, and somebody else may have chosen it.
      if (read.kind === 'text' && target !== undefined) await remove(target);
      await remove(this.file);
      this.#tell();
    });
  }

  /** Our own changes are known at once, those of other programs within a second. */
  onDidChange(listener: (change: unknown) => void): Disposable {
    const parts = [this.#changed.event(listener), this.#files.watch([this.file], () => listener(undefined))];
    return { dispose: () => parts.forEach((part) => part.dispose()) };
  }

  fileOf(key: string): string | undefined {
    return key === OAUTH_RECORD ? this.file : undefined;
  }

  async locked<T>(work: () => Promise<T>): Promise<T> {
    if (this.#holding.current) return await work();
    return await withFileLock(this.#lock, this.#clock, () => this.#holding.run(true, work));
  }

  async #read(): Promise<Json | undefined> {
    return await readJson(this.#files, this.file);
  }

  /** Listeners run outside of the lock. */
  #tell(): void {
    this.#holding.leave(() => this.#changed.fire(undefined));
  }
}

async function remove(file: string): Promise<void> {
  try {
    await retryWhileInUse(() => rm(file, { force: true }));
  } catch (error) {
    throw new ConfigurationError(
      { file },
      l10n.t('{file} cannot be removed ({error}).', { file, error: platformCode(error) }),
    );
  }
}

async function readJson(files: Files, file: string): Promise<Json | undefined> {
  const read = await readHomeFile(files, file);
  if (read.kind === 'missing') return undefined;
  if (read.kind === 'foreign') throw unusable(file, l10n.t('is not used, because {why}', { why: read.why }));
  if (read.kind !== 'text') throw unusable(file, read.kind === 'folder' ? l10n.t('is a folder, not a file') : read.why);
  const json = parseJson(read.text);
  if (!isRecord(json)) throw unusable(file, l10n.t('does not hold a JSON object'));
  return json;
}

/** Qwen Code's fields, and ours for other servers than Qwen's; a missing `status` is that of a sign-in that works. */
function readAccount(file: string, json: Json): OAuthAccount {
  const accessToken = stringIn(json, 'access_token');
  const expiresAt = numberIn(json, 'expiry_date');
  if (!accessToken || expiresAt === undefined)
    throw unusable(file, l10n.t('holds no access_token with its expiry_date'));
  const tokenEndpoint = stringIn(json, 'token_endpoint') ?? QWEN_SERVER.tokenEndpoint;
  if (!isSecure(tokenEndpoint)) throw unusable(file, l10n.t('names a token_endpoint that is not on https'));
  const refreshToken = stringIn(json, 'refresh_token');
  const resourceUrl = stringIn(json, 'resource_url');
  const receivedAt = numberIn(json, 'received_date');
  const issuer = stringIn(json, 'issuer') ?? QWEN_ISSUER;
  const model = stringIn(json, 'model');
  return {
    id: OAUTH_ACCOUNT,
    method: 'qwen-oauth',
    status: json['status'] === undefined ? 'verified' : readStatus(json['status']),
    baseUrl: readApi(file, json, issuer),
    issuer,
    tokenEndpoint,
    clientId: stringIn(json, 'client_id') ?? QWEN_CLIENT.clientId,
    tokens: {
      accessToken: new Secret(accessToken),
      refreshToken: refreshToken ? new Secret(refreshToken) : undefined,
      expiresAt,
      ...(receivedAt !== undefined && { receivedAt }),
      resourceUrl,
    },
    ...(model && { model }),
  };
}

/** The API that the person named in the place of the server's, else the server's. */
function readApi(file: string, json: Json, issuer: string): string {
  const named = stringIn(json, 'base_url');
  try {
    return named === undefined ? apiBaseUrl(stringIn(json, 'resource_url'), issuer) : readBaseUrl(named).baseUrl;
  } catch {
    throw unusable(file, l10n.t('names no API that its access token could be sent to'));
  }
}

function isNamed({ baseUrl, issuer, tokens }: OAuthAccount): boolean {
  try {
    return baseUrl !== apiBaseUrl(tokens.resourceUrl, issuer);
  } catch {
    return true;
  }
}

function writeAccount(account: OAuthAccount, before: Json): Json {
  const { issuer, tokenEndpoint, clientId, status, tokens, model } = account;
  const { issuer: _, token_endpoint: _1, client_id: _2, status: _3, base_url: _4, model: _5, ...rest } = before;
  const isQwens =
    issuer === QWEN_ISSUER && tokenEndpoint === QWEN_SERVER.tokenEndpoint && clientId === QWEN_CLIENT.clientId;
  return {
    ...rest,
    access_token: tokens.accessToken.reveal(),
    refresh_token: tokens.refreshToken?.reveal(),
    // Qwen Code ignores a sign-in without a type. It would send the token of any other server to Qwen's.
    token_type: isQwens ? (stringIn(before, 'token_type') ?? 'Bearer') : undefined,
    expiry_date: tokens.expiresAt,
    received_date: tokens.receivedAt,
    resource_url: tokens.resourceUrl,
    ...(!isQwens && { issuer, token_endpoint: tokenEndpoint, client_id: clientId }),
    ...(isNamed(account) && { base_url: account.baseUrl }),
    ...(model && { model }),
    ...(status !== 'verified' && { status }),
  };
}

function unusable(file: string, what: string): ConfigurationError {
  return new ConfigurationError(
    { file },
    l10n.t('{file} {what}. Mend it, or sign in again to replace it.', { file, what }),
  );
}
