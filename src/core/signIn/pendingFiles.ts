import { readdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { isRecord, numberIn, parseJson, stringIn } from '../base/json';
import { platformCode } from '../base/platformCode';
import type { Clock, Files } from '../base/ports';
import { replacePrivateFile } from '../base/privateFile';
import { Secret } from '../base/secret';
import { type Flow, FLOWS } from './flows';
import { PENDING_LIFE_MS, type PendingSignIn, type PendingSignIns } from './pendingSignIns';

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
          // One that cannot be read just now may still be waited for.
          if (read.kind !== 'text') return [];
          const pending = readPending(parseJson(read.text));
          const age = clock.now() - (pending?.createdAt ?? 0);
          if (pending && age < PENDING_LIFE_MS) return [pending];
          // The window that waits clears up itself; this one is gone.
          if (age > 2 * PENDING_LIFE_MS) await unlink(path.join(folder, name)).catch(() => undefined);
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
