import { readdir, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable } from '../base/events';
import { isRecord, numberIn, parseJson, stringIn } from '../base/json';
import { platformCode } from '../base/platformCode';
import type { Clock, Files } from '../base/ports';
import { replacePrivateFile } from '../base/privateFile';
import { Secret } from '../base/secret';
import { type Flow, FLOWS } from './flows';
import type { SignInOptions } from './signInRequest';

/** How long a person may take in the browser. */
export const PENDING_LIFE_MS = 600_000;

/** A sign-in that waits for the person, as any window needs it to finish it. */
export interface PendingSignIn {
  /** The fingerprint of its state: who has the redirect finds it, who has the file cannot make one. */
  readonly id: string;
  readonly request: SignInOptions;
  /** The issuer or base URL of the settings that it was begun with. It may end with the same only. */
  readonly target: string;
  readonly others: readonly Flow[];
  readonly redirectUri: string;
  readonly codeVerifier: Secret;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The process that waits for it. */
  readonly owner: number;
  /** Whether the person has been told that nobody waits for it any more. */
  readonly told?: true;
}

/** The sign-ins of all windows that wait for somebody. */
export interface PendingSignIns {
  /** The process that this window lives in. */
  readonly owner: number;
  save(pending: PendingSignIn): Promise<void>;
  /** Those that are not too old, without what cannot be read. */
  list(): Promise<readonly PendingSignIn[]>;
  /** Removes one; true for exactly one of all callers, to whom it then belongs. */
  claim(id: string): Promise<boolean>;
  /** Calls `claimed` when a window has claimed it. */
  watch(id: string, claimed: () => void): Disposable;
  /** Whether the process that waits for it is still there. */
  isWaitedFor(pending: PendingSignIn): boolean;
}

const NAME = /^[\w-]{43}\.json$/;

/**
 * Pending sign-ins as files that only the person may read, one each. There is no token in them. The code
 * verifier is: it proves nothing without the code, which comes by a redirect that only this machine gets,
 * is good once, and for minutes.
 */
export function createPendingSignIns(
  folder: string,
  { files, clock, owner = process.pid }: { readonly files: Files; readonly clock: Clock; readonly owner?: number },
): PendingSignIns {
  const fileOf = (id: string): string => path.join(folder, `${id}.json`);
  return {
    owner,
    save: async (pending) =>
      await replacePrivateFile(
        fileOf(pending.id),
        JSON.stringify({ ...pending, codeVerifier: pending.codeVerifier.reveal() }),
      ),
    list: async () => {
      const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name));
      const found = await Promise.all(
        names.map(async (name) => {
          const read = await files.read(path.join(folder, name));
          const pending = read.kind === 'text' ? readPending(parseJson(read.text)) : undefined;
          const age = clock.now() - (pending?.createdAt ?? 0);
          if (pending && age < PENDING_LIFE_MS) return [pending];
          // The window that waits clears up itself; this one is gone.
          if (age > 2 * PENDING_LIFE_MS) await rm(path.join(folder, name), { force: true }).catch(() => undefined);
          return [];
        }),
      );
      return found.flat();
    },
    claim: async (id) =>
      await unlink(fileOf(id)).then(
        () => true,
        () => false,
      ),
    watch: (id, claimed) =>
      files.watch([fileOf(id)], () => {
        void files.read(fileOf(id)).then(({ kind }) => kind === 'missing' && claimed());
      }),
    isWaitedFor: (pending) => pending.owner !== owner && isAlive(pending.owner),
  };
}

function readPending(json: unknown): PendingSignIn | undefined {
  const request = isRecord(json) ? readRequest(json['request']) : undefined;
  const [id, target, redirectUri] = [stringIn(json, 'id'), stringIn(json, 'target'), stringIn(json, 'redirectUri')];
  const [createdAt, owner] = [numberIn(json, 'createdAt'), numberIn(json, 'owner')];
  if (!isRecord(json) || !request || !id || !target || createdAt === undefined || owner === undefined) return undefined;
  const others = Array.isArray(json['others']) ? json['others'].filter(isFlow) : [];
  const codeVerifier = new Secret(stringIn(json, 'codeVerifier') ?? '');
  const told = json['told'] === true && ({ told: true } as const);
  return { id, request, target, others, redirectUri: redirectUri ?? '', codeVerifier, createdAt, owner, ...told };
}

function readRequest(json: unknown): PendingSignIn['request'] | undefined {
  const method = stringIn(json, 'method');
  if (method !== 'qwen-oauth' && method !== 'api-key') return undefined;
  const names = ['provider', 'region', 'baseUrl', 'model'] as const;
  return {
    method,
    ...Object.fromEntries(names.flatMap((name) => (stringIn(json, name) ? [[name, stringIn(json, name)]] : []))),
  };
}

function isFlow(value: unknown): value is Flow {
  return FLOWS.some((flow) => flow === value);
}

function isAlive(process_: number): boolean {
  try {
    // The signal 0 only asks.
    return process.kill(process_, 0);
  } catch (error) {
    return platformCode(error) === 'EPERM';
  }
}
